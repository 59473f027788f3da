"""After an account is deleted, nothing in any table tells that it ever was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Bookmark, Bookshelf, Discard, Highlight, ShareLink, Tag
from articles.roles import ensure_roles
from tests.accounts.conftest import PASSWORD, sign_in, sign_up
from tests.bookmarks.shelves import contents
from tests.factories import add_block, make_article


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but what is not a reader's: tallies of addresses."""
    return {
        model._meta.label: sorted(model.objects.values(), key=str)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        and model._meta.label not in ("accounts.Tally", "contenttypes.ContentType")
    }


def test_nothing_remains(client: Client, db: None) -> None:
    make_article(public_id="t1")
    editor = User.objects.create_user("校对员", is_staff=True)
    editor.groups.add(ensure_roles())
    desk = Client()
    desk.force_login(editor)
    sign_in(Client(), "生客", "wrong")  # somebody else's failure stays
    before = everything()

    sign_up(client, "若川")
    sign_in(Client(), "若川", "wrong")
    sign_in(client, "若川")
    reader = User.objects.get(username="若川")
    sign_in(Client(), "若川")
    desk.post(f"/admin/accounts/reader/{reader.pk}/new-password/")
    use_everything(client)
    client.post("/accounts/delete/", {"password": "wrong"})
    assert Bookmark.objects.filter(shelf__user=reader).exists()

    client.post("/accounts/delete/", {"password": PASSWORD})
    assert everything() == before
    assert not client.cookies["sessionid"].value


def use_everything(client: Client) -> None:
    """Leaves a row in every table that a reader can leave one in."""
    wanted = {"article": "t1", "block": "p1"}
    client.post("/bookmarks/add/", {"article": "t1"})
    client.post("/bookmarks/add/", wanted)
    client.post("/bookmarks/highlights/add/", {**wanted, "exact": "虚构"})
    client.post("/bookmarks/place/", wanted)
    client.post("/bookmarks/bulk/", {"all": "1", "action": "tag", "tags": "甲"})
    client.post("/bookmarks/share/add/", {"title": "书单"})
    client.post("/bookmarks/remove/", wanted)
    of_readers = [
        Bookmark, Bookshelf, Discard, Highlight, ShareLink, Tag, Bookmark.tags.through,
    ]  # fmt: skip
    assert all(model.objects.exists() for model in of_readers)


def test_everything_can_be_taken_along(client: Client, reader: User) -> None:
    article = make_article(public_id="t1")
    add_block(article, "又一段。", lines=[9])
    sign_in(client, reader.username)
    use_everything(client)
    before = contents(reader.bookshelf)
    answer = client.get("/accounts/data/")
    data = json.loads(answer.content)
    assert data["account"]["username"] == reader.username
    assert len(data["links"]) == len(data["taken_off"]) == 1
    assert PASSWORD not in answer.text and reader.password not in answer.text
    client.post("/bookmarks/bulk/", {"all": "1", "action": "remove"})
    upload = SimpleUploadedFile("data.json", answer.content)
    client.post("/bookmarks/files/import/", {"file": upload})
    assert contents(reader.bookshelf) == before
    assert Client().get("/accounts/data/").status_code == 302


def test_it_takes_the_password(client: Client, reader: User) -> None:
    client.force_login(reader)
    client.get("/accounts/delete/")
    client.post("/accounts/delete/", {"password": ""})
    client.post("/accounts/delete/", {"password": PASSWORD + "x"})
    assert User.objects.filter(pk=reader.pk).exists()


@pytest.mark.parametrize("rank", ["is_staff", "is_superuser"])
def test_the_record_of_edits_is_not_deleted(
    client: Client, reader: User, rank: str
) -> None:
    setattr(reader, rank, True)
    reader.save()
    client.force_login(reader)
    assert client.post("/accounts/delete/", {"password": PASSWORD}).status_code == 403
    assert User.objects.filter(pk=reader.pk).exists()

"""After an account is deleted, nothing in any table tells that it ever was."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Bookmark
from articles.roles import ensure_roles
from tests.accounts.conftest import PASSWORD, sign_in, sign_up
from tests.factories import make_article


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
    client.post("/bookmarks/add/", {"article": "t1"})
    client.post("/accounts/delete/", {"password": "wrong"})
    assert Bookmark.objects.filter(shelf__user=reader).exists()

    client.post("/accounts/delete/", {"password": PASSWORD})
    assert everything() == before
    assert not client.cookies["sessionid"].value


def test_it_takes_the_password(client: Client, reader: User) -> None:
    client.force_login(reader)
    client.get("/accounts/delete/")
    client.post("/accounts/delete/", {"password": ""})
    client.post("/accounts/delete/", {"password": PASSWORD + "x"})
    assert User.objects.filter(pk=reader.pk).exists()


@pytest.mark.parametrize("rank", ["is_staff", "is_superuser"])
def test_the_record_of_edits_is_not_deleted(client: Client, reader: User, rank: str) -> None:
    setattr(reader, rank, True)
    reader.save()
    client.force_login(reader)
    assert client.post("/accounts/delete/", {"password": PASSWORD}).status_code == 403
    assert User.objects.filter(pk=reader.pk).exists()

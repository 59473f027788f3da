"""Pages that anybody may keep, and that are never older than the collection."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Block
from tests.factories import give_topic, make_article
from tests.views.conftest import Collection


def _addresses(collection: Collection) -> list[str]:
    private = ("/bookmarks/", "/settings/")
    return [a for a in collection.addresses() if a not in private]


def test_an_unchanged_page_is_not_sent_again(
    collection: Collection, client: Client
) -> None:
    for address in _addresses(collection):
        first = client.get(address)
        assert first["ETag"] and "Cookie" in first["Vary"], address
        assert "public" in first["Cache-Control"] and not first.cookies, address
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304 and not again.content, address
        assert client.get(address).content == first.content, address


def test_any_change_is_a_new_page(collection: Collection, client: Client) -> None:
    before = {a: client.get(a)["ETag"] for a in _addresses(collection)}
    Block.objects.filter(article=collection.article).update(text="改过")
    collection.article.save()
    give_topic(make_article(collection.issue, title="新来的"), collection.topic)
    for address, tag in before.items():
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200, address
    assert "改过" in client.get(collection.article.get_absolute_url()).content.decode()
    for address in (
        collection.issue.get_absolute_url(),
        collection.topic.get_absolute_url(),
    ):
        assert "新来的" in client.get(address).content.decode()


@pytest.mark.parametrize("cookie", ["django_language=en", "reading=theme:dark"])
def test_a_choice_is_another_page(
    collection: Collection, client: Client, cookie: str
) -> None:
    name, _, value = cookie.partition("=")
    plain = {a: client.get(a)["ETag"] for a in _addresses(collection)}
    client.cookies[name] = value
    for address, tag in plain.items():
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200 and answer["ETag"] != tag, address


def test_a_reader_with_a_shelf_gets_nothing_to_keep(
    collection: Collection, client: Client
) -> None:
    public = collection.issue.get_absolute_url()
    tag = client.get(public)["ETag"]
    client.post("/bookmarks/add/", {"article": collection.article.public_id})
    for address in _addresses(collection):
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200 and "ETag" not in answer, address
        assert answer["Cache-Control"] == "private, no-store", address
    client.cookies.clear()
    assert 'aria-pressed="true"' not in client.get(public).content.decode()

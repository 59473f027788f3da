"""Hostile text, anonymous readers, private pages."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Bookmark
from portal.accounts.models import ReaderSession
from tests.views.conftest import Collection, rewrite

HOSTILE = [
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "{{ 'zq'|add:'xj' }}{% now 'Y' %}",
    "]]></svg><script>x</script>\x0b",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_text(
    collection: Collection, client: Client, hostile: str
) -> None:
    rewrite(hostile)
    for address in collection.addresses():
        html = client.get(address).content.decode()
        assert "<script>" not in html and "<img src=x" not in html, address
        assert 'onmouseover="' not in html.replace("&quot;", ""), address
        assert "zqxj" not in html


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_leaves_the_cover_and_json_well_formed(
    collection: Collection, client: Client, hostile: str
) -> None:
    rewrite(hostile)
    response = client.get(collection.issue.get_absolute_url() + "cover.svg")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    names = {
        element.tag.split("}")[1]
        for element in ElementTree.fromstring(response.content).iter()
    }
    assert names <= {"svg", "rect", "g", "text", "path"}
    address = collection.article.get_absolute_url().rstrip("/")
    answer = client.get(f"{address}.json")
    assert answer["Content-Type"].startswith("application/json")
    assert json.loads(answer.content)["title"] == hostile
    text = client.get(f"{address}.txt")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert hostile in text.content.decode()


def test_reading_anonymously_writes_nothing(
    collection: Collection, client: Client, django_assert_max_num_queries
) -> None:
    for address in collection.addresses():
        response = client.get(address)
        assert not response.cookies, address
        assert (
            "no-store" not in response.get("Cache-Control", "")
            or address == "/bookmarks/"
        )
    assert not ReaderSession.objects.exists() and not Bookmark.objects.exists()


def test_a_page_with_a_shelf_is_not_stored(
    collection: Collection, client: Client
) -> None:
    client.post("/bookmarks/add/", {"article": collection.article.public_id})
    for address in collection.addresses():
        assert client.get(address)["Cache-Control"] == "private, no-store", address


def test_the_server_fault_page_needs_no_database(db: None, rf, client: Client) -> None:
    from django.db import connection

    from portal.views import server_error

    def refuse(*args: object) -> None:
        raise AssertionError("the 500 page asked the database")

    request = rf.get("/")
    request.session, request.user = client.session, User()
    request.COOKIES["sessionid"] = "x" * 32
    with connection.execute_wrapper(refuse):
        response = server_error(request)
    assert response.status_code == 500
    assert 'action="/search/"' in response.content.decode()


def test_a_missing_token_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/bookmarks/add/")
    assert response.status_code == 403
    assert "Cookie" in response.content.decode()

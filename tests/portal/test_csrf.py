"""Forms are taken from this site's own pages, with an Origin or with a token."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Bookmark
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def post(origin: str | None = None, **more: object) -> int:
    article = make_article()
    client = Client(enforce_csrf_checks=True)
    headers = {} if origin is None else {"Origin": origin}
    form = {"article": article.public_id}
    status = client.post("/bookmarks/add/", form, headers=headers, **more).status_code
    assert (status == 302) == Bookmark.objects.filter(article=article).exists()
    return status


def test_a_browser_on_our_page_needs_no_token() -> None:
    assert post("http://testserver") == 302
    assert post("https://testserver", secure=True) == 302


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "http://evil.example",
        "http://testserver.evil.example",
        "http://testserver:8000",
        "https://testserver",
        "http://sub.testserver",
        "http://testserver@evil.example",
        "testserver",
    ],
)
def test_everybody_else_is_refused(origin: str | None) -> None:
    assert post(origin) == 403


def test_a_plain_page_cannot_speak_for_the_safe_one() -> None:
    assert post("http://testserver", secure=True) == 403


def test_a_token_still_serves() -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get("/accounts/sign-in/").context["csrf_token"]
    form = {"article": make_article().public_id, "csrfmiddlewaretoken": str(token)}
    assert client.post("/bookmarks/add/", form).status_code == 302

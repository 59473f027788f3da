"""A page that was kept is the page made anew, for whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Rendering
from articles.pages.renderings import BASE, PASSING, TODAY, freeze, thaw
from articles.pages.stencil import Fixed, Value, escaped
from tests.views.conftest import Collection

TEXT = st.text(alphabet="甲<&\"'\x00\x1f\x7f\n\ue000\U00020000{}%[]. ", max_size=12)
PASSED = dict.fromkeys(PASSING, "")


@given(
    st.dictionaries(
        st.sampled_from(["title", "text", "kind", "flag", "其他"]),
        st.one_of(TEXT, TEXT.map(mark_safe), TEXT.map(Fixed), st.booleans()),
    )
)
def test_what_is_thawed_is_what_was_frozen(values: dict[str, Value]) -> None:
    thawed = thaw(freeze({**PASSED, **values}), "https://x", date(2026, 1, 2))
    assert thawed.keys() == PASSED.keys() | values.keys()
    for name, value in values.items():
        same = value if value.__class__ in (Fixed, bool) else escaped(value)
        assert thawed[name] == same
        assert isinstance(thawed[name], Fixed) == (value.__class__ is Fixed)


def test_the_host_and_the_day_are_put_in() -> None:
    reference = f"甲[N/OL]. 乙报, {TODAY}[{TODAY}]. {BASE}/articles/x/."
    values = {**PASSED, "reference": reference, "title": f"甲{BASE}"}
    thawed = thaw(freeze(values), "https://x", date(2026, 1, 2))
    assert thawed["reference"] == (
        f"甲[N/OL]. 乙报, {TODAY}[2026-01-02]. https://x/articles/x/."
    )
    assert thawed["title"] == f"甲{BASE}"


def test_the_second_reader_gets_what_the_first_got(collection: Collection) -> None:
    for address in (
        collection.article.get_absolute_url(),
        collection.poem.get_absolute_url(),
    ):
        for cookie in ("zh-hans", "en"):
            first, second, other = (_reader(cookie) for _ in range(3))
            page = first.get(address)
            again = second.get(address)
            assert again.content == page.content
            assert again["Link"] == page["Link"]
            elsewhere = other.get(address, headers={"host": "localhost"})
            assert b"localhost" in elsewhere.content
            assert b"testserver" not in elsewhere.content
            assert BASE.encode() not in elsewhere.content
    assert Rendering.objects.count() == 4


def _reader(language: str) -> Client:
    client = Client()
    client.cookies["django_language"] = language
    return client


def test_what_is_kept_is_nobodys(collection: Collection, client: Client) -> None:
    """A reader with a shelf makes it, and another sees nothing of the shelf."""
    article = collection.article
    client.post("/bookmarks/add/", {"article": article.public_id})
    own = client.get(article.get_absolute_url()).content.decode()
    assert own.count('aria-pressed="true"') == 1
    page = Client().get(article.get_absolute_url()).content.decode()
    assert 'aria-pressed="true"' not in page
    assert Rendering.objects.count() == 1


def test_a_page_does_not_wait_for_a_writer(
    collection: Collection, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(type(Rendering.objects.all()), "bulk_create", busy)
    address = collection.article.get_absolute_url()
    assert client.get(address).content == client.get(address).content
    assert not Rendering.objects.exists()

"""Keyset pages: together they are the list, forwards and backwards."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Author
from articles.pages import listing
from articles.pages.listing import look_at, page_of
from articles.pages.paging import keyset_page, window_page
from tests.factories import (
    give_topic,
    make_article,
    make_author,
    make_issue,
    make_topic,
)

ORDER = ["sort_key", "name", "id"]


@pytest.mark.django_db
def test_pages_are_the_list() -> None:
    for n in range(23):
        make_author(f"甲{n:02}", sort_key="jia" if n % 3 else "yi")
    whole = list(Author.objects.order_by(*ORDER))
    pages = [keyset_page(Author.objects.all(), ORDER, {}, 5)]
    while pages[-1].next:
        pages.append(
            keyset_page(Author.objects.all(), ORDER, {"after": pages[-1].next}, 5)
        )
    assert [row for page in pages for row in page] == whole
    assert pages[0].previous is None
    for earlier, later in pairwise(pages):
        back = keyset_page(Author.objects.all(), ORDER, {"before": later.previous}, 5)
        assert (back.rows, back.previous, back.next) == (
            earlier.rows, earlier.previous, earlier.next,
        )  # fmt: skip


@given(st.lists(st.integers(), unique=True), st.integers(min_value=1, max_value=7))
def test_window_pages_are_the_window(ids: list[int], size: int) -> None:
    ids = [abs(n) % 10**9 + 1 for n in ids]  # as databases number rows
    ids = list(dict.fromkeys(ids))
    page, seen = window_page(ids, {}, size), []
    while True:
        seen += page.rows
        if page.next is None:
            break
        page = window_page(ids, {"after": page.next}, size)
    assert seen == ids


@pytest.mark.django_db
@pytest.mark.parametrize("window", [1000, 10])
def test_a_topic_lists_every_article_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    """Both ways: sorted in the window, and walked along the index beyond it."""
    monkeypatch.setattr(listing, "WINDOW", window)
    topic, expected = make_topic(), set()
    for n in range(37):
        article = make_article(make_issue(year=2000 + n % 5, number=n % 12 + 1))
        give_topic(article, topic, "suggested" if n % 2 else "accepted")
        expected.add(article.pk)
    give_topic(make_article(), topic, "declined")
    articles = Article.objects.published().about(topic)
    found, params = [], {}
    while True:
        page = page_of(articles, look_at(articles), params, 8)
        found += [article.pk for article in page]
        if page.next is None:
            break
        params = {"after": page.next}
    assert len(found) == 37 and set(found) == expected


@pytest.mark.django_db
def test_a_list_that_fits_is_in_order_of_date() -> None:
    topic = make_topic()
    for year in (2003, 2001, 2005):
        issue = make_issue(year=year, number=1)
        for position in (2, 1):
            make_article(issue, topics=[topic], position=position)
    make_article(
        make_issue(year=None, number=None, key="undated/1", sort_date=None),
        topics=[topic],
    )
    articles = Article.objects.published().about(topic)
    page = page_of(articles, look_at(articles), {})
    assert [(a.issue.year, a.position) for a in page][:6] == [
        (2005, 1), (2005, 2), (2003, 1), (2003, 2), (2001, 1), (2001, 2),
    ]  # fmt: skip
    assert page.rows[6].issue.year is None


@pytest.mark.django_db
def test_a_walk_goes_back_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "WINDOW", 5)
    topic, other = make_topic(), make_topic()
    for _ in range(17):
        make_article(topics=[topic, other])
    articles = Article.objects.published().about(topic)
    window = look_at(articles, "-article_topics__article_id")
    pages = [page_of(articles, window, {}, 5)]
    while pages[-1].next:
        pages.append(page_of(articles, window, {"after": pages[-1].next}, 5))
    ids = [article.pk for page in pages for article in page]
    assert ids == sorted(ids, reverse=True) and len(ids) == 17
    for earlier, later in pairwise(pages):
        back = page_of(articles, window, {"before": later.previous}, 5)
        assert (back.rows, back.next) == (earlier.rows, earlier.next)


@pytest.mark.django_db
def test_a_long_list_can_be_narrowed_to_years_beyond_its_window(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WINDOW", 3)
    topic = make_topic()
    for year in (1990, 2001, 2002, 2003, 2004):
        article = make_article(make_issue(year=year, number=1), title=f"{year}的文章")
        give_topic(article, topic)
    html = client.get(topic.get_absolute_url(), {"year": "1990"}).content.decode()
    assert "1990的文章" in html and "2004的文章" not in html

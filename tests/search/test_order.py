"""Newest first, exactly, whatever the order of import; paging that misses nothing."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Issue
from articles.search import get_index
from articles.search.finder import Order, SearchPage, find
from articles.search.query import Everything, SearchQuery, parse_query
from articles.search.window import Cursor, after, newest
from tests import factories as make
from tests.search.library import Library

pytestmark = pytest.mark.django_db
EVERYTHING = SearchQuery("", Everything())


def dates(page: SearchPage) -> list[object]:
    found = Article.objects.select_related("issue").in_bulk(page.articles)
    return [found[pk].issue.sort_date for pk in page.articles]


def test_newest_first_and_undated_last(library: Library) -> None:
    page = find(EVERYTHING, size=1000)
    shown = dates(page)
    dated = [day for day in shown if day]
    assert len(shown) == len(library.books)
    assert dated == sorted(dated, reverse=True)
    assert None in shown
    assert shown == [*dated, *[None] * (len(shown) - len(dated))]


def test_issues_stand_together_in_printed_order(library: Library) -> None:
    found = Article.objects.in_bulk(find(EVERYTHING, size=1000).articles)
    places = [(found[pk].issue_id, found[pk].position) for pk in found]
    seen: list[int] = []
    for issue, _ in places:
        if not seen or seen[-1] != issue:
            seen.append(issue)
    assert len(seen) == len(set(seen))
    for issue in seen:
        positions = [position for of, position in places if of == issue]
        assert positions == sorted(positions)


@pytest.mark.parametrize("text", ["", "的", "发展", "-发展", "年:2021 的 OR 发展"])
def test_pages_join_to_the_whole(library: Library, text: str) -> None:
    query = parse_query(text) if text else EVERYTHING
    assert query.tree
    whole = library.find(query.tree)
    by_number = [pk for n in range(1, 30) for pk in _numbered(query, n)]
    assert by_number == whole
    index, rows, cursor = get_index(), [], None
    while True:
        some = (
            after(index, query.tree, cursor, 7)
            if cursor
            else newest(index, query.tree).rows[:8]
        )
        rows += some[:7]
        if len(some) <= 7:
            break
        cursor = Cursor.parse(str(Cursor.at(some[6])))
    assert [row.article for row in rows] == whole


def _numbered(query: SearchQuery, number: int) -> list[int]:
    page = find(query, number=number, size=7)
    return page.articles if page.number == number else []


def test_a_page_too_far_is_the_last(library: Library) -> None:
    last = find(EVERYTHING, number=10**9, size=50)
    assert not last.has_next
    assert last.articles
    assert last.number == -(-len(library.books) // 50)


def test_an_issue_that_gets_a_date_moves(library: Library) -> None:
    undated = next(
        book for book in library.books if book.article.issue.sort_date is None
    )
    issue = Issue.objects.get(pk=undated.article.issue_id)
    issue.sort_date = "2099-01-01"
    issue.save()
    get_index().put_many(issue.articles.values_list("pk", flat=True))
    first = Article.objects.get(pk=find(EVERYTHING).articles[0])
    assert first.issue_id == issue.pk


def test_beyond_the_window(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    """With a window of 30 the same pages follow each other by cursor."""
    monkeypatch.setattr("articles.search.window.COUNT_CAP", 30)
    page, seen = find(EVERYTHING, size=10), []
    assert (page.total, page.is_exact) == (30, False)
    while True:
        seen += page.articles
        if not page.has_next:
            break
        page = find(EVERYTHING, size=10, number=page.number + 1, after_cursor=page.next)
    assert seen == library.find(Everything())


@pytest.mark.parametrize("text", ["的", "发展 -改革", '"，的"'])
def test_a_deep_page_asks_no_more_than_the_first(library: Library, text: str) -> None:
    query = parse_query(text)
    with CaptureQueriesContext(connection) as first:
        page = find(query, size=5)
    if page.next:
        with CaptureQueriesContext(connection) as deep:
            find(query, size=5, number=9, after_cursor=page.next)
        assert len(deep) <= 2 * len(first) + 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zz",
        "1.2",
        "1.2.3.4",
        "g.1.1",
        "1.1.-1",
        "f" * 17 + ".1.1",
        "ffffffffffffffff.1.1",
    ],
)
def test_a_cursor_of_someone_elses_is_none(text: str) -> None:
    assert Cursor.parse(text) is None


def test_relevance_of_the_same_words_in_other_places() -> None:
    issue = make.make_issue()
    body = make.make_article(issue, text="说到乡愁。" + "闲话。" * 30, title="甲")
    often = make.make_article(issue, text="乡愁，乡愁，又是乡愁。", title="乙")
    heading = make.make_article(issue, text="闲话。" * 30, title="丙")
    make.add_block(heading, "一、乡愁", role="heading")
    title = make.make_article(issue, text="闲话。" * 30, title="乡愁")
    get_index().put_many([a.pk for a in (body, often, heading, title)])
    page = find(parse_query("乡愁"), order=Order.RELEVANCE)
    assert page.articles == [title.pk, heading.pk, often.pk, body.pk]


def test_relevance_equals_a_ranking_of_all(library: Library) -> None:
    from articles.search.ranking import load_texts, score

    chance = random.Random(4)
    for _ in range(15):
        query = parse_query(
            " ".join(library.string(2) for _ in range(chance.choice((1, 1, 2))))
        )
        assert query.tree
        texts = load_texts([book.article.pk for book in library.books])
        runs = [leaf.run for leaf in query.wanted()]
        order = {pk: n for n, pk in enumerate(library.find(query.tree))}
        best = sorted(
            sorted(order, key=order.__getitem__),
            key=lambda pk: score(texts[pk], runs),
            reverse=True,
        )
        assert find(query, order=Order.RELEVANCE, size=1000).articles == best


def test_above_the_window_titles_are_compared_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("window", "ranking"):
        monkeypatch.setattr(f"articles.search.{module}.COUNT_CAP", 20)
    new, old = (
        make.make_issue(year=2021, number=1),
        make.make_issue(year=1901, number=1),
    )
    texts = [make.make_article(new, text="说到乡愁。") for _ in range(25)]
    titled = make.make_article(old, text="旧文。", title="乡愁")
    get_index().put_many([article.pk for article in (*texts, titled)])
    page = find(parse_query("乡愁"), order=Order.RELEVANCE)
    assert (page.total, page.is_exact) == (20, False)
    assert page.articles == [titled.pk, *(article.pk for article in texts[:19])]

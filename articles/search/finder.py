"""One search, from a query to the page of results that was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from articles.search import get_index
from articles.search.base import Row, SearchIndex
from articles.search.query import SearchQuery
from articles.search.ranking import rank
from articles.search.window import Cursor, Window, after, newest

PAGE_SIZE = 20


class Order(StrEnum):
    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True)
class SearchPage:
    """``articles``: the ids on this page, in order.

    ``total`` is the number of matches when ``is_exact``; otherwise there are more than
    that, and ``facets`` are those of the newest ``total``.  ``next`` continues a search
    beyond the window, ``has_next`` says that there is a next page at all.
    """

    query: SearchQuery
    order: Order
    number: int
    articles: list[int]
    total: int = 0
    is_exact: bool = True
    has_next: bool = False
    next: Cursor | None = None
    facets: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def find(
    query: SearchQuery,
    *,
    order: Order = Order.NEWEST,
    number: int = 1,
    after_cursor: Cursor | None = None,
    size: int = PAGE_SIZE,
    index: SearchIndex | None = None,
) -> SearchPage:
    """Page ``number`` of what ``query`` finds; a number that is too high is the last.

    ``after_cursor`` asks for what follows a result, at any depth; ``number`` then only
    says what the page is called.
    """
    if query.tree is None:
        return SearchPage(query, order, 1, [])
    index = index or get_index()
    window = newest(index, query.tree)
    if after_cursor and order is Order.NEWEST:
        rows = after(index, query.tree, after_cursor, size)
        return _page(query, order, max(number, 1), rows, window, len(rows) > size, size)
    rows = window.rows if order is Order.NEWEST else rank(index, query, window)
    number = min(max(number, 1), max(1, -(-len(rows) // size)))
    start = (number - 1) * size
    more = start + size < len(rows) or (not window.is_exact and order is Order.NEWEST)
    return _page(query, order, number, rows[start:], window, more, size)


def _page(
    query: SearchQuery,
    order: Order,
    number: int,
    rows: Sequence[Row],
    window: Window,
    has_next: bool,
    size: int,
) -> SearchPage:
    shown = rows[:size]
    return SearchPage(
        query=query,
        order=order,
        number=number,
        articles=[row.article for row in shown],
        total=window.total,
        is_exact=window.is_exact,
        has_next=has_next,
        next=Cursor.at(shown[-1])
        if has_next and shown and order is Order.NEWEST
        else None,
        facets=window.facets,
    )

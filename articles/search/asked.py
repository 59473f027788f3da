"""What an address asks of the search: words, filters, order and page.

In: the parameters of a request.  Out: an ``Asked``, or ``BadSearch`` with the reasons in
the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.models import Article
from articles.search.filters import SearchFilter
from articles.search.finder import PAGE_SIZE, Order, SearchPage, find
from articles.search.query import (
    MAX_LENGTH,
    MAX_TERMS,
    Facets,
    QueryTooLong,
    SearchQuery,
    parse_query,
)
from articles.search.window import Cursor

LAST_PAGE = 10**9
_PAGING = ("page", "after")


class BadSearch(ValueError):
    """What was asked for cannot be searched; its arguments say why, for the reader."""


@dataclass(frozen=True)
class Asked:
    """One request, understood.  ``chosen``: by facet a row, a year or a kind."""

    params: QueryDict
    typed: SearchQuery
    chosen: dict[str, Any] = field(default_factory=dict)
    facets: tuple[Facets, ...] = ()
    order: Order = Order.NEWEST
    number: int = 1
    after: Cursor | None = None

    @cached_property
    def query(self) -> SearchQuery:
        return self.typed.within(*self.facets)

    def find(self, size: int = PAGE_SIZE) -> SearchPage:
        return find(
            self.query,
            order=self.order,
            number=self.number,
            after_cursor=self.after,
            size=size,
        )

    def address(self, **changes: str | None) -> str:
        """The parameters with some changed (None: left out), without paging."""
        kept = [
            (name, value)
            for name, values in self.params.lists()
            if name not in _PAGING and name not in changes
            for value in values
        ]
        fresh = [(name, value) for name, value in changes.items() if value is not None]
        return urlencode([*kept, *fresh])

    def next_address(self, page: SearchPage) -> str | None:
        """By number within the window, by the last result beyond it."""
        if not page.has_next:
            return None
        beyond = page.number * len(page.articles) >= page.total
        cursor = str(page.next) if beyond and page.next else None
        return self.address(page=str(page.number + 1), after=cursor)

    def previous_address(self, page: SearchPage) -> str | None:
        if page.number == 1:
            return None
        last = -(-page.total // PAGE_SIZE)
        return self.address(page=str(min(page.number - 1, last)))


def understand(params: QueryDict) -> Asked:
    try:
        typed = parse_query(params.get("q", ""))
    except QueryTooLong:
        most = {"letters": MAX_LENGTH, "terms": MAX_TERMS}
        raise BadSearch(
            _("检索词太长：至多 %(letters)d 个字、%(terms)d 个词。") % most
        ) from None
    chosen, facets = _narrowing(params)
    after = params.get("after", "")
    if after and Cursor.parse(after) is None:
        raise BadSearch(_("这一页的地址不完整。"))
    by_relevance = params.get("sort") == Order.RELEVANCE
    return Asked(
        params=params,
        typed=typed,
        chosen=chosen,
        facets=facets,
        order=Order.RELEVANCE if by_relevance else Order.NEWEST,
        number=whole_number(params.get("page"), 1, LAST_PAGE),
        after=Cursor.parse(after) if after else None,
    )


def whole_number(text: str | None, default: int, most: int) -> int:
    """From 1 to ``most``; ``default`` for anything that is no number."""
    if not text or not (text.isascii() and text.isdigit()):
        return default
    return max(1, min(int(text[:10]), most))


def _narrowing(params: QueryDict) -> tuple[dict[str, Any], tuple[Facets, ...]]:
    if not SearchFilter.base_filters.keys() & params.keys():
        return {}, ()  # making the form costs more than many a search
    narrowing = SearchFilter(params, queryset=Article.objects.none())
    if errors := narrowing.errors_by_label():
        raise BadSearch(*errors)
    return narrowing.chosen, tuple(narrowing.facets())

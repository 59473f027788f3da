"""The one door from imports to the search index."""

from __future__ import annotations

from collections.abc import Iterable

from articles.search import get_index


def index_articles(ids: Iterable[int]) -> None:
    """Indexes articles anew, in the same transaction as their text."""
    if wanted := list(ids):
        get_index().put_many(wanted)


def tidy_index() -> None:
    """After a run, outside of transactions: what came in out of order is sorted."""
    get_index().tidy()

"""The one door from imports to the search index."""

from __future__ import annotations

from collections.abc import Iterable

from articles.search import get_index


def index_articles(ids: Iterable[int]) -> None:
    """Indexes articles anew, in the same transaction as their text."""
    if wanted := list(ids):
        get_index().put_many(wanted)

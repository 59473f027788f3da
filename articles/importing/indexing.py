"""The one door from imports to the search index."""

from __future__ import annotations

from collections.abc import Iterable


def index_articles(ids: Iterable[int]) -> None:
    """Indexes articles anew, in the same transaction as their text."""
    from articles import search

    wanted = list(ids)
    if wanted and hasattr(search, "get_index"):
        search.get_index().put_many(wanted)

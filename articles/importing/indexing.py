"""The one door from imports to the search index."""

from __future__ import annotations

from collections.abc import Iterable

from articles.search import get_index
from articles.search.document import Text, Texts

__all__ = ["Text", "Texts", "index_articles", "tidy_index"]


def index_articles(ids: Iterable[int], texts: Texts | None = None) -> None:
    """Indexes articles anew, in the same transaction as their text.

    ``texts``: the blocks of those that were written just now.
    """
    if wanted := list(ids):
        get_index().put_many(wanted, texts)


def tidy_index() -> None:
    """After a run, outside of transactions: what came in out of order is sorted."""
    get_index().tidy()

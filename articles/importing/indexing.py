"""The one door from imports to the search index."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Article, Author, Issue, Topic
from articles.search import get_index
from articles.search.document import Passages
from articles.search.names import put_topic

__all__ = [
    "Passages",
    "index_articles",
    "index_naming",
    "index_topic",
    "tidy_index",
]


def index_articles(ids: Iterable[int], passages: Passages | None = None) -> None:
    """Indexes articles anew, in the same transaction as their text.

    ``passages``: of those whose blocks were written just now.
    """
    if wanted := list(ids):
        get_index().put_many(wanted, passages)


def index_naming(*rows: Author | Issue) -> None:
    """Indexes anew every article whose entry holds something of these rows.

    To be called when the names of an author or the date of an issue have changed, in
    the same transaction.  (What a publication, a column or a topic is called is looked up
    when somebody searches.)
    """
    for row in rows:
        index_articles(Article.objects.naming(row).values_list("pk", flat=True))


def index_topic(topic: Topic) -> None:
    """Renews the keys by which a topic is suggested."""
    put_topic(topic)


def tidy_index() -> None:
    """After a run, outside of transactions: what came in out of order is sorted."""
    get_index().tidy()

"""Full-text search: one meaning on two engines.

from articles.search import get_index
get_index().put_many(article_ids)        # in the transaction that changed them
get_index().drop_many(article_ids)       # when articles go

from articles.search import find, parse_query
page = find(parse_query("放管服 -改革"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.search.base import SearchIndex


def get_index(using: str = "default") -> SearchIndex:
    """The index of that database; raises ImproperlyConfigured on any other engine."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connections

    connection = connections[using]
    if connection.vendor == "sqlite":
        from articles.search.sqlite import SqliteIndex

        return SqliteIndex(connection)
    if connection.vendor == "postgresql":
        from articles.search.postgres import PostgresIndex

        return PostgresIndex(connection)
    raise ImproperlyConfigured(
        f"search works on SQLite and PostgreSQL, not {connection.vendor}"
    )

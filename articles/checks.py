"""System checks: what would go wrong silently later is refused at start."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from articles.search.upkeep import troubles


@register(Tags.database)
def database_knows_chinese(
    databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuses a PostgreSQL database whose encoding cannot hold Chinese text."""
    return [
        Error(
            f"The database {alias!r} is encoded as {encoding}, which cannot hold Chinese.",
            hint="Create it anew: CREATE DATABASE yuelan ENCODING 'UTF8' TEMPLATE template0;",
            id="articles.E001",
        )
        for alias in databases or []
        if connections[alias].vendor == "postgresql"
        and (encoding := _server_encoding(alias)) != "UTF8"
    ]


@register(Tags.database)
def search_can_index_chinese(
    databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Asks a PostgreSQL database to take a Chinese string apart as the index does."""
    return [
        Error(
            f"The database {alias!r} cannot index Chinese: of 放管服 it makes {found}.",
            hint="Create it anew, in UTF-8: CREATE DATABASE yuelan ENCODING 'UTF8' "
            "LOCALE 'C.UTF-8' TEMPLATE template0;",
            id="articles.E002",
        )
        for alias in databases or []
        if connections[alias].vendor == "postgresql"
        and _server_encoding(alias) == "UTF8"
        and (found := _letters(alias)) != ["放", "管", "服"]
    ]


@register(Tags.database)
def search_index_is_sound(
    databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Names a search index that is missing or says something else than the articles."""
    return [
        Warning(
            trouble.message, hint=trouble.remedy, id=f"articles.W-search-{trouble.code}"
        )
        for alias in databases or []
        if _is_migrated(alias)
        for trouble in troubles(alias)
    ]


def _letters(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT string_to_array('放管服', NULL)")
        return list(cursor.fetchone()[0])


def _is_migrated(alias: str) -> bool:
    """Before the first migration there is nothing to look at."""
    return "articles_searchstate" in connections[alias].introspection.table_names()


def _server_encoding(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        return str(cursor.fetchone()[0])

"""System checks: what would go wrong silently later is refused at start."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


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


def _server_encoding(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        return str(cursor.fetchone()[0])

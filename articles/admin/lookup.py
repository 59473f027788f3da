"""Searches that an index answers: beginnings of names, and the full-text index.

``__contains`` reads the whole table, and so does ``LIKE`` on SQLite, whose index
does not serve it; a range does.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

LAST = "\U0010ffff"


def begins(field: str, text: str) -> Q:
    """Rows whose ``field`` begins with ``text``.

    A range by code point on SQLite.  PostgreSQL may sort in another collation, where
    a range says something else, but keeps an index for LIKE beside each indexed text.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST})
    return Q(**{f"{field}__startswith": text})


def begins_any(fields: list[str], text: str) -> Q:
    found = Q()
    for field in fields:
        found |= begins(field, text)
    return found


def pinyin_typed(text: str) -> str:
    """What a person types of a pinyin key: lower case, single blanks."""
    return " ".join(text.lower().split())

"""Inserting many rows at the speed of the driver.

In: plain values by column, of one model, whose keys nobody needs afterwards.  Out:
nothing.  ``bulk_create`` makes an object a row, asks each field of it anew, and on
SQLite sends 70 blocks a statement; the blocks are nine tenths of an import's rows.
Columns that fill themselves (``auto_now``) are not for here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model

Row = Sequence[Any]


def insert_values(
    model: type[Model], columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """``columns`` are attribute names (``article_id``), in the order of the values."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    wanted = [fields[name] for name in columns]
    json_places = [n for n, f in enumerate(wanted) if isinstance(f, JSONField)]
    ready = [_with_json(row, json_places) for row in rows]
    if not ready:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(str(field.column)) for field in wanted)
    write = _copy if connection.vendor == "postgresql" else _insert
    write(f"{table} ({names})", ready)


def _with_json(row: Row, places: Iterable[int]) -> list[Any]:
    """As ``JSONField`` would store it; None is no value."""
    values = list(row)
    for place in places:
        if values[place] is not None:
            values[place] = json.dumps(values[place])
    return values


def _insert(target: str, rows: list[list[Any]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)


def _copy(target: str, rows: list[list[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {target} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)

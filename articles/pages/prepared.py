"""Querysets whose SQL is written once.

Writing the SQL of a queryset takes Django ten times as long as SQLite takes to answer
it.  Where a page asks the same question with another number each time, the SQL is kept
and only the number changes.  Rows come as the database gives them: a JSON column is
text and a date may be (``from_json``, ``from_date``); only columns that need no other
conversion may be asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import F, Model, QuerySet, Subquery, TextField
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)
# Stand-ins that no queryset has for a constant, and every integer column can hold.
_STAND_INS = [1_836_311_903 + n for n in range(64)]


class Prepared:
    """``make`` gives the queryset (of ``values_list``) for as many numbers or texts as
    it takes; its answer for stand-ins is kept."""

    def __init__(self, make: Callable[..., QuerySet], parameters: int = 1) -> None:
        self._make = make
        self._stand_ins = _STAND_INS[:parameters]

    def rows(self, *parameters: int | str) -> list[tuple[Any, ...]]:
        sql, places = self._written
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [parameters[at] if at is not None else c for at, c in places]
            )
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    @cached_property
    def _written(self) -> tuple[str, list[tuple[int | None, Any]]]:
        """The SQL; for each of its parameters which of ours it is, or its constant."""
        sql, given = self._make(*self._stand_ins).query.sql_with_params()
        numbers = {
            text: n for n, s in enumerate(self._stand_ins) for text in (s, str(s))
        }
        return sql, [(numbers.get(p), p) for p in given]


_AS_ARRAY = "(SELECT %s FROM (%%(subquery)s) r)"


class Gathered(Subquery):
    """A queryset's rows in their order, as the text of a JSON array: of values where one
    column is asked for, else of arrays."""

    output_field = TextField()

    def __init__(self, rows: QuerySet, *columns: str) -> None:
        self.names = [f"c{n}" for n in range(len(columns))]
        named = {name: F(c) for name, c in zip(self.names, columns, strict=True)}
        super().__init__(rows.values(**named))

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        row = self._row("json_array")
        extra.setdefault("template", _AS_ARRAY % f"json_group_array({row})")
        return super().as_sql(compiler, connection, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        gathered = f"CAST(json_agg({self._row('json_build_array')}) AS text)"
        template = _AS_ARRAY % gathered
        return self.as_sql(compiler, connection, template=template, **extra)

    def _row(self, function: str) -> str:
        columns = [f"r.{name}" for name in self.names]
        return columns[0] if len(columns) == 1 else f"{function}({', '.join(columns)})"


def from_json(column: Any) -> Any:
    return json.loads(column) if isinstance(column, str | bytes) else column


def from_date(column: Any) -> date | None:
    return date.fromisoformat(column) if isinstance(column, str) else column


class Columns:
    """Some columns of a model, and the model's row made of their values."""

    def __init__(self, model: type[Row], *names: str) -> None:
        self.model = model
        order = [field.attname for field in model._meta.concrete_fields]
        self.names = sorted(names, key=order.index)

    def under(self, path: str) -> list[str]:
        """For ``values_list`` of a queryset that reaches the model by ``path__``."""
        return [f"{path}{name}" for name in self.names]

    def row(self, values: Sequence[Any]) -> Any:
        """As ``from_db`` makes it, without asking each of the other columns whether it
        is wanted: columns that are not among the row's attributes are deferred."""
        row = self.model.__new__(self.model)
        row.__dict__.update(zip(self.names, values, strict=True))
        row._state = ModelState()
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row

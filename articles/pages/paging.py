"""Pages of a list without OFFSET and without COUNT: the last page costs what the first does.

A page is asked for by the row before or after it: ``?after=<id>`` or
``?before=<id>``.  A row that is gone, or a parameter that is no number, asks for
the first page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

PAGE_SIZE = 30
MAX_ID = 2**63 - 1

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """``previous`` and ``next`` are the ids to ask for with before= and after=."""

    rows: list[Row]
    previous: int | None = None
    next: int | None = None

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet,
    order: Sequence[str],
    params: Mapping[str, Any],
    size: int = PAGE_SIZE,
) -> Page:
    """One page of ``queryset`` in ``order``: field names, ``-`` for descending.

    The last name must be unique (``id``), and no field may be null.
    """
    if before := _row(queryset, params, "before"):
        found = _slice(queryset, _reversed(order), before, size)
        more, rows = len(found) > size, found[:size][::-1]
        if rows:
            return Page(rows, rows[0].pk if more else None, rows[-1].pk)
    after = _row(queryset, params, "after")
    found = _slice(queryset, order, after, size)
    rows = found[:size]
    return Page(
        rows,
        rows[0].pk if after and rows else None,
        rows[-1].pk if len(found) > size else None,
    )


def window_page(
    ids: Sequence[int], params: Mapping[str, Any], size: int = PAGE_SIZE
) -> Page[int]:
    """The same for a short list of ids that is in memory already."""
    place = {pk: position for position, pk in enumerate(ids)}
    start = 0
    if (before := parse_id(params.get("before"))) in place:
        start = max(0, place[before] - size)
    elif (after := parse_id(params.get("after"))) in place:
        start = place[after] + 1
    rows = list(ids[start : start + size])
    return Page(
        rows,
        rows[0] if start and rows else None,
        rows[-1] if start + size < len(ids) else None,
    )


def parse_id(value: Any) -> int | None:
    """A database id from the address, or None for anything else."""
    text = str(value or "")
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return number if (number := int(text)) <= MAX_ID else None


def _row(queryset: QuerySet, params: Mapping[str, Any], name: str) -> Model | None:
    pk = parse_id(params.get(name))
    return None if pk is None else queryset.model.objects.filter(pk=pk).first()


def _slice(
    queryset: QuerySet, order: Sequence[str], start: Model | None, size: int
) -> list[Any]:
    """``size`` rows and one more, which says that there is a next page."""
    if start is not None:
        queryset = queryset.filter(_beyond(order, start))
    return list(queryset.order_by(*order)[: size + 1])


def _beyond(order: Sequence[str], row: Model) -> Q:
    """``(a, b, id) > (row.a, row.b, row.id)``, spelt so that an index on a serves."""
    name, *rest = order
    field = name.lstrip("-")
    value = getattr(row, field)
    side = "lt" if name.startswith("-") else "gt"
    beyond = Q(**{f"{field}__{side}": value})
    if not rest:
        return beyond
    tied = Q(**{field: value}) & _beyond(rest, row)
    return Q(**{f"{field}__{side}e": value}) & (beyond | tied)


def _reversed(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]

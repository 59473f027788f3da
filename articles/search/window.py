"""Results in order, without ever counting or skipping through all of them.

The *window* is the newest 1,000 matches.  Totals, facets and the histogram are exact
when everything is in it, and otherwise say that they are those of the newest 1,000.
Pages within the window are slices of it; beyond it a page is asked for by the last
result before it, so the hundredth and the hundred-thousandth cost the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from articles.querysets import COUNT_CAP
from articles.search.base import Row, SearchIndex
from articles.search.facets import count_facets
from articles.search.places import SERIAL_BITS, issue_range
from articles.search.query import Node


@dataclass(frozen=True)
class Cursor:
    """The last result of a page.

    Its text, ``3k.9x.2`` in base 16, is what ``?after=`` carries.
    """

    entry: int
    place: int
    article: int

    @classmethod
    def at(cls, row: Row) -> Cursor:
        return cls(row.id, row.place, row.article)

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None for anything that no cursor of ours looks like."""
        if not re.fullmatch(r"[0-9a-f]{1,16}\.[0-9a-f]{1,16}\.[0-9a-f]{1,16}", text):
            return None
        numbers = [int(part, 16) for part in text.split(".")]
        return cls(*numbers) if max(numbers) < 2**63 else None

    def __str__(self) -> str:
        return f"{self.entry:x}.{self.place:x}.{self.article:x}"


@dataclass(frozen=True)
class Window:
    """At most COUNT_CAP rows in the order of results."""

    rows: list[Row]
    is_exact: bool

    @property
    def total(self) -> int:
        return len(self.rows)

    @cached_property
    def facets(self) -> dict[str, Counter[str]]:
        return count_facets(row.facets for row in self.rows)


def newest(index: SearchIndex, tree: Node) -> Window:
    rows = _in_order(index, tree, COUNT_CAP + 1, None)
    return Window(rows[:COUNT_CAP], is_exact=len(rows) <= COUNT_CAP)


def after(index: SearchIndex, tree: Node, cursor: Cursor, count: int) -> list[Row]:
    """The ``count`` results that follow ``cursor``, and one more if there is one."""
    low, high = issue_range(cursor.entry)
    key = (-(low >> SERIAL_BITS), cursor.place, cursor.article)
    same_issue = [
        row for row in index.scan_range(tree, low, high) if order_key(row) > key
    ]
    rest = _in_order(index, tree, count + 1, low - 1)
    return [*sorted(same_issue, key=order_key), *rest][: count + 1]


def order_key(row: Row) -> tuple[int, int, int]:
    """Newest issue first, undated ones last, in printed order within an issue."""
    return -(row[0] >> SERIAL_BITS), row[1], row[2]


def _in_order(
    index: SearchIndex, tree: Node, limit: int, below: int | None
) -> list[Row]:
    """At least ``limit`` rows if there are so many: the last issue is read to its end."""
    rows = index.scan(tree, limit, below)
    if len(rows) == limit:
        low, _ = issue_range(rows[-1].id)
        rows += index.scan_range(tree, low, rows[-1].id - 1)
    return sorted(rows, key=order_key)

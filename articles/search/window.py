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
from articles.search.places import Key, key_of
from articles.search.query import Node


@dataclass(frozen=True)
class Cursor:
    """The last result of a page.

    Its text, ``3k.9x.2`` in base 16, is what ``?after=`` carries.
    """

    rank: int
    place: int
    article: int

    @classmethod
    def at(cls, row: Row) -> Cursor:
        return cls(row.rank, row.place, row.article)

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None for anything that no cursor of ours looks like."""
        if not re.fullmatch(r"[0-9a-f]{1,16}\.[0-9a-f]{1,16}\.[0-9a-f]{1,16}", text):
            return None
        numbers = [int(part, 16) for part in text.split(".")]
        return cls(*numbers) if max(numbers) < 2**63 else None

    @property
    def key(self) -> Key:
        return key_of(self.rank, self.place, self.article)

    def __str__(self) -> str:
        return f"{self.rank:x}.{self.place:x}.{self.article:x}"


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
    rows = index.scan(tree, COUNT_CAP + 1)
    return Window(rows[:COUNT_CAP], is_exact=len(rows) <= COUNT_CAP)


def after(index: SearchIndex, tree: Node, cursor: Cursor, count: int) -> list[Row]:
    """The ``count`` results that follow ``cursor``, and one more if there is one."""
    return index.scan(tree, count + 1, cursor.key)

"""How SQLite's index has its rows in the order of results without room to insert.

FTS5 keeps a posting in one or two bytes only where row numbers lie close together, and
it streams matches by row number.  So numbers are given one after another, and the rows
fall into *segments*: stretches of numbers.  In a sorted one every row is newer than the
row before, so its matches come newest first and a search reads no more than it shows.
What comes out of order (an old issue, an edited article) gathers in a segment that is not
sorted, of which a search reads every match.  Results are merged from the segments:
always exact, and fast while the unsorted ones are small; ``tidy`` keeps them so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.search.places import Key

OLDEST = Key(-1, 0, 0)  # older than any result
SMALL = 500  # rows; a smaller segment takes in what comes out of order
MOST_SEGMENTS, MOST_UNSORTED = 8, 2000  # before it is time to tidy


@dataclass(frozen=True)
class Segment:
    """Row numbers from ``low`` to ``high``; ``newest`` is None where they are unsorted."""

    low: int
    high: int
    newest: Key | None

    @property
    def size(self) -> int:
        return self.high - self.low + 1

    @property
    def is_settled(self) -> bool:
        """Large and sorted: nothing to gain by sorting it again."""
        return self.newest is not None and self.size >= SMALL


def loaded(stored: Iterable[list[int]]) -> list[Segment]:
    """From ``SearchState``: ``[low, high]`` or ``[low, high, rank, place, article]``."""
    return [
        Segment(low, high, Key(*key) if key else None) for low, high, *key in stored
    ]


def stored(segments: Iterable[Segment]) -> list[list[int]]:
    return [[s.low, s.high, *(s.newest or ())] for s in segments]


def grown(segments: list[Segment], low: int, keys: list[Key]) -> list[Segment]:
    """After rows with these keys, oldest first, were given the numbers from ``low``."""
    high = low + len(keys) - 1
    new = Segment(low, high, keys[-1])
    if not segments:
        return [new]
    *before, last = segments
    if last.newest is not None and keys[0] >= last.newest:
        return [*before, Segment(last.low, high, keys[-1])]
    if last.is_settled or new.is_settled:
        return [*segments, new]
    return [*before, Segment(last.low, high, None)]


def is_untidy(segments: list[Segment]) -> bool:
    unsorted = sum(segment.size for segment in segments if segment.newest is None)
    return len(segments) > MOST_SEGMENTS or unsorted > MOST_UNSORTED

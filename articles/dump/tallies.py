"""What speaks for which of many strands: their sums stand side by side in one number.

In: the words of each strand, and what each weighs.  Out: for any words the strand for
which most speaks.  A whole number of Python holds the sums of up to ``_MOST`` strands,
64 bits for each, so that one addition counts for all of them.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import mul, truediv

_MOST = 64  # strands in one number; an ordinary issue has no more
_BITS = 64  # no sum grows so large that it runs over into the next


class Tallies:
    """The words of strands, which are known by their numbers from 0."""

    def __init__(
        self,
        strands: Sequence[Collection[str]],
        masses: Sequence[float],
        weights: Mapping[str, int],
    ) -> None:
        """``masses``: by which the square of each strand's sum is divided."""
        self._width = max(1, min(_MOST, len(strands)))
        self._masses = masses
        self._row = struct.Struct(f"<{self._width}Q")
        self._packed = [
            _side_by_side(strands[at : at + self._width], weights)
            for at in range(0, len(strands), self._width)
        ]
        self._known = [frozenset(packed) for packed in self._packed]

    def best(self, words: frozenset[str], but: int) -> float:
        """The largest share of a strand in the words, but for one strand."""
        most = 0.0
        for row, known in enumerate(self._known):
            if common := words & known:
                each = self._sums(row, common)
                start = row * self._width
                if start <= but < start + self._width:
                    each[but - start] = 0
                masses = self._masses[start : start + self._width]
                most = max(most, *map(truediv, map(mul, each, each), masses))
        return most

    def _sums(self, row: int, words: frozenset[str]) -> list[int]:
        whole = sum(map(self._packed[row].__getitem__, words))
        return list(self._row.unpack(whole.to_bytes(self._row.size, "little")))


def _side_by_side(
    strands: Sequence[Collection[str]], weights: Mapping[str, int]
) -> dict[str, int]:
    """Of each word its weight in the place of every strand that has it."""
    packed: dict[str, int] = defaultdict(int)
    for column, words in enumerate(strands):
        for word in words:
            packed[word] += weights[word] << _BITS * column
    return dict(packed)

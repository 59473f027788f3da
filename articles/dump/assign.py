"""Choosing partners for all open ends at once: a maximum-weight matching.

In: for each left node its possible right nodes with a gain.  Out: who goes
with whom, nobody used twice, the sum of gains as large as possible.  A node
may stay alone; only positive gains are worth a bond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

_NOISE = 1e-9  # rounding must not reopen a settled node
Gains = Mapping[int, Sequence[tuple[int, float]]]


def best_matching(gains: Gains) -> dict[int, int]:
    """Left → right by shortest augmenting paths (Hungarian method, sparse).

    >>> best_matching({1: [(7, 3.0), (8, 2.9)], 2: [(7, 3.0)]})
    {1: 8, 2: 7}
    """
    matching = _Matching(gains)
    for left in gains:
        matching.add(left)
    return {left: right for left, right in matching.mate.items() if right >= 0}


class _Matching:
    """Left and right nodes are numbers from 0; ``~left`` is its place alone."""

    def __init__(self, gains: Gains) -> None:
        self.edges = {
            left: [(right, -gain) for right, gain in rights if gain > 0]
            + [(~left, 0.0)]
            for left, rights in gains.items()
        }
        self.mate: dict[int, int] = {}  # left -> right
        self.owner: dict[int, int] = {}  # right -> left
        self.left_price: dict[int, float] = {}
        self.right_price: dict[int, float] = {}

    def add(self, root: int) -> None:
        """Give ``root`` its best place, moving others where the sum grows."""
        self.left_price[root] = min(
            cost - self.right_price.get(right, 0.0) for right, cost in self.edges[root]
        )
        best: dict[int, float] = {}  # right -> distance
        way: dict[int, int] = {}  # right -> left it was reached from
        done: dict[int, float] = {}
        lefts: dict[int, float] = {root: 0.0}
        queue: list[tuple[float, bool, int]] = []
        self._relax(root, 0.0, best, way, queue)
        while queue:
            distance, _, right = heappop(queue)
            if right in done:
                continue
            done[right] = distance
            if right not in self.owner:
                self._reprice(distance, lefts, done)
                self._flip(right, way)
                return
            left = self.owner[right]
            lefts[left] = distance
            self._relax(left, distance, best, way, queue)

    def _relax(
        self,
        left: int,
        distance: float,
        best: dict[int, float],
        way: dict[int, int],
        queue: list[tuple[float, bool, int]],
    ) -> None:
        price = self.left_price[left]
        for right, cost in self.edges[left]:
            length = distance + cost - price - self.right_price.get(right, 0.0)
            if length < best.get(right, float("inf")) - _NOISE:
                best[right] = length
                way[right] = left
                # among equals a free place first, so that no one need move
                heappush(queue, (length, right in self.owner, right))

    def _reprice(
        self, end: float, lefts: dict[int, float], done: dict[int, float]
    ) -> None:
        for left, distance in lefts.items():
            self.left_price[left] += end - distance
        for right, distance in done.items():
            self.right_price[right] = self.right_price.get(right, 0.0) - (
                end - distance
            )

    def _flip(self, right: int, way: dict[int, int]) -> None:
        while True:
            left = way[right]
            previous = self.mate.get(left)
            self.mate[left], self.owner[right] = right, left
            if previous is None:
                return
            right = previous

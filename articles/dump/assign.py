"""Choosing partners for all open ends at once: a maximum-weight matching.

In: for each left node its possible right nodes with a gain.  Out: who goes
with whom, nobody used twice, the sum of gains as large as possible.  A node
may stay alone; only positive gains are worth a bond.  A matching can be
changed afterwards (a pair forced or forbidden) at the cost of one search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

_NOISE = 1e-9  # rounding must not reopen a settled node
Gains = Mapping[int, Sequence[tuple[int, float]]]


def best_matching(gains: Gains) -> dict[int, int]:
    """Left → right for the largest sum.

    >>> best_matching({1: [(7, 3.0), (8, 2.9)], 2: [(7, 3.0)]})
    {1: 8, 2: 7}
    """
    return Matching(gains).pairs()


class Matching:
    """The best matching by shortest augmenting paths (Hungarian method, sparse).

    Left and right nodes are numbers from 0; ``~left`` is its place alone.  Gains
    are turned into costs; every edge costs at least the prices of its two ends,
    exactly so much when it is in the matching, and a free right has no price.
    """

    def __init__(self, gains: Gains) -> None:
        self.edges = {
            left: [(right, -gain) for right, gain in rights if gain > 0]
            + [(~left, 0.0)]
            for left, rights in gains.items()
        }
        self.into: dict[int, list[tuple[int, float]]] = {}  # right -> (left, cost)
        for left, edges in self.edges.items():
            for right, cost in edges:
                self.into.setdefault(right, []).append((left, cost))
        self.mate: dict[int, int] = {}  # left -> right
        self.owner: dict[int, int] = {}  # right -> left
        self.left_price: dict[int, float] = {}
        self.right_price: dict[int, float] = {}
        self.gone: set[int] = set()  # rights that were forced and stand aside
        self.forced: dict[int, int] = {}
        for left in gains:
            self._add(left)

    def pairs(self) -> dict[int, int]:
        """Left → right, without the nodes that stay alone."""
        return self.forced | {a: b for a, b in self.mate.items() if b >= 0}

    def copy(self) -> Matching:
        """A matching that can be changed without changing this one."""
        other = Matching({})
        other.edges, other.into = dict(self.edges), dict(self.into)
        other.mate, other.owner = dict(self.mate), dict(self.owner)
        other.left_price = dict(self.left_price)
        other.right_price = dict(self.right_price)
        other.gone, other.forced = set(self.gone), dict(self.forced)
        return other

    def force(self, left: int, right: int) -> None:
        """The best matching in which the two go together; neither is forced yet."""
        if left in self.forced or right in self.gone:
            raise ValueError(f"{left} or {right} is forced already")
        former = self.mate.pop(left)
        del self.owner[former]
        holder = self.owner.pop(right, None)
        if holder is not None:
            del self.mate[holder]
        self.forced[left] = right
        self.gone.add(right)
        if former != right:
            self._release(former)
        if holder is not None:
            self._add(holder)

    def forbid(self, left: int, right: int) -> None:
        """The best matching in which the two, now paired, do not go together."""
        del self.mate[left], self.owner[right]
        self.edges[left] = [e for e in self.edges[left] if e[0] != right]
        self.into[right] = [e for e in self.into[right] if e[0] != left]
        self._release(right)
        self._add(left)

    # ---- a left node without a place finds one -------------------------------------------

    def _add(self, root: int) -> None:
        """Give ``root`` its best place, moving others where the sum grows."""
        self.left_price[root] = min(
            cost - self.right_price.get(right, 0.0)
            for right, cost in self.edges[root]
            if right not in self.gone
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
            if right in self.gone:
                continue
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
            price = self.right_price.get(right, 0.0)
            self.right_price[right] = price - (end - distance)

    def _flip(self, right: int, way: dict[int, int]) -> None:
        while True:
            left = way[right]
            previous = self.mate.get(left)
            self.mate[left], self.owner[right] = right, left
            if previous is None:
                return
            right = previous

    # ---- a right node that became free is offered to others -------------------------------

    def _release(self, root: int) -> None:
        """Let lefts move to the free ``root`` where the sum grows, until prices fit."""
        limit, goal = -self.right_price.get(root, 0.0), root
        best: dict[int, float] = {root: 0.0}
        way: dict[
            int, tuple[int, int]
        ] = {}  # right -> (left it has, right it moves to)
        done: dict[int, float] = {}
        queue = [(0.0, root)]
        while queue:
            distance, right = heappop(queue)
            if distance >= limit - _NOISE:
                break
            if right in done:
                continue
            done[right] = distance
            price = self.right_price.get(right, 0.0)
            if distance - price < limit - _NOISE:
                limit, goal = distance - price, right
            for left, cost in self.into.get(right, ()):
                own = self.mate.get(left)
                if own is None or own == right:
                    continue
                length = distance + cost - self.left_price[left] - price
                if length < best.get(own, float("inf")) - _NOISE:
                    best[own] = length
                    way[own] = (left, right)
                    heappush(queue, (length, own))
        self._reprice_released(limit, done)
        self._shift(goal, root, way)

    def _reprice_released(self, limit: float, done: dict[int, float]) -> None:
        for right, distance in done.items():
            change = max(0.0, limit - distance)
            self.right_price[right] = self.right_price.get(right, 0.0) + change
            if right in self.owner:
                self.left_price[self.owner[right]] -= change

    def _shift(self, goal: int, root: int, way: dict[int, tuple[int, int]]) -> None:
        """Everyone on the way from ``goal`` moves one place towards ``root``."""
        right = goal
        while right != root:
            left, target = way[right]
            self.mate[left], self.owner[target] = target, left
            right = target
        if goal != root:
            del self.owner[goal]

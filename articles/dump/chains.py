"""The best set of bonds, and the chains they make.

In: bonds with their gains.  Out: for each left end its one bond, as a
matching of the largest sum without a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .assign import Matching
from .bond import Bonds, Chosen
from .page import Page

_MAX_CIRCLES = 12  # circles broken one by one; more are cut at their weakest bond


class Solver:
    """The best solution for a set of bonds, and the best under one more condition."""

    def __init__(self, page: Page, bonds: Bonds) -> None:
        self.page = page
        self._alone = _unrivalled(page, bonds)
        lefts = [left for left in bonds if left not in self._alone]
        self.bonds = {left: {b.right: b for b in bonds[left]} for left in lefts}
        self._number = {left: number for number, left in enumerate(lefts)}
        self._lefts = lefts
        self._matching = Matching(
            {
                number: [
                    (b.right, b.gain - page.ends[left] - page.starts[b.right])
                    for b in bonds[left]
                ]
                for number, left in enumerate(lefts)
            }
        )
        self._sound: Chosen = {}  # the best solution, which has no circles
        self.best = self._unwind(self._matching.copy())
        self._sound = self.best

    def forced(self, left: int, right: int) -> Chosen:
        """The best set of bonds with this one among them."""
        matching = self._matching.copy()
        if left not in self._alone:
            matching.force(self._number[left], right)
        return self._unwind(matching, left)

    def _unwind(self, matching: Matching, forced: int | None = None) -> Chosen:
        """Without circles: the weakest bond of each is forbidden."""
        alone = dict(self._alone)
        for _ in range(_MAX_CIRCLES):
            chosen = alone | self._read(matching)
            ring = circle(chosen, changed(self._sound, chosen))
            if not ring:
                return chosen
            weakest = min(
                [k for k in ring if k != forced], key=lambda left: chosen[left].gain
            )
            if weakest in alone:
                del alone[weakest]
            else:
                matching.forbid(self._number[weakest], chosen[weakest].right)
        chosen = alone | self._read(matching)
        while ring := circle(chosen, changed(self._sound, chosen)):
            del chosen[min(ring, key=lambda left: chosen[left].gain)]
        return chosen

    def _read(self, matching: Matching) -> Chosen:
        lefts = self._lefts
        return {
            lefts[number]: self.bonds[lefts[number]][right]
            for number, right in matching.pairs().items()
        }


def _unrivalled(page: Page, bonds: Bonds) -> Chosen:
    """Pairs worth having that have no other partner on either side."""
    wanted = Counter(b.right for own in bonds.values() for b in own)
    return {
        left: own[0]
        for left, own in bonds.items()
        if len(own) == 1
        and wanted[own[0].right] == 1
        and own[0].gain > page.ends[left] + page.starts[own[0].right]
    }


def changed(sound: Chosen, chosen: Chosen) -> list[int]:
    """Left ends whose bond another solution, without circles, has not."""
    return [left for left, bond in chosen.items() if sound.get(left) is not bond]


def circle(chosen: Chosen, starts: Iterable[int] | None = None) -> list[int]:
    """Left ends that lead to each other in a ring; empty where there is none.

    ``starts``: ends of which a ring must have one, where that is known.
    """
    state: dict[int, int] = {}
    for start in chosen if starts is None else starts:
        way: list[int] = []
        at = start
        while at in chosen and at not in state:
            state[at] = start
            way.append(at)
            at = chosen[at].right
        if way and state.get(at) == start:
            return way[way.index(at) :]
    return []


def all_chains(page: Page, chosen: Chosen) -> list[list[int]]:
    """All strands: from each head (as ~head) and from each node nothing leads to."""
    led = {b.right for b in chosen.values()}
    roots = [~h for h in range(len(page.dump.heads))]
    roots += [k for k in range(len(page.nodes)) if k not in led]
    return [_follow(chosen, root) for root in roots]


def _follow(chosen: Chosen, start: int) -> list[int]:
    chain = [start]
    while chain[-1] in chosen:
        chain.append(chosen[chain[-1]].right)
    return chain

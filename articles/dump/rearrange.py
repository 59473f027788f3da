"""Rearranging the strands of a page until nothing makes the whole better.

In: what every bond, end, beginning and strand is worth.  Out: for each left end
its right.  The search begins with the best matching and then exchanges tails
and moves stretches wherever a bond is not beyond doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from .bond import Bonds
from .chains import Solver, all_chains
from .page import Page

Chain = list[int]  # a head as ~head and nodes, in reading order
Slice = tuple[int, int, int]  # of a chain: its number, first and past the last
Move = tuple[tuple[int, ...], list[list[Slice]]]  # chains that change, what they become

_SURE = 7.0  # a bond so much better than its rivals is not cut
_HOPELESS = -10.0  # bonds so much worse are not made good by the subject
_LOOKS = 60_000  # arrangements looked at at most
_BEST = 5  # tails tried where three strands pass theirs on
_NEVER = -30.0  # a bond that is none


@dataclass
class Costs:
    """What an arrangement is worth, all in log-odds."""

    gains: Mapping[int, Mapping[int, float]]
    ends: Mapping[int, float]
    starts: Sequence[float]
    likeness: Sequence[Sequence[float]]
    crowd: float
    faults: Callable[[Sequence[int]], float]

    def __post_init__(self) -> None:
        self._known: dict[tuple[int, ...], float] = {}

    def gain(self, left: int, right: int) -> float:
        return self.gains[left].get(right, _NEVER)

    def edges(self, first: int, last: int) -> float:
        """Of the beginning and the end of a strand."""
        return self.ends[last] + (self.starts[first] if first >= 0 else 0.0)

    def worth(self, chain: Sequence[int]) -> float:
        """Of one whole strand."""
        known = self._known.get(tuple(chain))
        if known is None:
            links = sum(map(self.gain, chain, chain[1:]))
            known = links + self.edges(chain[0], chain[-1])
            known += self.cohesion(chain) - self.faults(chain)
            self._known[tuple(chain)] = known
        return known

    def cohesion(self, chain: Sequence[int]) -> float:
        """Each piece against all others of the strand; many are no more than a few."""
        nodes = [k for k in chain if k >= 0]
        if len(nodes) < 2:
            return 0.0
        pairs = sum(sum(map(self.likeness[i].__getitem__, nodes)) for i in nodes)
        pairs -= sum(self.likeness[i][i] for i in nodes)
        return float(pairs / (len(nodes) - 1) ** self.crowd)


def rearrange(page: Page, bonds: Bonds, costs: Costs) -> dict[int, int]:
    """Left → right of the best arrangement found."""
    table = Table(all_chains(page, Solver(page, bonds).best), costs)
    looks = _LOOKS
    while looks > 0:
        for move in table.moves():
            looks -= 1
            if looks <= 0 or table.better(move):
                break
        else:
            break
        if looks > 0:
            table = table.after(move)
    return {
        left: right
        for chain in table.chains
        for left, right in zip(chain, chain[1:], strict=False)
    }


class Table:
    """One arrangement, prepared so that a move is judged by what it changes."""

    def __init__(self, chains: list[Chain], costs: Costs) -> None:
        self.chains, self.costs = chains, costs
        self.sums = [
            list(accumulate(map(costs.gain, c, c[1:]), initial=0.0)) for c in chains
        ]
        self.cuts = [_cuts(chain, costs) for chain in chains]
        self.whole = [
            total[-1] + costs.edges(chain[0], chain[-1])
            for total, chain in zip(self.sums, chains, strict=True)
        ]

    def after(self, move: Move) -> Table:
        touched, new = move
        kept = [c for n, c in enumerate(self.chains) if n not in touched]
        return Table([self._chain(s) for s in new] + kept, self.costs)

    def better(self, move: Move) -> bool:
        """Is the whole worth more after the move?"""
        loss = self.loss(move)
        return loss is not None and loss < -1e-6

    def loss(self, move: Move) -> float | None:
        """What the move costs the whole; None where its bonds alone forbid it."""
        touched, new = move
        links = sum(map(self._links, new)) - sum(self.whole[n] for n in touched)
        if links < _HOPELESS:
            return None
        value = sum(self.costs.worth(self._chain(s)) for s in new)
        return sum(self.costs.worth(self.chains[n]) for n in touched) - value

    def broken(self, move: Move) -> set[tuple[int, int]]:
        """The bonds that the move cuts and does not make again."""
        cut, made = set(), set()
        for strand in move[1]:
            for n, *ends in strand:
                chain = self.chains[n]
                cut |= {
                    (chain[at - 1], chain[at]) for at in ends if 0 < at < len(chain)
                }
            for (a, _, end), (b, start, _) in pairwise(strand):
                made.add((self.chains[a][end - 1], self.chains[b][start]))
        return cut - made

    def _chain(self, slices: Sequence[Slice]) -> Chain:
        return [k for n, i, j in slices for k in self.chains[n][i:j]]

    def _links(self, slices: Sequence[Slice]) -> float:
        """Of the bonds, the beginning and the end of a strand made of slices."""
        total, before = 0.0, None
        for n, i, j in slices:
            chain = self.chains[n]
            total += self.sums[n][j - 1] - self.sums[n][i]
            if before is not None:
                total += self.costs.gain(before, chain[i])
            before = chain[j - 1]
        first = self.chains[slices[0][0]][slices[0][1]]
        return total + self.costs.edges(first, before if before is not None else first)

    def moves(self) -> Iterator[Move]:
        for a, chain in enumerate(self.chains):
            for b in range(a + 1, len(self.chains)):
                yield from self._exchanges(a, b)
            for i, j in _stretches(self.cuts[a]):
                if chain[i] >= 0:
                    yield from self._moved(a, i, j)
                    yield from self._as_printed(a, i, j)
        places = [(n, i) for n, cuts in enumerate(self.cuts) for i in cuts]
        for place in places:
            yield from self._rotations(place, places)

    def _as_printed(self, a: int, i: int, j: int) -> Iterator[Move]:
        """A stretch takes the order in which it was printed."""
        chain = self.chains[a]
        order = sorted(range(i, j), key=chain.__getitem__)
        if order != list(range(i, j)):
            single = [(a, at, at + 1) for at in order]
            yield (a,), [_solid([(a, 0, i), *single, (a, j, len(chain))])]

    def _rotations(
        self, place: tuple[int, int], places: Sequence[tuple[int, int]]
    ) -> Iterator[Move]:
        """Three strands pass their tails on, each to one of those it suits best."""
        a, i = place
        for b, j in self._best(place, places, {a}):
            for c, k in self._best((b, j), places, {a, b}):
                new = [
                    _solid([(a, 0, i), (b, j, len(self.chains[b]))]),
                    _solid([(b, 0, j), (c, k, len(self.chains[c]))]),
                    _solid([(c, 0, k), (a, i, len(self.chains[a]))]),
                ]
                yield (a, b, c), [s for s in new if s]

    def _best(
        self,
        place: tuple[int, int],
        places: Sequence[tuple[int, int]],
        without: set[int],
    ) -> list[tuple[int, int]]:
        """The tails of other strands that suit best below this place."""
        n, i = place
        if i == 0:
            return []
        left = self.chains[n][i - 1]

        def suits(other: tuple[int, int]) -> float:
            chain = self.chains[other[0]]
            if other[1] == len(chain):
                return self.costs.ends[left]
            return self.costs.gain(left, chain[other[1]])

        others = [p for p in places if p[0] not in without]
        return sorted(others, key=suits, reverse=True)[:_BEST]

    def _exchanges(self, a: int, b: int) -> Iterator[Move]:
        """Two strands exchange their tails."""
        left, right = len(self.chains[a]), len(self.chains[b])
        for i in self.cuts[a]:
            for j in self.cuts[b]:
                if i + j and i + right - j and (i < left or j < right):
                    new = [
                        _solid([(a, 0, i), (b, j, right)]),
                        _solid([(b, 0, j), (a, i, left)]),
                    ]
                    yield (a, b), [s for s in new if s]

    def _moved(self, a: int, i: int, j: int) -> Iterator[Move]:
        """A stretch moves to a cut of another strand, or of its own."""
        whole = len(self.chains[a])
        rest = _solid([(a, 0, i), (a, j, whole)])
        for at in self.cuts[a]:
            if at < i:
                order = [(a, 0, at), (a, i, j), (a, at, i), (a, j, whole)]
                yield (a,), [_solid(order)]
        for b, other in enumerate(self.chains):
            for at in self.cuts[b] if b != a else ():
                new = _solid([(b, 0, at), (a, i, j), (b, at, len(other))])
                yield (a, b), [s for s in (rest, new) if s]


def _solid(slices: Sequence[Slice]) -> list[Slice]:
    return [s for s in slices if s[1] < s[2]]


def _stretches(cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    for n, i in enumerate(cuts):
        for j in cuts[n + 1 :]:
            yield i, j


def _cuts(chain: Sequence[int], costs: Costs) -> list[int]:
    """Places at which the strand may be cut: before the first of each pair."""
    cuts = [] if chain[0] < 0 else [0]
    for at in range(1, len(chain)):
        own = costs.gains[chain[at - 1]]
        gain = own.get(chain[at], _NEVER)
        rival = max((g for j, g in own.items() if j != chain[at]), default=_NEVER)
        if gain - max(rival, costs.ends[chain[at - 1]]) < _SURE:
            cuts.append(at)
    return [*cuts, len(chain)]

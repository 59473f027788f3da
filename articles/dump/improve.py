"""Better solutions than the matching's: strands with faults are solved again.

In: the bonds and the best matching.  Out: a solution whose gains less the
faults of its strands are larger.  The search is bounded; it never gets worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .bond import Bond, Bonds, Chosen
from .chains import Solver, changed, circle
from .faults import strand_faults
from .page import Page

_MAX_TRIES = 150  # re-solutions spent on strands with faults
_MAX_LOOKS = 100_000  # exchanges looked at times nodes
_MAX_WORK = 6000  # re-solutions times open questions
_FAULTY = 1.5  # strands with smaller faults are left alone
_WORTH_A_TRY = 9.0  # a bond this much worse than the chosen one may still be right


def improve(page: Page, bonds: Bonds, chosen: Chosen) -> Chosen:
    """Try the next-best bonds of faulty strands; keep what makes the whole better."""
    fixed = _beyond_doubt(bonds, chosen)
    judge = _Judge(page, fixed)
    best = {left: bond for left, bond in chosen.items() if left not in fixed}
    if not any(judge.faults(chain) > _FAULTY for chain in judge.chains(best)):
        return chosen
    taken = {b.right for b in fixed.values()}
    free = {
        left: [b for b in _thinkable(own) if b.right not in taken]
        for left, own in bonds.items()
        if left not in fixed
    }
    solver = Solver(page, free)
    value = judge.worth(best)
    moves = _moves(judge, free, best)
    tried: set[tuple[int, int]] = set()
    for _ in range(min(_MAX_TRIES, _MAX_WORK // (1 + len(free)))):
        move = next((m for m in moves if m not in tried), None)
        if move is None:
            break
        tried.add(move)
        other = solver.forced(*move)
        if circle(fixed | other, changed(best, other)):
            continue
        other_value = judge.worth(other)
        if other_value > value + 1e-6:
            best, value = other, other_value
            moves = _moves(judge, free, best)
    return fixed | _exchange(judge, free, best, value)


def _exchange(judge: _Judge, free: Bonds, chosen: Chosen, value: float) -> Chosen:
    """Two lefts change their rights wherever that makes the whole better."""
    best = dict(chosen)
    looks = _MAX_LOOKS // (1 + len(judge.page.nodes))
    again = True
    while again:
        again = False
        owner = {b.right: left for left, b in best.items()}
        for left, other in _exchanges(free, best, owner):
            looks -= 1
            if looks < 0:
                return best
            after = {**best, left: other[0], other[1]: other[2]}
            whole = judge.fixed | after
            if circle(whole, (left, other[1])) or judge.worth(after) <= value + 1e-6:
                continue
            best, value, again = after, judge.worth(after), True
            break
    return best


def _exchanges(
    free: Bonds, chosen: Chosen, owner: Mapping[int, int]
) -> Iterator[tuple[int, tuple[Bond, int, Bond]]]:
    """(left, its new bond, other left, the other's new bond) worth a look."""
    for left, own in free.items():
        mine = chosen.get(left)
        if mine is None:
            continue
        for b in own:
            second = owner.get(b.right)
            if second is None or second == left or second not in free:
                continue
            for back in free[second]:
                if (
                    back.right == mine.right
                    and b.gain + back.gain > mine.gain + chosen[second].gain - 2.0
                ):
                    yield left, (b, second, back)


def _thinkable(bonds: Sequence[Bond]) -> list[Bond]:
    """Without those far worse than the best: no search would choose them."""
    least = max((b.gain for b in bonds), default=0.0) - _WORTH_A_TRY - 3.0
    return [b for b in bonds if b.gain > least]


def _beyond_doubt(bonds: Bonds, chosen: Chosen) -> Chosen:
    """Bonds so much better than every rival on either side that nothing moves them."""
    rivals: dict[int, list[float]] = {}
    for own in bonds.values():
        for b in own:
            rivals.setdefault(b.right, []).append(b.gain)
    fixed = {}
    for left, bond in chosen.items():
        others = [b.gain for b in bonds[left] if b.right != bond.right]
        same_right = sorted(rivals[bond.right])[:-1]
        best_rival = max([*others, *same_right], default=-99.0)
        if bond.gain - best_rival > _WORTH_A_TRY:
            fixed[left] = bond
    return fixed


class _Judge:
    """Values whole solutions, told by what is chosen besides the bonds beyond doubt.

    These make runs of nodes that never part, so that only the ends of runs are
    looked at; the faults of strands already seen are remembered.
    """

    def __init__(self, page: Page, fixed: Chosen) -> None:
        self.page, self.fixed = page, fixed
        led = {b.right for b in fixed.values()}
        count = len(page.nodes)
        self._heads = [~h for h in range(len(page.dump.heads))]
        self._starts = {k: page.starts[k] for k in range(count) if k not in led}
        self.ends = {k: gain for k, gain in page.ends.items() if k not in fixed}
        self._runs = {k: self._run(k) for k in (*self._heads, *self._starts)}
        self._base = sum(b.gain for b in fixed.values())
        self._known: dict[tuple[int, ...], float] = {}

    def _run(self, start: int) -> tuple[int, ...]:
        run = [start]
        while run[-1] in self.fixed:
            run.append(self.fixed[run[-1]].right)
        return tuple(run)

    def chains(self, chosen: Chosen) -> list[tuple[int, ...]]:
        """All strands of the solution."""
        led = {b.right for b in chosen.values()}
        roots = [*self._heads, *(k for k in self._starts if k not in led)]
        return [self._follow(chosen, root) for root in roots]

    def _follow(self, chosen: Chosen, root: int) -> tuple[int, ...]:
        strand = self._runs[root]
        while strand[-1] in chosen:
            strand += self._runs[chosen[strand[-1]].right]
        return strand

    def faults(self, chain: tuple[int, ...]) -> float:
        known = self._known.get(chain)
        if known is None:
            known = self._known[chain] = strand_faults(self.page, chain)
        return known

    def worth(self, chosen: Chosen) -> float:
        """Gains of all bonds and ends, less the faults of the strands."""
        led = {b.right for b in chosen.values()}
        total = self._base + sum([b.gain for b in chosen.values()])
        total += sum([gain for k, gain in self.ends.items() if k not in chosen])
        total += sum([gain for k, gain in self._starts.items() if k not in led])
        return total - sum([self.faults(chain) for chain in self.chains(chosen)])


def _moves(judge: _Judge, free: Bonds, chosen: Chosen) -> Iterator[tuple[int, int]]:
    """The bonds that would change a strand with a fault, the cheapest first.

    A bond that costs more than there are faults to mend is not worth a try.
    """
    faults = {
        k: fault
        for chain in judge.chains(chosen)
        if (fault := judge.faults(chain)) > _FAULTY
        for k in chain
    }
    found: list[tuple[float, tuple[int, int]]] = []
    for left, own in free.items():
        here = chosen.get(left)
        now = here.gain if here else judge.ends[left]
        for b in own:
            at_stake = faults.get(left, 0.0) + faults.get(b.right, 0.0)
            if not at_stake or (here and here.right == b.right):
                continue
            if now - b.gain < min(_WORTH_A_TRY, at_stake):
                found.append((now - b.gain, (left, b.right)))
    return (move for _, move in sorted(found))

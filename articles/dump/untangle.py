"""Runs of text find their order: all joints of a dump are solved together.

In: ``Dump.labels`` and ``heads``.  Out: ``Dump.strands``.  ``bonds`` says
what each possible continuation is worth; here the best set of them is found
as a matching, so that no piece continues two others.  What a matching cannot
see (a numbering that breaks, an author who signs another's text) is counted
over whole strands, and better matchings are searched for where it is broken.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .assign import best_matching
from .bonds import NEXT, Bond, all_bonds, end_gain, start_gain
from .flow import Dump, Label, Link, Role, Strand
from .fold import fold
from .numbering import broken_numbers
from .page import Page, build_page

_MAX_TRIES = 150  # re-solutions spent on strands with faults
_MAX_LOOKS = 100_000  # exchanges looked at times nodes
_MAX_CIRCLES = 12  # circles broken one by one; more are cut at their weakest bond
_MAX_WORK = 6000  # re-solutions times open questions
_FAULTY = 1.5  # strands with smaller faults are left alone
_WORTH_A_TRY = 9.0  # a bond this much worse than the chosen one may still be right
LISTED = 0.4  # where the contents list vouches for the headline, it matters less
UNSPOKEN = 3.0  # a headline of which its text does not speak
ADOPTED = 0.3  # confidence in a text that nothing leads to
SCALE = 2.0  # log-odds of the margins to log-odds of being right, fitted
EASY = 2.0  # what is printed next is right more often than its margin says
_NOWHERE = 10**9  # the root of text that stands before every headline

Bonds = Mapping[int, Sequence[Bond]]
Chosen = dict[int, Bond]


def untangle(dump: Dump) -> Dump:
    """Build the page, score the bonds, solve, read off the strands."""
    page = build_page(dump)
    page.ends = {
        left: end_gain(page, left)
        for left in (*range(len(page.nodes)), *(~h for h in range(len(dump.heads))))
    }
    page.starts = [start_gain(page, k) for k in range(len(page.nodes))]
    bonds = all_bonds(page)
    chosen = solve(page, bonds)
    habit = _habit(page, chosen)
    if habit < NEXT:
        _apply_habit(bonds, habit)
        chosen = solve(page, bonds)
    chosen = improve(page, bonds, chosen)
    strands = tuple(_strands(page, bonds, chosen))
    return replace(dump, strands=strands, labels=_relabelled(page, chosen))


def _habit(page: Page, chosen: Chosen) -> float:
    """How surely open ends go on in the next unit on this page, in log-odds."""
    joins = [(left, b.right) for left, b in chosen.items() if b.joined and left >= 0]
    next_ones = sum(right == left + 1 for left, right in joins)
    share = (next_ones + 8) / (len(joins) + 8.5)
    return min(NEXT, math.log(share / (1 - share)))


def _apply_habit(bonds: Bonds, habit: float) -> None:
    """On a tangled page the next printed unit is a less sure continuation."""
    for left, own in bonds.items():
        for bond in own:
            if bond.joined and bond.right == left + 1:
                bond.gain += habit - NEXT


def _relabelled(page: Page, chosen: Chosen) -> tuple[Label | None, ...]:
    """Short lines that looked like headings but go on elsewhere are text."""
    labels = list(page.dump.labels)
    for left, bond in chosen.items():
        if left >= 0 and bond.joined and page.nodes[left].doubtful:
            labels[page.nodes[left].unit] = Label(
                Role.PARAGRAPH, "its sentence goes on", 0.8
            )
    return tuple(labels)


# ---- the solution ------------------------------------------------------------------------


def solve(page: Page, bonds: Bonds, forced: tuple[int, int] | None = None) -> Chosen:
    """The best set of bonds without a circle; ``forced`` must be one of them."""
    lefts = list(bonds)
    by_right = [{b.right: b for b in bonds[left]} for left in lefts]
    gains = {
        number: [
            (b.right, b.gain - page.ends[left] - page.starts[b.right])
            for b in bonds[left]
        ]
        for number, left in enumerate(lefts)
    }
    if forced:
        number = lefts.index(forced[0])
        gains[number] = [
            (right, gain + 1000.0 * (right == forced[1]))
            for right, gain in gains[number]
        ]
    best: Chosen = {}
    for _ in range(_MAX_CIRCLES):
        matched = best_matching(gains)
        best = {
            lefts[number]: by_right[number][right] for number, right in matched.items()
        }
        circle = _circle(best)
        if not circle:
            break
        weakest = min(circle, key=lambda left: best[left].gain)
        number = lefts.index(weakest)
        gains[number] = [(r, g) for r, g in gains[number] if r != best[weakest].right]
    while circle := _circle(best):
        del best[min(circle, key=lambda left: best[left].gain)]
    return best


def _circle(chosen: Chosen) -> list[int]:
    state: dict[int, int] = {}
    for start in chosen:
        way: list[int] = []
        at = start
        while at in chosen and at not in state:
            state[at] = start
            way.append(at)
            at = chosen[at].right
        if way and state.get(at) == start:
            return way[way.index(at) :]
    return []


def improve(page: Page, bonds: Bonds, chosen: Chosen) -> Chosen:
    """Try the next-best bonds of faulty strands; keep what makes the whole better."""
    if not any(strand_faults(page, chain) > _FAULTY for chain in _chains(page, chosen)):
        return chosen
    fixed = _beyond_doubt(bonds, chosen)
    taken = {b.right for b in fixed.values()}
    free = {
        left: [b for b in _thinkable(own) if b.right not in taken]
        for left, own in bonds.items()
        if left not in fixed
    }
    judge = _Judge(page, bonds)
    best, value = chosen, judge.worth(chosen)
    tried: set[tuple[int, int]] = set()
    for _ in range(min(_MAX_TRIES, _MAX_WORK // (1 + len(free)))):
        move = _next_move(page, judge, free, best, tried)
        if move is None:
            break
        tried.add(move)
        other = fixed | solve(page, free, move)
        if _circle(other):
            continue
        other_value = judge.worth(other)
        if other_value > value + 1e-6:
            best, value = other, other_value
    return _exchange(judge, free, best, value)


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
            if _circle(after) or judge.worth(after) <= value + 1e-6:
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
    """Values whole solutions; remembers the faults of strands already seen."""

    def __init__(self, page: Page, bonds: Bonds) -> None:
        self.page = page
        self.ends = {left: page.ends[left] for left in bonds}
        self._known: dict[tuple[int, ...], float] = {}

    def faults(self, chain: Sequence[int]) -> float:
        key = tuple(chain)
        if key not in self._known:
            self._known[key] = strand_faults(self.page, chain)
        return self._known[key]

    def worth(self, chosen: Chosen) -> float:
        """Gains of all bonds and ends, less the faults of the strands."""
        total = sum(b.gain for b in chosen.values())
        total += sum(gain for left, gain in self.ends.items() if left not in chosen)
        led = {b.right for b in chosen.values()}
        total += sum(
            gain for right, gain in enumerate(self.page.starts) if right not in led
        )
        return total - sum(self.faults(chain) for chain in _chains(self.page, chosen))


def _next_move(
    page: Page, judge: _Judge, free: Bonds, chosen: Chosen, tried: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """The cheapest untried bond that would change a strand with a fault."""
    faulty = {
        k
        for chain in _chains(page, chosen)
        if judge.faults(chain) > _FAULTY
        for k in chain
    }
    best: tuple[float, tuple[int, int]] | None = None
    for left, own in free.items():
        now = chosen[left].gain if left in chosen else judge.ends[left]
        for b in own:
            if left not in faulty and b.right not in faulty:
                continue
            if (left, b.right) in tried or (
                left in chosen and chosen[left].right == b.right
            ):
                continue
            loss = now - b.gain
            if loss < _WORTH_A_TRY and (best is None or loss < best[0]):
                best = (loss, (left, b.right))
    return best[1] if best else None


def strand_faults(page: Page, chain: Sequence[int]) -> float:
    """What is wrong with a strand as a whole, in log-odds."""
    nodes = [page.nodes[k] for k in chain if k >= 0]
    faults = broken_numbers([n.number for n in nodes if n.number])
    faults += 3.0 * max(0, sum(n.role is Role.AFFILIATION for n in nodes) - 1)
    if chain and chain[0] < 0:
        faults += _head_faults(page, ~chain[0], chain)
    return faults


def _head_faults(page: Page, h: int, chain: Sequence[int]) -> float:
    head = page.dump.heads[h]
    nodes = [page.nodes[k] for k in chain if k >= 0]
    faults = 0.0
    if head.boxed:
        faults += min(4.0, max(0.0, sum(n.size for n in nodes) - 600) / 300)
        faults += 3.0 * any(n.number and n.number[0] == "chapter" for n in nodes)
        faults += 3.0 * any(n.role is Role.AFFILIATION for n in nodes)
    elif nodes and nodes[0].role is Role.PARAGRAPH and nodes[0].size < 25:
        faults += 1.0
    if not head.boxed:
        weight = LISTED if head.entry is not None else 1.0
        faults += weight * _unspoken(page, h, chain[1:])
    if head.affiliation and any(n.role is Role.AFFILIATION for n in nodes):
        faults += 2.0
    signed = {name for n in nodes for name in n.names}
    if signed and not head.boxed:
        known = _known_authors(page, h)
        faults += -2.0 if known & signed else (4.0 if known else 0.0)
    return faults


def _unspoken(page: Page, h: int, chain: Sequence[int]) -> float:
    """A headline of whose words its text repeats none."""
    found = page.phrases(h, "".join(page.keys[k] for k in chain))
    return UNSPOKEN - min(UNSPOKEN, 0.4 * found)


def _known_authors(page: Page, h: int) -> set[str]:
    head = page.dump.heads[h]
    names = {fold(a.name) for a in head.authors}
    if head.entry is not None:
        names |= {fold(n) for n in page.dump.contents[head.entry].authors}
    return names


# ---- reading the strands off ----------------------------------------------------------------


def _chains(page: Page, chosen: Chosen) -> list[list[int]]:
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


def _strands(page: Page, bonds: Bonds, chosen: Chosen) -> list[Strand]:
    chains: dict[int, list[int]] = {}
    loose: dict[int, list[int]] = {}
    for chain in _chains(page, chosen):
        if chain[0] < 0:
            chains[chain[0]] = chain[1:]
        else:
            loose[chain[0]] = chain
    owner = {k: root for root, chain in chains.items() for k in chain}
    orphans: dict[int, list[list[int]]] = {}
    last = _NOWHERE
    for k in range(len(page.nodes)):
        if k in loose:
            root = ~page.nodes[k].heads[-1] if page.nodes[k].heads else last
            orphans.setdefault(root, []).append(loose[k])
            owner.update(dict.fromkeys(loose[k], root))
        last = owner.get(k, last)
    for root, texts in orphans.items():
        chains[root] = _adopt(page, chains.get(root, []), texts)
    margins = _Margins(page, bonds, chosen)
    strands = [_strand(page, margins, root, chain) for root, chain in chains.items()]
    return [s for s in strands if s.head is not None or s.units]


def _strand(page: Page, margins: _Margins, root: int, chain: Sequence[int]) -> Strand:
    head = ~root if root < 0 else None
    units: list[int] = list(page.of_head.get(head, [])) if head is not None else []
    links: list[Link | None] = [None] * len(units)
    for n, k in enumerate(chain):
        asides = page.after[k]
        units += [page.nodes[k].unit, *asides]
        links += [margins.link(chain[n - 1], k) if n else None, *([None] * len(asides))]
    opening = margins.opening(root) if root < 0 else None
    return Strand(
        head, tuple(units), tuple(links), opening, _soundness(page, root, chain)
    )


def _soundness(page: Page, root: int, chain: Sequence[int]) -> float:
    """Confidence that falls with the faults of the whole strand.

    That a text does not speak of its headline is only then a reason for doubt
    when it was not printed below it.
    """
    if root == _NOWHERE:
        return ADOPTED
    faults = max(0.0, strand_faults(page, [root, *chain]))
    if root < 0 and chain and page.head_at[~root] == chain[0]:
        faults -= _unspoken(page, ~root, chain)
    return round(1 / (1 + math.exp(faults - 4.0)), 3)


def _adopt(page: Page, chain: Sequence[int], orphans: Sequence[list[int]]) -> list[int]:
    """Into the place that the print suggests, but before a closing signature."""
    end = len(chain)
    while end > 0 and page.nodes[chain[end - 1]].signed:
        end -= 1
    places = sorted((k, n) for n, k in enumerate(chain))
    inserted: dict[int, list[int]] = {}
    for orphan in orphans:
        before = bisect_left(places, (orphan[0], 0)) - 1
        at = min(places[before][1] + 1, end) if before >= 0 else end
        inserted.setdefault(at, []).extend(orphan)
    whole: list[int] = []
    for n in range(len(chain) + 1):
        whole += inserted.get(n, [])
        whole += chain[n : n + 1]
    return whole


class _Margins:
    """How much better each chosen bond is than its best rival."""

    def __init__(self, page: Page, bonds: Bonds, chosen: Chosen) -> None:
        self.page, self.bonds, self.chosen = page, bonds, chosen
        self.owner = {b.right: left for left, b in chosen.items()}
        self.into: dict[int, list[tuple[int, Bond]]] = {}
        for left, own in bonds.items():
            for bond in own:
                self.into.setdefault(bond.right, []).append((left, bond))

    def link(self, left: int, right: int) -> Link:
        """The link between two neighbours of a strand."""
        bond = self.chosen.get(left)
        if bond is None or bond.right != right:
            reasons = ("order: placed where it was printed",)
            pair = (self.page.nodes[left].unit, self.page.nodes[right].unit)
            return Link(*pair, False, ADOPTED, reasons, adjacent=False)
        return self._link(left, bond)

    def opening(self, root: int) -> Link | None:
        """How surely the headline leads to its first unit."""
        bond = self.chosen.get(root)
        return self._link(root, bond) if bond else None

    def _link(self, left: int, bond: Bond) -> Link:
        nodes = self.page.nodes
        rival, margin = self._margin(left, bond)
        first = left < 0 and self.page.head_at[~left] == bond.right
        printed_next = bond.right == left + 1 or first
        sure = 1 / (1 + math.exp(-(margin + EASY * printed_next) / SCALE))
        return Link(
            nodes[left].unit if left >= 0 else -1,
            nodes[bond.right].unit,
            bond.joined and bond.gain > self.page.ends[left],
            round(sure, 3),
            bond.reasons,
            nodes[rival.right].unit if rival else None,
            round(1 - sure, 3) if rival else 0.0,
            printed_next,
        )

    def _margin(self, left: int, bond: Bond) -> tuple[Bond | None, float]:
        """The best rival on either side; whose partner would lose more is none."""
        starts = self.page.starts
        best: Bond | None = None
        value = self.page.ends[left] + starts[bond.right]
        for other in self.bonds[left]:
            if other.right != bond.right:
                net = (
                    other.gain
                    - max(self._held(other.right), starts[other.right])
                    + starts[bond.right]
                )
                if net > value:
                    best, value = other, net
        for k, other in self.into[bond.right]:
            if k != left:
                loss = self.chosen[k].gain if k in self.chosen else self.page.ends[k]
                value = max(value, other.gain - loss + self.page.ends[left])
        return best, bond.gain - value

    def _held(self, right: int) -> float:
        """What the present partner of ``right`` would lose."""
        holder = self.owner.get(right)
        if holder is None:
            return self.page.starts[right]
        return self.chosen[holder].gain - self.page.ends[holder]

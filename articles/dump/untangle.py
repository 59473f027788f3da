"""Runs of text find their order: all joints of a dump are solved together.

In: ``Dump.labels`` and ``heads``.  Out: ``Dump.strands``.  ``bonds`` says
what each possible continuation is worth; here the best set of them is found
as a matching, so that no piece continues two others.  What a matching cannot
see (a numbering that breaks, an author who signs another's text) is counted
over whole strands, and better matchings are searched for where it is broken.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .assign import best_matching
from .bonds import NEXT, Bond, all_bonds, end_gain, start_gain
from .flow import Dump, Label, Link, Role, Strand
from .fold import fold
from .numbering import broken_numbers
from .page import Page, build_page

_MAX_TRIES = 150  # re-solutions spent on strands with faults
_MAX_WORK = 6000  # re-solutions times open questions
_FAULTY = 1.5  # strands with smaller faults are left alone
_WORTH_A_TRY = 9.0  # a bond this much worse than the chosen one may still be right
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
    page.ends = {left: end_gain(page, left) for left in (*range(len(page.nodes)), *(~h for h in range(len(dump.heads))))}
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
            labels[page.nodes[left].unit] = Label(Role.PARAGRAPH, "its sentence goes on", 0.8)
    return tuple(labels)


# ---- the solution ------------------------------------------------------------------------


def solve(page: Page, bonds: Bonds, forced: tuple[int, int] | None = None) -> Chosen:
    """The best set of bonds without a circle; ``forced`` must be one of them."""
    lefts = list(bonds)
    by_right = [{b.right: b for b in bonds[left]} for left in lefts]
    gains = {
        number: [(b.right, b.gain - page.ends[left] - page.starts[b.right]) for b in bonds[left]]
        for number, left in enumerate(lefts)
    }
    if forced:
        number = lefts.index(forced[0])
        gains[number] = [(right, gain + 1000.0 * (right == forced[1])) for right, gain in gains[number]]
    best: Chosen = {}
    for _ in range(50):
        matched = best_matching(gains)
        best = {lefts[number]: by_right[number][right] for number, right in matched.items()}
        circle = _circle(best)
        if not circle:
            break
        weakest = min(circle, key=lambda left: best[left].gain)
        number = lefts.index(weakest)
        gains[number] = [(r, g) for r, g in gains[number] if r != best[weakest].right]
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
        if way and at in chosen and state.get(at) == start and at in way:
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
    again = True
    while again:
        again = False
        owner = {b.right: left for left, b in best.items()}
        for left, other in _exchanges(free, best, owner):
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
                if back.right == mine.right and b.gain + back.gain > mine.gain + chosen[second].gain - 2.0:
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
        total += sum(gain for right, gain in enumerate(self.page.starts) if right not in led)
        return total - sum(self.faults(chain) for chain in _chains(self.page, chosen))


def _next_move(
    page: Page, judge: _Judge, free: Bonds, chosen: Chosen, tried: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """The cheapest untried bond that would change a strand with a fault."""
    faulty = {k for chain in _chains(page, chosen) if judge.faults(chain) > _FAULTY for k in chain}
    best: tuple[float, tuple[int, int]] | None = None
    for left, own in free.items():
        now = chosen[left].gain if left in chosen else judge.ends[left]
        for b in own:
            if left not in faulty and b.right not in faulty:
                continue
            if (left, b.right) in tried or (left in chosen and chosen[left].right == b.right):
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
        faults += UNSPOKEN - min(UNSPOKEN, 0.4 * page.phrases(h, "".join(page.keys[k] for k in chain[1:])))
    if head.affiliation and any(n.role is Role.AFFILIATION for n in nodes):
        faults += 2.0
    signed = {name for n in nodes for name in n.names}
    if signed and not head.boxed:
        known = _known_authors(page, h)
        faults += -2.0 if known & signed else (4.0 if known else 0.0)
    return faults


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
    loose: list[list[int]] = []
    for chain in _chains(page, chosen):
        if chain[0] < 0:
            chains[chain[0]] = chain[1:]
        else:
            loose.append(chain)
    owner = {k: root for root, chain in chains.items() for k in chain}
    for chain in sorted(loose):
        root = _adopter(page, chain[0], owner)
        _adopt(page, chains.setdefault(root, []), chain)
        owner.update({n: root for n in chain})
    strands = []
    for root, chain in chains.items():
        head = ~root if root < 0 else None
        units: list[int] = list(page.of_head.get(head, [])) if head is not None else []
        links: list[Link | None] = [None] * len(units)
        for n, k in enumerate(chain):
            asides = page.after[k]
            units += [page.nodes[k].unit, *asides]
            links += [_link(page, bonds, chosen, chain, n), *([None] * len(asides))]
        strands.append(Strand(head, tuple(units), tuple(links), _opening(page, bonds, chosen, root), _soundness(page, root, chain)))
    return [s for s in strands if s.head is not None or s.units]


def _soundness(page: Page, root: int, chain: Sequence[int]) -> float:
    """Confidence that falls with the faults of the whole strand."""
    if root == _NOWHERE:
        return ADOPTED
    faults = max(0.0, strand_faults(page, [root, *chain]))
    return round(1 / (1 + math.exp(faults - 3.0)), 3)


def _adopter(page: Page, k: int, owner: dict[int, int]) -> int:
    """The article of the text printed before; none for the very first text."""
    if page.nodes[k].heads:
        return ~page.nodes[k].heads[-1]
    for at in range(k - 1, -1, -1):
        if at in owner:
            return owner[at]
    return _NOWHERE


def _adopt(page: Page, chain: list[int], orphan: list[int]) -> None:
    """Into the place that the print suggests, but before a closing signature."""
    before = [n for n, k in enumerate(chain) if k < orphan[0]]
    at = (before[-1] + 1) if before else len(chain)
    while at > 0 and page.nodes[chain[at - 1]].signed:
        at -= 1
    chain[at:at] = orphan


def _link(page: Page, bonds: Bonds, chosen: Chosen, chain: Sequence[int], n: int) -> Link | None:
    if n == 0:
        return None
    left, right = chain[n - 1], chain[n]
    bond = chosen.get(left)
    if bond is None or bond.right != right:
        return Link(
            page.nodes[left].unit,
            page.nodes[right].unit,
            False,
            ADOPTED,
            ("order: placed where it was printed",),
            adjacent=False,
        )
    return _bond_link(page, bonds, chosen, left, bond)


def _opening(page: Page, bonds: Bonds, chosen: Chosen, root: int) -> Link | None:
    """How surely the headline leads to its first unit."""
    bond = chosen.get(root)
    return _bond_link(page, bonds, chosen, root, bond) if bond and root < 0 else None


def _bond_link(page: Page, bonds: Bonds, chosen: Chosen, left: int, bond: Bond) -> Link:
    rival, margin = _margin(page, bonds, chosen, left, bond)
    printed_next = bond.right == left + 1 or (left < 0 and page.head_at[~left] == bond.right)
    certain = 1 / (1 + math.exp(-(margin + (EASY if printed_next else 0.0)) / SCALE))
    return Link(
        page.nodes[left].unit if left >= 0 else -1,
        page.nodes[bond.right].unit,
        bond.joined and bond.gain > page.ends[left],
        round(certain, 3),
        bond.reasons,
        page.nodes[rival.right].unit if rival else None,
        round(1 - certain, 3) if rival else 0.0,
        printed_next,
    )


def _margin(
    page: Page, bonds: Bonds, chosen: Chosen, left: int, bond: Bond
) -> tuple[Bond | None, float]:
    """What the bond is worth more than its best rival, on its left or right side.

    A rival whose own partner would lose more than it gains is no rival.
    """
    owner = {b.right: k for k, b in chosen.items()}
    best: Bond | None = None
    value = page.ends[left] + page.starts[bond.right]
    for other in bonds[left]:
        if other.right == bond.right:
            continue
        holder = owner.get(other.right)
        loss = chosen[holder].gain - page.ends[holder] if holder is not None else page.starts[other.right]
        net = other.gain - max(loss, page.starts[other.right]) + page.starts[bond.right]
        if net > value:
            best, value = other, net
    for k, own in bonds.items():
        if k == left:
            continue
        for other in own:
            if other.right != bond.right:
                continue
            loss = chosen[k].gain if k in chosen else page.ends[k]
            net = other.gain - loss + page.ends[left]
            if net > value:
                best, value = other, net
    return best, bond.gain - value

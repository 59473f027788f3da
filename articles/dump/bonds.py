"""What could follow what, and what it is worth.

In: a ``Page``.  Out: for each node, and for each head, its possible
continuations with a gain in log-odds.  A boundary is *questioned* where
something may have come between: a headline, an affiliation, a jump mark, an
open end, a change of subject.  What is not questioned stays as printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .bond import Bond
from .flow import Role
from .gains import (
    FAR_JOIN,
    HEAD_NEXT,
    NEVER_BEGINS,
    all_evidence,
    badly_begun,
    distance,
    evidence,
    far_head_gain,
    join_gain,
    jump_gain,
    may_open,
    order_after,
    title_gain,
)
from .page import SIGNING, Page, within
from .questions import WINDOW, Questions, has_text
from .starts import BESIDE, KINDRED, TITLE_REACH, find_starts

MANY_RIGHTS = 20  # continuations kept for each end
MANY_WORDS = 24  # joints of each end of which the language at large is asked
MANY_SUBJECTS = 60  # joints whose subject is asked of each end
MANY_LEFTS = 5  # beginnings for which a continuation is among the best
CLAIM = 3.0  # a far joint this good takes the text below a headline from it
NEAR = 40  # nodes within which a whole paragraph may follow another


def all_bonds(page: Page) -> dict[int, list[Bond]]:
    """For each node k, and for each head h under ~h, its possible continuations."""
    asked = Questions(page)
    starts = find_starts(asked)
    known = set(starts)
    loose = [j for j in starts if not asked.held(j)]
    bonds: dict[int, list[Bond]] = {}
    for k, node in enumerate(page.nodes):
        bonds[k] = asked.near[k]
        if node.open and not asked.sure(k):
            bonds[k] = bonds[k] + _joints(asked, k, starts)
        elif not node.open and (
            k + 1 >= len(page.nodes) or (k + 1 in known and not asked.settled(k))
        ):
            bonds[k] = bonds[k] + list(_successors(page, k, loose))
    claimed = {b.right for own in bonds.values() for b in own if _claims(b)}
    for h in range(len(page.dump.heads)):
        wanting = asked.wanting(h) or page.head_at[h] in claimed
        bonds[~h] = [*_below(page, h), *_elsewhere(page, h, starts, wanting)]
    return _prune(bonds)


def _claims(bond: Bond) -> bool:
    """Does a cut sentence go on here so well that the headline above wants another text?"""
    return bond.joined and bond.gain >= CLAIM


def _prune(bonds: dict[int, list[Bond]]) -> dict[int, list[Bond]]:
    """Only the best of each left, and those that are among the best of their right."""
    for_right: dict[int, list[float]] = {}
    for own in bonds.values():
        for b in own:
            for_right.setdefault(b.right, []).append(b.gain)
    wanted = {
        right: sorted(gains)[-MANY_LEFTS:][0] for right, gains in for_right.items()
    }
    kept: dict[int, list[Bond]] = {}
    for left, own in bonds.items():
        ranked = sorted(own, key=lambda b: -b.gain)
        rest = [b for b in ranked[MANY_RIGHTS:] if b.gain >= wanted[b.right]]
        kept[left] = ranked[:MANY_RIGHTS] + rest[:MANY_RIGHTS]
    return kept


# ---- texts ------------------------------------------------------------------------------


def _joints(asked: Questions, k: int, starts: Sequence[int]) -> list[Bond]:
    """Texts that an open end may run on into; the subject is asked of the best only."""
    page = asked.page
    node, found = page.nodes[k], []
    nearby = min(KINDRED, asked.reach(k))
    plausible = set() if node.doubtful else set(page.plausible(k, asked.reach(k)))
    for j in within(starts, k, page.reach(BESIDE if node.doubtful else WINDOW)):
        after = page.nodes[j]
        if j == k or (j == k + 1 and not after.heads):
            continue
        if abs(j - k) > nearby and j not in plausible and not after.right.jump:
            continue
        if after.role is Role.PARAGRAPH:
            place = FAR_JOIN + distance(k, j) + jump_gain(page, k, j)
            found.append((place + join_gain(page, k, j, page.joint(k, j)), j, place))
        elif node.role is Role.HEADING and not after.right.open:
            found.append((order_after(page, k, j), j, 0.0))
    found.sort(reverse=True)
    likely, others = found[:MANY_WORDS], found[MANY_WORDS:MANY_SUBJECTS]
    joints = [_joint(page, k, *each, all_evidence) for each in likely]
    return joints + [_joint(page, k, *each, evidence) for each in others]


Evidence = Callable[[Page, int, int], dict[str, float]]


def _joint(
    page: Page, k: int, gain: float, j: int, place: float, ask: Evidence
) -> Bond:
    if page.nodes[j].role is not Role.PARAGRAPH:
        return Bond(j, gain, False, reason="order: same subject")
    found = ask(page, k, j)
    return Bond(j, place + join_gain(page, k, j, found), True, found)


def _successors(page: Page, k: int, starts: Sequence[int]) -> Iterator[Bond]:
    """Texts that may follow a finished one."""
    node = page.nodes[k]
    if node.signed:
        return
    for j in within(starts, k, page.reach(NEAR)):
        after = page.nodes[j]
        if j == k or (j == k + 1 and not after.heads) or after.right.open:
            continue
        if not node.left.open or node.role is Role.HEADING:
            gain = order_after(page, k, j)
            yield Bond(j, gain, False, reason="order: same subject")


# ---- headlines -----------------------------------------------------------------------------


def _below(page: Page, h: int) -> Iterator[Bond]:
    """The text right below a headline."""
    if not has_text(page, h):
        return
    at = page.head_at[h]
    node = page.nodes[at]
    gain = HEAD_NEXT + 0.3 * title_gain(page, h, at) + badly_begun(node)
    gain += 1.5 * NEVER_BEGINS * node.right.open
    yield Bond(at, gain - (6.0 if node.role in SIGNING else 0.0), False)


def _elsewhere(
    page: Page, h: int, starts: Sequence[int], wanting: bool
) -> Iterator[Bond]:
    """Texts elsewhere that speak of a headline.

    One that has a sound text below it may at most have changed places with
    another headline, whose text speaks more of it than its own does.
    """
    at = page.head_at[h]
    if page.dump.heads[h].boxed:
        return
    for j in within(starts, at, page.reach(TITLE_REACH)):
        if j == at or not may_open(page.nodes[j]):
            continue
        if wanting or (page.nodes[j].heads and _speaks_more(page, h, j)):
            gain = far_head_gain(page, h, j)
            yield Bond(j, gain, False, reason="head: its words stand in the text")


def _speaks_more(page: Page, h: int, j: int) -> bool:
    return title_gain(page, h, j) > title_gain(page, h, page.head_at[h])

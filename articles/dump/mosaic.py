"""A newspaper page as a mosaic: every piece may follow every other.

In: a small ``Page``.  Out: bonds between all its pieces, and the best way to
lay them.  On a page whose columns were read in a wrong order the printed
neighbour tells little, so that everything is asked of every pair: does the
sentence go on, can a text begin here, does the number follow.  What one piece
has to do with the rest of its article is counted over whole strands.
"""

from __future__ import annotations

import math
from dataclasses import replace

from . import gains as near
from .affinity import affinities
from .bond import Bond, Chosen
from .chains import all_chains
from .faults import strand_faults
from .flow import Role
from .fluency import shipped
from .join import fluency
from .leads import Leads, leads
from .page import SIGNING, Node, Page
from .rearrange import Costs, rearrange

NEXT = 2.5  # the next printed piece, nothing between
NEXT_OVER = 1.5  # the next one, but a picture or a label stands between
FAR = 0.25  # lost with each doubling of the distance
BACKWARDS = -0.6
OVER_HEAD = -3.0  # a closed text resumes after something else
OVER_HEADING = -1.0  # a heading and a text elsewhere
FAR_JOIN = 0.0  # an open end goes on elsewhere
END_OPEN = -8.0  # an open end that nothing continues
END_JUMP = -1.0  # …because the page says that another page does
END_SIGNED = 1.0
END_HEADING = -3.0  # a heading, and nothing after it
HEAD_NEXT = 1.5  # a headline and the piece below it
HEAD_FAR = -1.5
HEAD_BARE = -7.0
ORPHAN = -7.0  # a piece that no headline leads to
HEADING_FIRST = -1.5  # an article that begins with one of its headings
NEVER_BEGINS = -4.0
LATE = -1.5  # the first words tell no more than this
BEGINS = 0.5  # weight of a text's first words where it follows no cut
COHESION = 0.5  # weight of what the pieces of one strand have in common
CROWD = 0.5  # how far many pieces of one subject count as one
STRANGE = -0.3  # two pieces of a page are rather of two articles
TITLE = 0.5  # weight of a headline's phrases in the text that it opens
SIGNED_ON = -7.0  # something after a signature


def lay(page: Page) -> tuple[dict[int, list[Bond]], Chosen, Leads]:
    """All bonds, the chosen ones (the best order of all pieces), and their leads."""
    page.ends = {left: _end(page, left) for left in _lefts(page)}
    page.starts = [_start(page, k) for k in range(len(page.nodes))]
    bonds = {left: _bonds(page, left) for left in _lefts(page)}
    table = affinities([page.unit(k).cue for k in range(len(page.nodes))])
    likeness = [[COHESION * (x + STRANGE) for x in row] for row in table]
    chosen, own_leads = _solve(page, bonds, likeness)
    habit = _habit(chosen)
    if habit < NEXT - 1.0:
        others = {left: _with_habit(left, own, habit) for left, own in bonds.items()}
        other, other_leads = _solve(page, others, likeness)
        if _overtaken(other) == 0 < _overtaken(chosen):
            return others, other, other_leads
    return bonds, chosen, own_leads


def _with_habit(left: int, own: list[Bond], habit: float) -> list[Bond]:
    """The same bonds, the joint with the printed neighbour worth what it is here."""
    return [
        replace(b, gain=b.gain + habit - NEXT)
        if b.joined and b.right == left + 1
        else b
        for b in own
    ]


def _overtaken(chosen: Chosen) -> int:
    """How often what was cut later goes on earlier.

    Columns of several texts that were read straight across keep their order: the
    text that was cut first goes on first.
    """
    rights = [b.right for left, b in sorted(chosen.items()) if b.joined and left >= 0]
    return sum(a > b for n, a in enumerate(rights) for b in rights[n + 1 :])


def _solve(
    page: Page, bonds: dict[int, list[Bond]], likeness: list[list[float]]
) -> tuple[Chosen, Leads]:
    costs = Costs(
        gains={left: {b.right: b.gain for b in own} for left, own in bonds.items()},
        ends=page.ends,
        starts=page.starts,
        likeness=likeness,
        crowd=CROWD,
        faults=lambda chain: strand_faults(page, chain),
    )
    solution = rearrange(page, bonds, costs)
    by_right = {left: {b.right: b for b in own} for left, own in bonds.items()}
    chosen = {a: by_right[a][b] for a, b in solution.items()}
    return chosen, leads(all_chains(page, chosen), costs)


def _habit(chosen: Chosen) -> float:
    """How surely a cut sentence goes on in the next piece of this page, in log-odds.

    Where columns were read straight across, hardly one does: after a cut the printed
    neighbour is then no likelier than any other piece.
    """
    cut = [b.right == left + 1 for left, b in chosen.items() if b.joined and left >= 0]
    share = (sum(cut) + 2.0) / (len(cut) + 3.0)
    return min(NEXT, math.log(share / (1.0 - share)))


def _lefts(page: Page) -> list[int]:
    return [*range(len(page.nodes)), *(~h for h in range(len(page.dump.heads)))]


def _end(page: Page, left: int) -> float:
    if left < 0:
        return 0.0 if page.dump.heads[~left].boxed else HEAD_BARE
    node = page.nodes[left]
    if node.signed:
        return END_SIGNED
    if node.left.jump:
        return END_JUMP
    if node.open and not node.doubtful:
        return END_JUMP if page.in_small_box(left) else END_OPEN
    return END_HEADING if node.role is Role.HEADING else 0.0


def _start(page: Page, k: int) -> float:
    return ORPHAN + (NEVER_BEGINS if page.nodes[k].right.open else 0.0)


def _bonds(page: Page, left: int) -> list[Bond]:
    if left < 0:
        return _openings(page, ~left)
    found = []
    for j in range(len(page.nodes)):
        if j != left and (bond := _bond(page, left, j)):
            found.append(bond)
    return found


# ---- one piece after another ----------------------------------------------------------


def _bond(page: Page, k: int, j: int) -> Bond | None:
    node, after = page.nodes[k], page.nodes[j]
    adjacent = j == k + 1 and not after.heads
    if node.signed and after.role not in (*SIGNING, Role.CREDIT, Role.NOTE):
        return Bond(j, SIGNED_ON, False) if adjacent else None
    if node.open and after.role is Role.PARAGRAPH:
        joined = _joint(page, k, j)
        if not node.doubtful:
            return joined
        plain = _plain(page, k, j)
        return joined if joined.gain > plain.gain else plain
    if node.open and not node.doubtful and after.role is Role.HEADING:
        return Bond(j, near.LOST_STOP, False) if adjacent else None
    return _plain(page, k, j)


def _joint(page: Page, k: int, j: int) -> Bond:
    found = near.evidence(page, k, j)
    found |= fluency(page.nodes[k].left, page.nodes[j].right)
    gain = near.join_gain(page, k, j, found)
    gain += near.jump_gain(page, k, j)
    return Bond(j, gain + _place(page, k, j, FAR_JOIN), True, found)


def _plain(page: Page, k: int, j: int) -> Bond:
    after = page.nodes[j]
    over = OVER_HEADING if page.nodes[k].role is Role.HEADING else OVER_HEAD
    gain = _place(page, k, j, over) + near.topic_gain(page, k, j)
    gain += _begins(page, after)
    if page.nodes[k].role is Role.HEADING and after.role in (*SIGNING, Role.CREDIT):
        gain += SIGNED_ON
    if after.right.jump:
        gain -= near.JUMP_PAIR
    if page.nodes[k].contact and after.role is Role.PARAGRAPH:
        gain += near.AFTER_CONTACT
    elif page.nodes[k].role is Role.PARAGRAPH and page.in_small_box(k):
        gain += near.BOX_ENDS
    reason = "" if j == k + 1 else "order: same subject"
    return Bond(j, gain, False, reason=reason)


def _place(page: Page, k: int, j: int, far: float) -> float:
    if j == k + 1 and not page.nodes[j].heads:
        return NEXT if page.nodes[j].unit == page.nodes[k].unit + 1 else NEXT_OVER
    return far - FAR * math.log2(1 + abs(j - k)) + (BACKWARDS if j < k else 0.0)


def _begins(page: Page, node: Node) -> float:
    """Do the first words rather begin a text, or go on with one?"""
    if node.right.open:
        return NEVER_BEGINS
    if node.role is not Role.PARAGRAPH:
        return 0.0
    odds = max(LATE, min(1.0, shipped().begins(node.right.text)))
    return BEGINS * odds + near.badly_begun(node)


# ---- headlines ---------------------------------------------------------------------------


def _openings(page: Page, h: int) -> list[Bond]:
    at = page.head_at[h]
    below = at < len(page.nodes) and page.nodes[at].heads[-1] == h
    places = range(len(page.nodes))
    if page.dump.heads[h].boxed:
        places = range(at, at + 1) if below else range(0)
    found = []
    for j in places:
        if j == at and below:
            found.append(Bond(j, HEAD_NEXT + _opening(page, h, j), False))
        elif near.may_open(page.nodes[j]):
            gain = HEAD_FAR - FAR * math.log2(1 + abs(at - j)) + _opening(page, h, j)
            reason = "head: its words stand in the text"
            found.append(Bond(j, gain, False, reason=reason))
    return found


def _opening(page: Page, h: int, j: int) -> float:
    node = page.nodes[j]
    gain = TITLE * near.title_gain(page, h, j) + 1.5 * _begins(page, node)
    if node.number and node.number[1] != 1:
        gain += near.NOT_FIRST
    if node.role is Role.HEADING and not node.number:
        gain += HEADING_FIRST
    return gain - (6.0 if node.signed else 0.0)

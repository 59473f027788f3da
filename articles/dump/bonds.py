"""What could follow what, and what it is worth.

In: a ``Page``.  Out: for each node, and for each head, its possible
continuations with a gain in log-odds.  A boundary is *questioned* where
something may have come between: a headline, an affiliation, a jump mark, an
open end, a change of subject.  What is not questioned stays as printed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from . import join
from .flow import Role
from .page import SIGNING, WINDOW, Node, Page, within

# All gains are log-odds; the evidence of a joint is on the same scale.
NEXT = 3.0  # the next printed unit, nothing between
OVER_HEAD = -2.0  # a closed text resumes after something else
FAR_JOIN = -0.5  # an open end continues elsewhere
END_OPEN = -4.0  # an open end that nothing continues
BARE_HEADING = -0.7  # a heading, and nothing after it
END_SIGNED = 1.0  # a text ends after its affiliation
AFTER_SIGNED = -7.0  # a text goes on after its affiliation
BOX_ENDS = -1.5  # a box has one or two paragraphs
AFTER_CONTACT = -5.0  # a text goes on after a notice's contact lines
CLOSES_FIRST = -2.5  # a text that closes a quotation it never opened
NEVER_BEGINS = -4.0  # a text that begins with a comma or a jump mark
INDENTED = -5.0  # an indented text as the second half of a sentence
UNINDENTED = 1.5  # an unindented one, where paragraphs are indented
LOST_STOP = -7.0  # a paragraph without a stop before a heading
ORPHAN = -4.0  # a text that no headline leads to
HEAD_NEXT = 3.0  # a headline and the text below it
HEAD_FAR = -1.5  # a headline and a text elsewhere
HEAD_BARE = -4.0  # a headline without any text
BELOW_SIGNED = 2.0  # a text that begins after another's affiliation
NOT_FIRST = -3.0  # a text that begins with a number above one
JUMP_PAIR = 7.0  # 下转 … 上接
JUMP_ALONE = 1.0  # 上接 without its 下转
JUMP_ELSE = -4.0  # one mark alone, where the dump prints the other kind as well
JUMP_AWAY = -6.0  # the next printed unit after 下转
JUMP_BACK = -4.0  # 上接 before the text it continues
FAR = 0.35  # lost with each doubling of the distance
BACKWARDS = -1.5
SURE_JOIN = 3.0  # an adjacent joint this good is no question
SETTLED = 1.0  # a whole paragraph after one this like it is not taken elsewhere
BEST_FEW = 4  # that suit an open end best are looked at where none is striking
STRIKING = 3.0  # a joint this good is looked for anywhere near
SHIFT = -1.0  # neighbours this unlike are a question
JOIN_ZERO = 1.9  # raw score at which a joint is as likely true as false
MANY_RIGHTS = 20  # continuations kept for each end
MANY_WORDS = 24  # joints of each end of which the language at large is asked
MANY_SUBJECTS = 60  # joints whose subject is asked of each end
MANY_LEFTS = 5  # beginnings for which a continuation is among the best
SPOKEN_OF = 2.0  # a paragraph that repeats a headline this well may be its own
KINDRED = 50  # nodes in which a continuation may have only its subject for it
TITLE_REACH = 60  # nodes in which a headline's own text is looked for
BESIDE = 8  # nodes within which a cut text that looks like a heading goes on
NEAR = 40  # nodes within which a whole paragraph may follow another


@dataclass
class Bond:
    """A possible continuation with its gain and reasons."""

    right: int
    gain: float
    joined: bool
    found: dict[str, float] = field(default_factory=dict)  # evidence of a joint
    reason: str = ""  # for what is no joint

    @property
    def reasons(self) -> tuple[str, ...]:
        """What decided, in words."""
        return (self.reason,) if self.reason else join.reasons(self.found)


Evidence = Callable[[Page, int, int], dict[str, float]]
Bonds = Mapping[int, Sequence[Bond]]
Chosen = dict[int, Bond]  # left → its one bond


def all_bonds(page: Page) -> dict[int, list[Bond]]:
    """For each node k, and for each head h under ~h, its possible continuations."""
    near = [_adjacent(page, k) for k in range(len(page.nodes))]
    starts = sorted(_starts(page, near))
    known = set(starts)
    loose = [j for j in starts if j == 0 or not _settled(near[j - 1])]
    bonds: dict[int, list[Bond]] = {}
    for k, node in enumerate(page.nodes):
        bonds[k] = near[k]
        if node.open and not _sure(near[k]):
            bonds[k] = near[k] + _joints(page, k, starts)
        elif not node.open and (
            k + 1 >= len(page.nodes) or (k + 1 in known and not _settled(near[k]))
        ):
            bonds[k] = near[k] + list(_successors(page, k, loose))
    for h in range(len(page.dump.heads)):
        bonds[~h] = list(_head_bonds(page, h, starts))
    return _prune(bonds)


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


def end_gain(page: Page, left: int) -> float:
    """What it is worth that nothing follows."""
    if left < 0:
        return 0.0 if page.dump.heads[~left].boxed else HEAD_BARE
    node = page.nodes[left]
    if node.signed:
        return END_SIGNED
    if node.open and not node.doubtful:
        return END_OPEN
    return BARE_HEADING if node.role is Role.HEADING else 0.0


def start_gain(page: Page, right: int) -> float:
    """What it costs that nothing leads to a node."""
    node = page.nodes[right]
    if node.right.open:
        return ORPHAN + NEVER_BEGINS
    return ORPHAN + badly_begun(node)


# ---- where a text may begin ----------------------------------------------------------


def _starts(page: Page, near: Sequence[Sequence[Bond]]) -> set[int]:
    """Nodes to which something other than the printed neighbour may lead."""
    starts = {k for k in range(len(page.nodes)) if _is_start(page, k, near)}
    open_places = [
        k for k, node in enumerate(page.nodes) if _may_be_opening(node, k, near)
    ]
    for h, head in enumerate(page.dump.heads):
        if not head.boxed:
            starts.update(_title_places(page, h, open_places))
    for k, node in enumerate(page.nodes):
        if node.open and not node.doubtful and not _sure(near[k]):
            starts.update(_striking(page, k))
            starts.update(_kindred(page, k, near[k]))
            starts.update(_after_box(page, k))
    return starts


def _is_start(page: Page, k: int, near: Sequence[Sequence[Bond]]) -> bool:
    if k == 0:
        return True
    node, before = page.nodes[k], page.nodes[k - 1]
    if (
        node.heads
        or before.signed
        or node.right.jump
        or before.left.jump
        or before.contact
    ):
        return True
    if before.open:
        return not _sure(near[k - 1])
    if node.right.open or node.label_before or node.fresh is False:
        return True
    if before.role is Role.HEADING:
        return node.role is Role.PARAGRAPH and not node.number
    if node.role is Role.PARAGRAPH and _below_box(page, k):
        return True
    return topic_gain(page, k - 1, k) < SHIFT


def _below_box(page: Page, k: int) -> bool:
    """A box of a paragraph or two may be over: what it interrupted goes on here."""
    above = page.nodes[k - 1].heads
    unsigned = bool(above) and not page.dump.heads[above[-1]].authors
    return unsigned or page.in_small_box(k)


def _after_box(page: Page, k: int) -> Iterator[int]:
    """Where a box stands inside a sentence, any of its paragraphs may be the rest."""
    heads = page.nodes[k + 1].heads if k + 1 < len(page.nodes) else ()
    if not heads or not page.dump.heads[heads[-1]].boxed:
        return
    for j in range(k + 2, min(len(page.nodes), k + 2 + BESIDE)):
        if page.nodes[j].heads:
            return
        if page.nodes[j].role is Role.PARAGRAPH:
            yield j


def _sure(near: Sequence[Bond]) -> bool:
    """Is the joint with the printed neighbour beyond question?"""
    return any(b.joined and b.gain >= NEXT + SURE_JOIN for b in near)


def _settled(near: Sequence[Bond]) -> bool:
    """Does the printed neighbour lead here so well that no far text will?"""
    return any(b.gain >= NEXT + SETTLED for b in near)


def _may_be_opening(node: Node, k: int, near: Sequence[Sequence[Bond]]) -> bool:
    """A paragraph that its printed neighbour does not hold may begin a text."""
    long_text = node.role is Role.PARAGRAPH and node.size > 40 and not node.number
    return long_text and (k == 0 or not _settled(near[k - 1]))


def _title_places(page: Page, h: int, places: Sequence[int]) -> list[int]:
    """Those that repeat a headline's words although it stands elsewhere."""
    at = page.head_at[h]
    below = page.run(at) if at < len(page.nodes) else range(0)
    return [
        j
        for j in within(places, at, page.reach(TITLE_REACH))
        if j not in below and title_gain(page, h, j) >= SPOKEN_OF
    ]


def _striking(page: Page, k: int) -> list[int]:
    """Units anywhere near that complete the cut word or phrase of this open end.

    Where none does so by itself, the few that suit it best: what they are worth is
    told by the subject and by the language at large, which are asked of few.
    """
    found = [(join.score(page.joint(k, j)), j) for j in page.plausible(k)]
    striking = [j for score, j in found if score > STRIKING]
    return striking or [j for _, j in sorted(found, reverse=True)[:BEST_FEW]]


def _kindred(page: Page, k: int, near: Sequence[Bond]) -> Iterator[int]:
    """For an open end that nothing completes: texts of the same subject that might."""
    if any(b.gain > NEXT for b in near):
        return
    node = page.nodes[k]
    for j in within(page.second_halves, k, page.reach(KINDRED)):
        if j in (k, k + 1):
            continue
        if join_gain(node, page.nodes[j], evidence(page, k, j)) > 1.0:
            yield j


# ---- the printed neighbour --------------------------------------------------------------


def _adjacent(page: Page, k: int) -> list[Bond]:
    """The bond with the next printed unit: of one paragraph, or of one text."""
    nodes = page.nodes
    if k + 1 >= len(nodes) or nodes[k + 1].heads:
        return []
    node, after = nodes[k], nodes[k + 1]
    if node.signed and after.role not in (*SIGNING, Role.CREDIT, Role.NOTE):
        return [Bond(k + 1, AFTER_SIGNED, False)]
    plain = Bond(
        k + 1, NEXT + _order_gain(page, k, k + 1) + topic_gain(page, k, k + 1), False
    )
    if after.right.jump:
        plain.gain -= JUMP_PAIR
    plain.gain += badly_begun(after) + (NEVER_BEGINS if after.right.open else 0.0)
    if node.contact and after.role is Role.PARAGRAPH:
        plain.gain += AFTER_CONTACT
    elif node.role is Role.PARAGRAPH and page.in_small_box(k):
        plain.gain += BOX_ENDS
    if node.open and not node.doubtful and after.role is Role.HEADING:
        plain.gain += LOST_STOP
    if not node.open or after.role is not Role.PARAGRAPH:
        return [plain]
    found = evidence(page, k, k + 1)
    if join_gain(node, after, found) < SURE_JOIN:
        found = all_evidence(page, k, k + 1)
    gain = NEXT + join_gain(node, after, found) + JUMP_AWAY * bool(node.left.jump)
    joined = Bond(k + 1, gain, True, found)
    if node.doubtful and plain.gain > joined.gain:
        return [plain]
    return [joined]


# ---- everything else -------------------------------------------------------------------


def _joints(page: Page, k: int, starts: Sequence[int]) -> list[Bond]:
    """Texts that an open end may run on into; the subject is asked of the best only."""
    node, found = page.nodes[k], []
    plausible = set() if node.doubtful else set(page.plausible(k))
    for j in within(starts, k, page.reach(BESIDE if node.doubtful else WINDOW)):
        after = page.nodes[j]
        if j == k or (j == k + 1 and not after.heads):
            continue
        if abs(j - k) > KINDRED and j not in plausible:
            continue
        if after.role is Role.PARAGRAPH:
            place = FAR_JOIN + _distance(k, j) + jump_gain(page, k, j)
            gain = place + join_gain(node, after, page.joint(k, j))
            found.append((gain, j, place))
        elif node.role is Role.HEADING and not after.right.open:
            found.append((_order_after(page, k, j), j, 0.0))
    found.sort(reverse=True)
    likely, others = found[:MANY_WORDS], found[MANY_WORDS:MANY_SUBJECTS]
    joints = [_joint(page, k, *each, all_evidence) for each in likely]
    return joints + [_joint(page, k, *each, evidence) for each in others]


def _joint(
    page: Page, k: int, gain: float, j: int, place: float, ask: Evidence
) -> Bond:
    node, after = page.nodes[k], page.nodes[j]
    if after.role is not Role.PARAGRAPH:
        return Bond(j, gain, False, reason="order: same subject")
    found = ask(page, k, j)
    return Bond(j, place + join_gain(node, after, found), True, found)


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
            gain = _order_after(page, k, j)
            yield Bond(j, gain, False, reason="order: same subject")


def _order_after(page: Page, k: int, j: int) -> float:
    return (
        OVER_HEAD + _distance(k, j) + topic_gain(page, k, j) + _order_gain(page, k, j)
    )


def evidence(page: Page, k: int, j: int) -> dict[str, float]:
    """All features of one joint, the subject of both sides included."""
    left, right = page.nodes[k], page.nodes[j]
    found = dict(page.joint(k, j))
    if not left.doubtful and min(left.size, right.size) >= 12:
        found["topic"] = page.likeness(k, j)
    return found


def all_evidence(page: Page, k: int, j: int) -> dict[str, float]:
    """The evidence of a questioned joint: the language at large is asked as well."""
    found = evidence(page, k, j)
    left, right = page.nodes[k].left, page.nodes[j].right
    if left.text[-1:] < _HAN or right.text[:1] < _HAN:
        return found  # counts of Chinese words say nothing of Latin ones and of digits
    return found | join.fluency(left, right)


_HAN = "\u3400"  # the first Chinese character


def join_gain(node: Node, after: Node, found: dict[str, float]) -> float:
    """The evidence on the common scale; a heading needs more to be a cut text."""
    gain = max(-6.0, min(9.0, join.score(found) - JOIN_ZERO)) + node.doubtful
    if after.fresh is None:
        return gain
    return gain + (INDENTED if after.fresh else UNINDENTED)


def badly_begun(node: Node) -> float:
    """Marks of a text that does not begin here."""
    return CLOSES_FIRST * bool(node.right.depth) + CLOSES_FIRST * (node.fresh is False)


def _distance(k: int, j: int) -> float:
    return -FAR * math.log2(1 + abs(j - k)) + (BACKWARDS if j < k else 0.0)


def jump_gain(page: Page, k: int, j: int) -> float:
    left, right = page.nodes[k].left.jump, page.nodes[j].right.jump
    if right and j < k:
        return JUMP_BACK
    if left and right:
        return JUMP_PAIR
    sent, received = page.jumps
    if right:
        alone = JUMP_ELSE if sent else JUMP_ALONE
        return alone + (1.0 if _page_agrees(page, k, right) else 0.0)
    if left:
        return JUMP_ELSE if received else -1.0
    return 0.0


def _page_agrees(page: Page, k: int, printed: str) -> bool:
    """上接第N页: the left end must stand in the article of page N."""
    head = page.head_before(k)
    if head is None or head.entry is None or not printed.isdecimal():
        return False
    start = page.dump.contents[head.entry].page
    return start is not None and start <= int(printed) <= start + 6


def topic_gain(page: Page, k: int, j: int) -> float:
    """Subject on both sides of a joint between whole paragraphs."""
    if min(page.nodes[k].size, page.nodes[j].size) < 30:
        return 0.0
    return page.likeness(k, j)


def _order_gain(page: Page, k: int, j: int) -> float:
    """Numbering runs on, or breaks."""
    number = page.nodes[j].number
    if number is None:
        return 0.0
    last = _last_number(page, k, number[0])
    if last is None:
        return 0.0 if number[1] == 1 else -1.0
    if number[1] == last + 1:
        return 2.5
    return 0.0 if number[1] == 1 and number[0] != "chapter" else -3.0


def _last_number(page: Page, k: int, kind: str) -> int | None:
    """The last number of this kind before the node within its run of text."""
    for at in range(k, max(-1, k - 60), -1):
        number = page.nodes[at].number
        if number and number[0] == kind:
            return number[1]
        if number and number[0] == "chapter" or page.nodes[at].heads:
            return None
    return None


# ---- headlines -----------------------------------------------------------------------------


def _head_bonds(page: Page, h: int, starts: Sequence[int]) -> Iterator[Bond]:
    """The text below a headline, or a text elsewhere that speaks of it."""
    at = page.head_at[h]
    if at < len(page.nodes) and page.nodes[at].heads[-1] == h:
        node = page.nodes[at]
        gain = (
            HEAD_NEXT
            + 0.3 * title_gain(page, h, at)
            + 1.5 * NEVER_BEGINS * node.right.open
        )
        gain += badly_begun(node)
        yield Bond(at, gain - (6.0 if node.role in SIGNING else 0.0), False)
    if page.dump.heads[h].boxed:
        return
    for j in within(starts, at, page.reach(TITLE_REACH)):
        if j != at and may_open(page.nodes[j]):
            gain = _far_head_gain(page, h, j)
            yield Bond(j, gain, False, reason="head: its words stand in the text")


def may_open(node: Node) -> bool:
    """Can a text begin here?"""
    return (
        not node.right.open
        and not node.signed
        and node.role in (Role.PARAGRAPH, Role.HEADING)
    )


def _far_head_gain(page: Page, h: int, j: int) -> float:
    node = page.nodes[j]
    gain = (
        badly_begun(node)
        + HEAD_FAR
        - FAR * math.log2(1 + abs(page.head_at[h] - j))
        + title_gain(page, h, j)
    )
    if node.number and node.number[1] != 1:
        gain += NOT_FIRST
    if j > 0 and page.nodes[j - 1].signed:
        gain += BELOW_SIGNED
    return gain


def title_gain(page: Page, h: int, j: int) -> float:
    """Rare phrases of the headline in the paragraph and in the run it begins."""
    run = page.phrases(h, page.run(j))
    first = page.phrases(h, (j,)) if run else 0.0
    return min(5.0, 0.35 * first + 0.25 * run)

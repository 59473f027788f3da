"""Where a text may begin, or go on, that its printed neighbour does not lead to.

In: the ``Questions`` of a page.  Out: the nodes to which something far may lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import join
from .flow import Role
from .gains import NEXT, evidence, join_gain, title_gain, topic_gain
from .page import Page, within
from .questions import Questions

BEST_FEW = 4  # that suit an open end best are looked at where none is striking
STRIKING = 3.0  # a joint this good is looked for anywhere near
SHIFT = -1.0  # neighbours this unlike are a question
SPOKEN_OF = 2.0  # a paragraph that repeats a headline this well may be its own
ALIEN = -1.0  # texts this unlike are hardly of one subject
KINDRED = 50  # nodes in which a continuation may have only its subject for it
TITLE_REACH = 60  # nodes in which a headline's own text is looked for
BESIDE = 8  # nodes within which a cut text that looks like a heading goes on


def find_starts(asked: Questions) -> list[int]:
    """Nodes to which something other than the printed neighbour may lead, in order."""
    page = asked.page
    starts = {k for k in range(len(page.nodes)) if _is_start(asked, k)}
    openings = [k for k in range(len(page.nodes)) if _may_be_opening(asked, k)]
    for h in range(len(page.dump.heads)):
        if asked.wanting(h):
            starts.update(_title_places(page, h, openings))
    for k, node in enumerate(page.nodes):
        if node.open and not node.doubtful and not asked.sure(k):
            starts.update(_striking(asked, k))
            starts.update(_kindred(asked, k))
            starts.update(_after_box(page, k))
    return sorted(starts)


def _is_start(asked: Questions, k: int) -> bool:
    if k == 0:
        return True
    page = asked.page
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
        return not asked.sure(k - 1)
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


def _may_be_opening(asked: Questions, k: int) -> bool:
    """A paragraph that its printed neighbour does not hold may begin a text."""
    node = asked.page.nodes[k]
    long_text = node.role is Role.PARAGRAPH and node.size > 40 and not node.number
    return long_text and not asked.held(k)


def _title_places(page: Page, h: int, places: Sequence[int]) -> list[int]:
    """Those that repeat a headline's words although it stands elsewhere."""
    at = page.head_at[h]
    below = page.run(at) if at < len(page.nodes) else range(0)
    return [
        j
        for j in within(places, at, page.reach(TITLE_REACH))
        if j not in below and title_gain(page, h, j) >= SPOKEN_OF
    ]


def _striking(asked: Questions, k: int) -> list[int]:
    """Units anywhere near that complete the cut word or phrase of this open end.

    Where none does so by itself, the few that suit it best: what they are worth is
    told by the subject and by the language at large, which are asked of few.
    """
    page = asked.page
    near = page.plausible(k, asked.reach(k))
    found = [(join.score(page.joint(k, j)), j) for j in near]
    striking = [j for score, j in found if score > STRIKING]
    return striking or [j for _, j in sorted(found, reverse=True)[:BEST_FEW]]


def _kindred(asked: Questions, k: int) -> Iterator[int]:
    """For an open end that nothing completes: texts of the same subject that might."""
    if any(b.gain > NEXT for b in asked.near[k]):
        return
    page = asked.page
    reach = page.reach(min(KINDRED, asked.reach(k)))
    for j in within(page.second_halves, k, reach):
        if j in (k, k + 1) or page.likeness(k, j) <= ALIEN:
            continue
        if join_gain(page, k, j, evidence(page, k, j)) > 1.0:
            yield j


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

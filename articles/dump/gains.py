"""What a continuation is worth, in log-odds.

In: a ``Page`` and the two texts, or a headline and a text.  Out: gains, all on
the scale of the evidence of a joint, so that they may be added and compared.
"""

from __future__ import annotations

import math

from . import cues, join
from .flow import Role
from .page import Node, Page

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
REST_LOST = -4.5  # a cut text whose rest is not in the dump, and another paragraph
LOST_STOP = -7.0  # a paragraph without a stop before a heading
ORPHAN = -4.0  # a text that no headline leads to
HEAD_NEXT = 3.0  # a headline and the text below it
HEAD_FAR = -1.5  # a headline and a text elsewhere
HEAD_BARE = -4.0  # a headline without any text
BELOW_SIGNED = 2.0  # a text that begins after another's affiliation
NOT_FIRST = -3.0  # a text that begins with a number above one
JUMP_PAIR = 7.0  # 下转 … 上接
JUMP_PAGE = 1.0  # …from the page on which the contents list has the article
JUMP_ALONE = 1.0  # 上接 without its 下转
JUMP_ELSE = -4.0  # one mark alone, where the dump prints the other kind as well
JUMP_AWAY = -6.0  # the next printed unit after 下转
JUMP_BACK = -4.0  # 上接 before the text it continues
FAR = 0.35  # lost with each doubling of the distance
BACKWARDS = -1.5
JOIN_ZERO = 2.1  # raw score at which a joint is as likely true as false
LAID_ZERO = 1.9  # …on one page of a paper, where pieces are laid like a mosaic


# ---- alone ------------------------------------------------------------------------------


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


def badly_begun(node: Node) -> float:
    """Marks of a text that does not begin here."""
    return CLOSES_FIRST * bool(node.right.depth) + CLOSES_FIRST * (node.fresh is False)


def may_open(node: Node) -> bool:
    """Can a text begin here?"""
    return (
        not node.right.open
        and not node.signed
        and node.role in (Role.PARAGRAPH, Role.HEADING)
    )


# ---- one text after another ----------------------------------------------------------


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
    if right.text[:1] < _HAN or not (
        left.text[-1:] >= _HAN or cues.CLAUSE.search(left.text)
    ):
        return found  # counts of Chinese words say nothing of Latin ones and of digits
    return found | join.guarded(join.fluency(left, right))


_HAN = "\u3400"  # the first Chinese character


def join_gain(page: Page, k: int, j: int, found: dict[str, float]) -> float:
    """The evidence of a joint on the common scale."""
    if page.small:
        odds = join.weighed(found, join.LAID_WEIGHTS) - LAID_ZERO
    else:
        odds = join.score(found) - JOIN_ZERO
    return _on_scale(page.nodes[k], page.nodes[j], odds)


def _on_scale(node: Node, after: Node, odds: float) -> float:
    """Within bounds; a heading needs more to be a cut text, and indents tell more."""
    gain = max(-6.0, min(9.0, odds)) + node.doubtful
    if after.fresh is None:
        return gain
    return gain + (INDENTED if after.fresh else UNINDENTED)


def distance(k: int, j: int) -> float:
    return -FAR * math.log2(1 + abs(j - k)) + (BACKWARDS if j < k else 0.0)


def order_after(page: Page, k: int, j: int) -> float:
    return OVER_HEAD + distance(k, j) + topic_gain(page, k, j) + order_gain(page, k, j)


def jump_gain(page: Page, k: int, j: int) -> float:
    left, right = page.nodes[k].left.jump, page.nodes[j].right.jump
    if left and right:
        return _pair_gain(page, k, left, right)
    if right and j < k:
        return JUMP_BACK
    sent, received = page.jumps
    if right:
        alone = JUMP_ELSE if sent else JUMP_ALONE
        return alone + JUMP_PAGE * _page_agrees(page, k, right)
    if left:
        return JUMP_ELSE if received else -1.0
    return 0.0


def _pair_gain(page: Page, k: int, sent: str, received: str) -> float:
    """下转第8页 … 上接第3页: what goes on stands on a later page than what is left."""
    if sent.isdecimal() and received.isdecimal() and int(sent) <= int(received):
        return JUMP_ELSE
    return JUMP_PAIR + JUMP_PAGE * _page_agrees(page, k, received)


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


def order_gain(page: Page, k: int, j: int) -> float:
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


# ---- a text below a headline -----------------------------------------------------------


def title_gain(page: Page, h: int, j: int) -> float:
    """Rare phrases of the headline in the paragraph and in the run it begins."""
    run = page.phrases(h, page.run(j))
    first = page.phrases(h, (j,)) if run else 0.0
    return min(5.0, 0.35 * first + 0.25 * run)


def far_head_gain(page: Page, h: int, j: int) -> float:
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

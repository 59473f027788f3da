"""Where the printed order is open to question, and where it stands.

In: a ``Page``.  Out: ``Questions``: the bond of each node with its printed
neighbour, and whether anything may part the two.  In an ordinary magazine nearly
every open end goes on in the next line and every headline has its text below it.
What stands whole so, with no open question around it, is calm: there only what
hardly fits is asked, and the costly search keeps to the places that need it.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import gains
from .bond import Bond
from .flow import Role
from .gains import NEXT
from .page import SIGNING, Page, within

SURE_JOIN = 4.0  # an adjacent joint so much better than chance is no question
DOUBTED = 3.0  # of an adjacent joint less good than this the language is asked
SETTLED = 1.0  # a whole paragraph after one this like it is not taken elsewhere
SETTLED_CALM = -0.5  # …in a calm place
UNSUITED = 0.0  # an adjacent joint worse than this leaves its sentence open
WINDOW = 150  # nodes in which an open end is looked for
WINDOW_CALM = 60  # …in a calm place, where no jump mark leads farther
WINDOW_SUITED = 20  # …and the next line would do
AROUND = 40  # nodes on either side of a place whose questions disturb it
FEW = 0.05  # of these nodes, in a calm place
BARE_COUNTS = 5  # questions: a headline without a text wants one from somewhere


class Questions:
    """What is asked of each boundary of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.near = [adjacent(page, k) for k in range(len(page.nodes))]
        self.calm = self._find_calm()

    def sure(self, k: int) -> bool:
        """Is the joint with the printed neighbour beyond question?"""
        return any(b.joined and b.gain >= NEXT + SURE_JOIN for b in self.near[k])

    def settled(self, k: int) -> bool:
        """Does node ``k`` lead to the next so well that no far text will?"""
        enough = NEXT + (SETTLED_CALM if self.calm[k] else SETTLED)
        return any(b.gain >= enough for b in self.near[k])

    def held(self, k: int) -> bool:
        """Does the printed neighbour lead here so?"""
        return k > 0 and self.settled(k - 1)

    def reach(self, k: int) -> int:
        """How far the rest of an open end is looked for; in a calm place it is near."""
        if not self.calm[k]:
            return WINDOW
        return WINDOW_SUITED if self._suited(k) else WINDOW_CALM

    def _suited(self, k: int) -> bool:
        """Does the printed neighbour go on with an open end at least tolerably?"""
        return any(b.joined and b.gain >= NEXT + UNSUITED for b in self.near[k])

    def wanting(self, h: int) -> bool:
        """May the text of a headline stand anywhere, not only below another headline?"""
        page, at = self.page, self.page.head_at[h]
        if page.dump.heads[h].boxed:
            return False
        if not self.calm[at] or not has_text(page, h):
            return True
        node = page.nodes[at]
        return bool(node.right.open or gains.badly_begun(node) or node.role in SIGNING)

    def _find_calm(self) -> list[bool]:
        """Of each place (and the end): are there few questions around it?"""
        count = len(self.near)
        if self.page.small:
            return [False] * (count + 1)
        asked = sorted([*self._unsuited(), *self._bare()])
        around = (
            (k, min(count, k + AROUND) - max(0, k - AROUND)) for k in range(count + 1)
        )
        return [len(within(asked, k, AROUND)) <= FEW * size for k, size in around]

    def _unsuited(self) -> Iterator[int]:
        """Open ends that the next line does not suit."""
        for k, node in enumerate(self.page.nodes):
            if node.open and not node.doubtful and not self._suited(k):
                yield k

    def _bare(self) -> Iterator[int]:
        for h, head in enumerate(self.page.dump.heads):
            if not head.boxed and not has_text(self.page, h):
                yield from [self.page.head_at[h]] * BARE_COUNTS


def has_text(page: Page, h: int) -> bool:
    """Does a text stand right below the headline?"""
    at = page.head_at[h]
    return at < len(page.nodes) and page.nodes[at].heads[-1] == h


def adjacent(page: Page, k: int) -> list[Bond]:
    """The bond with the next printed unit: of one paragraph, or of one text."""
    nodes = page.nodes
    if k + 1 >= len(nodes) or nodes[k + 1].heads:
        return []
    node, after = nodes[k], nodes[k + 1]
    if node.signed and after.role not in (*SIGNING, Role.CREDIT, Role.NOTE):
        return [Bond(k + 1, gains.AFTER_SIGNED, False)]
    whole = not node.open or after.role is not Role.PARAGRAPH
    if whole:
        return [Bond(k + 1, _plain_gain(page, k), False)]
    found = gains.evidence(page, k, k + 1)
    if gains.join_gain(page, k, k + 1, found) < DOUBTED:
        found = gains.all_evidence(page, k, k + 1)
    gain = NEXT + gains.join_gain(page, k, k + 1, found)
    if node.left.jump:
        gain += 0.0 if after.right.jump else gains.JUMP_AWAY
    plain = _plain_gain(page, k) + (0.0 if node.doubtful else gains.REST_LOST)
    if plain > gain:
        return [Bond(k + 1, plain, False)]
    return [Bond(k + 1, gain, True, found)]


def _plain_gain(page: Page, k: int) -> float:
    """The next printed unit as another paragraph."""
    node, after = page.nodes[k], page.nodes[k + 1]
    gain = NEXT + gains.order_gain(page, k, k + 1) + gains.topic_gain(page, k, k + 1)
    if after.right.jump:
        gain -= gains.JUMP_PAIR
    gain += gains.badly_begun(after)
    if after.right.open:
        gain += gains.NEVER_BEGINS
    if node.contact and after.role is Role.PARAGRAPH:
        gain += gains.AFTER_CONTACT
    elif node.role is Role.PARAGRAPH and page.in_small_box(k):
        gain += gains.BOX_ENDS
    if node.open and not node.doubtful and after.role is Role.HEADING:
        gain += gains.LOST_STOP
    return gain

"""What is wrong with a whole strand: what no single bond can see.

In: a ``Page`` and the nodes of one strand.  Out: log-odds against it: for a
numbering that breaks, an author who signs another's text, a text that never
speaks of its headline.
"""

from __future__ import annotations

from collections.abc import Sequence

from .flow import Role
from .fold import fold
from .numbering import broken_numbers
from .page import Page

LISTED = 0.4  # where the contents list vouches for the headline, it matters less
UNSPOKEN = 3.0  # a headline of which its text does not speak
FOREIGN = 1.5  # three paragraphs on end that speak of another headline instead
FOREIGN_MOST = 6.0  # so much for a whole strand
FOREIGN_LEAST = 8.0  # weight of the other headline's phrases in them
FOREIGN_SHARE = 0.2  # weight of the own headline's phrases, as a part of that


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
        faults += foreign(page, h, chain[1:])
        weight = LISTED if head.entry is not None else 1.0
        faults += weight * unspoken(page, h, chain[1:])
    if head.affiliation and any(n.role is Role.AFFILIATION for n in nodes):
        faults += 2.0
    signed = {name for n in nodes for name in n.names}
    if signed and not head.boxed:
        known = _known_authors(page, h)
        faults += -2.0 if known & signed else (4.0 if known else 0.0)
    return faults


def foreign(page: Page, h: int, chain: Sequence[int]) -> float:
    """Stretches that repeat another headline's words and hardly any of their own."""
    spoken = [k for k in chain if page.spoken_of(k)]
    faults = 0.0
    for three in zip(spoken, spoken[1:], spoken[2:], strict=False):
        found = page.spoken_together(three)
        most = max((w for o, w in found.items() if o != h), default=0.0)
        if most >= FOREIGN_LEAST and found.get(h, 0.0) <= FOREIGN_SHARE * most:
            faults += FOREIGN
    return min(FOREIGN_MOST, faults)


def unspoken(page: Page, h: int, chain: Sequence[int]) -> float:
    """A headline of whose words its text repeats none."""
    found = page.phrases(h, chain)
    return UNSPOKEN - min(UNSPOKEN, 0.4 * found)


def _known_authors(page: Page, h: int) -> set[str]:
    head = page.dump.heads[h]
    names = {fold(a.name) for a in head.authors}
    if head.entry is not None:
        names |= {fold(n) for n in page.dump.contents[head.entry].authors}
    return names

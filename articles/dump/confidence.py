"""How sure the parser is of one block: the facts that speak for and against it.

In: the facts of a block (its margins, its strand, its labels).  Out: a number
from 0 to 1 that falls as errors grow likelier.  The weights were fitted on dumps
with truth, damaged page by page.  Errors are rare, so the scale is shifted: a
block at the review threshold is still right in nine cases of ten.
"""

from __future__ import annotations

import math
from typing import NamedTuple

MOST = 6.0  # a larger margin makes nothing surer


class Facts(NamedTuple):
    """What is known of a block when it is finished; margins are log-odds."""

    entry: float = MOST  # margin of the bond that leads into it
    jumped: float = 0.0  # 1 when that bond left the printed order
    way: float = MOST  # least margin of all bonds before it that left the order
    opening: float = MOST  # margin of the bond that leads from its headline
    faults: float = 0.0  # of its strand: numbering, names, affiliations
    place: float = 0.0  # the lines around it are most like its own strand
    region: float = 0.0  # so are those before and after
    worst: float = 0.0  # least of these in its strand
    orphan: float = 0.0  # 1 when nothing leads to its text
    near: float = 0.0  # 1 beside such a place, less farther away
    loose: float = 0.0  # 1 after a heading that may be another headline
    head: float = 0.0  # doubt of its headline, 0 to 1
    joint: float = MOST  # least margin of the joints inside the block
    label: float = 0.0  # doubt of its labels, 0 to 1
    open_end: float = 0.0  # 1 when it stops in the middle of a sentence
    short: float = 0.0  # 1 for a paragraph of a few words


WEIGHTS = Facts(
    entry=0.26,
    jumped=-0.3,
    way=0.2,
    opening=0.07,
    faults=-0.63,
    place=0.7,
    region=0.75,
    worst=0.25,
    orphan=-0.75,
    near=-0.6,
    loose=-1.3,
    head=-1.2,
    joint=0.8,
    label=-1.4,
    open_end=-1.2,
    short=-1.15,
)
BIAS = -4.0 - 1.65  # fitted, and what makes the sixth part of all blocks unsure


def certainty(facts: Facts) -> float:
    """Logistic regression over the facts.

    >>> certainty(Facts()) > 0.9 > 0.5 > certainty(Facts(joint=-1.0, orphan=1.0))
    True
    """
    total = BIAS
    for weight, value in zip(WEIGHTS, facts, strict=True):
        total += weight * max(-MOST, min(MOST, value))
    return round(1.0 / (1.0 + math.exp(-total)), 3)

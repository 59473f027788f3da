"""How sure the parser is of one block: the facts that speak for and against it.

In: the facts of a block (its margins, its strand, its labels).  Out: a number
from 0 to 1 that falls as errors grow likelier.

The weights are those of a logistic regression on some fifty dumps with truth and
on the same dumps damaged page by page (paragraphs cut and moved, headlines lost or
displaced), chosen by leaving out whole dumps in turn.  Errors are rare, so the
scale is shifted until about one block of seven is shown to an editor: a block at
that border is still right in five cases of six.
"""

from __future__ import annotations

import math
from typing import NamedTuple

REVIEW_BELOW = 0.75  # a block less sure than this is shown to an editor
MOST = 12.0  # a larger margin makes nothing surer


class Facts(NamedTuple):
    """What is known of a block when it is finished; margins are log-odds."""

    entry: float = MOST  # margin of the bond that leads into it
    way: float = MOST  # least margin of all bonds before it that left the order
    joint: float = MOST  # least margin of the joints inside the block
    faults: float = 0.0  # of its strand: numbering, names, affiliations
    silent: float = 0.0  # its headline's words that the strand lacks, 0 to 3
    place: float = 0.0  # the lines around it are most like its own strand
    region: float = 0.0  # so are those before and after
    near: float = 0.0  # 1 beside a place left open, less farther away
    tangled: float = 0.0  # share of the bonds of the dump that leave the printed order
    listed: float = 0.0  # 1 where the contents list has its headline
    boxed: float = 0.0  # 1 inside a box, which its own cue word announces
    head: float = 0.0  # doubt of its headline, 0 to 1
    loose: float = 0.0  # 1 after a heading that may be another headline
    label: float = 0.0  # doubt of its labels, 0 to 1
    open_end: float = 0.0  # 1 when it stops in the middle of a sentence
    short: float = 0.0  # 1 for a paragraph of a few words


WEIGHTS = Facts(
    entry=0.18,
    way=0.07,
    joint=0.26,
    faults=-0.19,
    silent=-0.08,
    place=0.55,
    region=0.70,
    near=-0.46,
    tangled=-3.0,
    listed=0.68,
    boxed=0.80,
    head=-0.56,
    loose=-0.60,
    label=-4.1,
    open_end=-3.0,
    short=-1.3,
)
BIAS = -2.6  # fitted, and shifted to the share of blocks that an editor can look at


# What is said of a fact that speaks against a block.
_DOUBTS = {
    "entry": "something else may stand before it",
    "way": "a jump before it is unsure",
    "joint": "its pieces may not belong together",
    "faults": "numbers, names or headlines of its article do not fit",
    "silent": "its article does not speak of its headline",
    "place": "its words are rather those of another article",
    "region": "the texts around it are rather like another article",
    "near": "beside a place that is left open",
    "tangled": "many texts of the dump stand out of order",
    "head": "its headline is unsure",
    "loose": "a heading before it may be a headline",
    "label": "its kind is unsure",
    "open_end": "it stops in the middle of a sentence",
    "short": "a few words only",
}


def doubts(facts: Facts) -> tuple[str, ...]:
    """The two facts that cost the block most, the worst last.

    >>> doubts(Facts(open_end=1.0, near=0.2))
    ('doubt: beside a place that is left open', 'doubt: it stops in the middle of a sentence')
    """
    costs = {
        name: weight * (_bounded(ideal) - _bounded(value))
        for name, weight, ideal, value in zip(
            Facts._fields, WEIGHTS, _IDEAL, facts, strict=True
        )
    }
    worst = sorted(
        (n for n in costs if n in _DOUBTS and costs[n] > 0), key=lambda n: costs[n]
    )
    return tuple(f"doubt: {_DOUBTS[name]}" for name in worst[-2:])


_IDEAL = Facts()  # nothing speaks against it


def _bounded(value: float) -> float:
    return max(-MOST, min(MOST, value))


def certainty(facts: Facts) -> float:
    """Logistic regression over the facts.

    >>> certainty(Facts()) > 0.9 > 0.5 > certainty(Facts(joint=-1.0, open_end=1.0))
    True
    """
    total = BIAS
    for weight, value in zip(WEIGHTS, facts, strict=True):
        total += weight * _bounded(value)
    return round(1.0 / (1.0 + math.exp(-total)), 3)

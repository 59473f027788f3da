"""How sure the parser is of one block: the facts that speak against it.

In: the facts of a block (its margins, its strand, its labels).  Out: a number
from 0 to 1 that falls as errors grow likelier.

The weights are those of a logistic regression, none of them negative, on some
fifty dumps with truth and, counted less, on the same dumps with stretches of lines
moved about (``tests/benchmarks/learn_confidence.py``; ``parser_confidence.py`` there
prints what they are good for).  Fitted without a dump and its damaged likenesses,
they find nearly as many of the errors in it.  Errors are rare, so the scale is shifted
until about one block of seven is shown to an editor: a block at that border is still
right in nine cases of ten.
"""

from __future__ import annotations

import math
from typing import NamedTuple

REVIEW_BELOW = 0.75  # a block less sure than this is shown to an editor
MOST = 12.0  # a larger margin makes nothing surer
_LEAST = -6.0  # a smaller one makes nothing worse
_SCALE = 2.0  # margins to log-odds of being right
TELLING = 0.2  # a fact that costs less is not worth a word


class Facts(NamedTuple):
    """What is known of a block when it is finished; margins are log-odds."""

    entry: float = MOST  # margin of the bond that leads into it
    way: float = MOST  # least margin of all bonds before it that left the order
    lead: float = MOST  # of the bond into it, over every other order of a mosaic
    joint: float = MOST  # least margin of the joints inside the block
    joint_lead: float = MOST  # least lead of the same
    faults: float = 0.0  # of its strand: numbering, names, affiliations
    silent: float = 0.0  # its headline's words that the strand lacks, 0 to 3
    region: float = 0.0  # the texts around it are most like its own strand
    loose: float = 0.0  # 1 after a heading that may be another headline, less if listed
    label: float = 0.0  # doubt of its labels, 0 to 1
    open_end: float = 0.0  # 1 when it stops in the middle of a sentence
    broken: float = 0.0  # 1 when the text before it does
    short: float = 0.0  # 1 for a paragraph of a few words
    lines: float = 1.0  # printed lines; any of them may be the wrong one


# What speaks against a block, in log-odds for a fact at its worst.
WEIGHTS = Facts(
    entry=2.51,
    way=1.13,
    lead=1.18,
    joint=1.84,
    joint_lead=0.81,
    faults=1.28,
    silent=0.53,
    region=1.85,
    loose=1.35,
    label=2.42,
    open_end=2.49,
    broken=1.67,
    short=1.00,
    lines=0.95,
)
BIAS = -5.04  # fitted, and shifted to the share of blocks that an editor can look at


# What is said of a fact that speaks against a block.
_DOUBTS = {
    "entry": "something else may stand before it",
    "way": "a jump before it is unsure",
    "lead": "its page can be put in order in another way",
    "joint": "its pieces may not belong together",
    "joint_lead": "its pieces may be put together in another way",
    "faults": "numbers, names or headlines of its article do not fit",
    "silent": "its article does not speak of its headline",
    "region": "the texts around it are rather like another article",
    "loose": "a heading before it may be a headline",
    "label": "its kind is unsure",
    "open_end": "it stops in the middle of a sentence",
    "broken": "the text before it stops in the middle of a sentence",
    "short": "a few words only",
    "lines": "it is made of many lines",
}


def doubts(facts: Facts) -> tuple[str, ...]:
    """The two facts that cost the block most, the worst last.

    >>> doubts(Facts(open_end=1.0, short=1.0))
    ('doubt: a few words only', 'doubt: it stops in the middle of a sentence')
    """
    costs = dict(zip(Facts._fields, _costs(facts), strict=True))
    worst = sorted((n for n in costs if costs[n] > TELLING), key=costs.__getitem__)
    return tuple(f"doubt: {_DOUBTS[name]}" for name in worst[-2:])


def certainty(facts: Facts) -> float:
    """Logistic regression over what speaks against the block.

    >>> certainty(Facts()) > 0.9 > 0.5 > certainty(Facts(joint=-1.0, open_end=1.0))
    True
    """
    return round(1.0 / (1.0 + math.exp(BIAS + sum(_costs(facts)))), 3)


def _costs(facts: Facts) -> list[float]:
    """What each fact takes from the certainty, in log-odds."""
    pairs = zip(WEIGHTS, against(facts), strict=True)
    return [weight * value for weight, value in pairs]


def against(facts: Facts) -> Facts:
    """Each fact as a doubt: 0 where nothing is wrong, about 1 at its worst."""
    return facts._replace(
        entry=_lacking(facts.entry),
        way=_chance(facts.way),
        lead=_chance(facts.lead),
        joint=_lacking(facts.joint),
        joint_lead=_chance(facts.joint_lead),
        faults=_within(facts.faults, 0.0, 6.0) / 6.0,
        silent=facts.silent / 3.0,
        region=_within(0.5 - facts.region, 0.0, 3.0),
        lines=math.log(facts.lines),
    )


def _lacking(margin: float) -> float:
    """What the margin lacks to be beyond doubt."""
    return (MOST - _within(margin, _LEAST, MOST)) / MOST


def _chance(margin: float) -> float:
    """How likely the rival is the right one."""
    return 1.0 / (1.0 + math.exp(_within(margin, -MOST, MOST) / _SCALE))


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))

"""Which texts of one page speak of the same thing: all their words, weighed.

In: the texts of a page.  Out: for each pair log-odds that they are of one
article, from the cosine of their words and pairs of characters (each counted
with the logarithm of its number and its rarity on the page).  Single characters
count too: on a page of few texts they tell more than they mislead.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from . import dictionary as rjieba

_SMOOTH = 9.0  # a short text that shares little says little
_ZERO = 0.0225  # cosine at which a pair is as likely of one article as of two
_SCALE = 65.0  # log-odds for a cosine of one, near the zero
_LEAST, _MOST = -1.5, 3.0
_ENOUGH = 60  # characters of a text that speaks for itself
_HAN = re.compile(r"[\u3400-\u9fff]+")

Row = Sequence[float]


def affinities(texts: Sequence[str]) -> list[list[float]]:
    """A symmetric table of log-odds; a text with itself counts nothing."""
    bags = [_bag(text) for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    weights = {w: math.log(len(texts) / n) for w, n in seen.items()}
    vectors = [
        {w: (1 + math.log(n)) * weights[w] for w, n in bag.items() if weights[w]}
        for bag in bags
    ]
    lengths = [math.sqrt(_SMOOTH + sum(x * x for x in v.values())) for v in vectors]
    sure = [min(1.0, len(text) / _ENOUGH) for text in texts]
    table = [[0.0] * len(texts) for _ in texts]
    for i, left in enumerate(vectors):
        for j in range(i):
            cosine = _dot(left, vectors[j]) / (lengths[i] * lengths[j])
            odds = max(_LEAST, min(_MOST, _SCALE * (cosine - _ZERO)))
            table[i][j] = table[j][i] = odds * sure[i] * sure[j]
    return table


def _bag(text: str) -> Counter[str]:
    """Words, and pairs of characters, of the Chinese parts of a text."""
    bag: Counter[str] = Counter()
    for part in _HAN.findall(text):
        bag.update(rjieba.cut(part, False))
        bag.update("+" + part[i : i + 2] for i in range(len(part) - 1))
    return bag


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)

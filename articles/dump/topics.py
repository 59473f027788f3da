"""Which pieces of text speak of the same thing: shared words, rare ones first.

In: the words of units.  Out: a similarity that grows with each rare word two
texts share.  It decides nothing alone; two articles of one issue often share
their subject.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import rjieba

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}\Z")


def content_words(text: str) -> frozenset[str]:
    """Dictionary words of two characters and more."""
    return frozenset(w for w in rjieba.cut(text, False) if _HAN.match(w))


class Rarity:
    """How rare each word is among the units of one dump."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        self._seen: Counter[str] = Counter()
        for words in texts:
            self._seen.update(words)
        self._texts = max(1, len(texts))
        self._common = max(3.0, 0.1 * self._texts)

    def weight(self, word: str) -> float:
        seen = self._seen[word]
        return math.log(self._texts / seen) if 0 < seen <= self._common else 0.0

    def shared(self, left: Iterable[str], right: frozenset[str]) -> float:
        """Sum of the weights of the words in both."""
        return sum(self.weight(w) for w in left if w in right)

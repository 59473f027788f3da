"""Which pieces of text speak of the same thing: shared words, rare ones first.

In: the words of units.  Out: a similarity that grows with each rare word two
texts share.  It decides nothing alone; two articles of one issue often share
their subject.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import rjieba

_ENOUGH = 90.0  # a short text that shares no word with another says little
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}\Z")


def content_words(text: str) -> frozenset[str]:
    """Dictionary words of two characters and more."""
    return frozenset(w for w in rjieba.cut(text, False) if _HAN.match(w))


class Rarity:
    """How rare each word is among the units of one dump."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        seen = Counter(word for words in texts for word in words)
        logs = {n: math.log(len(texts) / n) for n in set(seen.values())}
        self._weights = {word: logs[n] for word, n in seen.items()}
        self._mass: dict[frozenset[str], float] = {}

    def weight(self, word: str) -> float:
        """Nothing for a word that is in every unit."""
        return self._weights[word]

    def mass(self, words: frozenset[str]) -> float:
        """Weight of all words of a text; remembered, for texts are compared often."""
        known = self._mass.get(words)
        if known is None:
            known = self._mass[words] = 5.0 + math.fsum(
                map(self._weights.__getitem__, words)
            )
        return known

    def shared(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Sum of the weights of the words in both."""
        return math.fsum(map(self._weights.__getitem__, left & right))

    def likeness(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Log-odds that the two texts belong together rather than not.

        The cosine of their words, on a scale fitted to neighbours within one
        article against paragraphs of different ones.
        """
        if not left or not right:
            return 0.0
        size = math.sqrt(self.mass(left) * self.mass(right))
        odds = max(-2.0, min(3.5, 30.0 * (self.shared(left, right) / size - 0.047)))
        return odds if odds > 0 else odds * min(1.0, size / _ENOUGH)

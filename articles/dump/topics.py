"""Which pieces of text speak of the same thing: shared words, rare ones first.

In: the words of units.  Out: a similarity that grows with each rare word two
texts share.  It decides nothing alone; two articles of one issue often share
their subject.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

_ENOUGH = 90.0  # a short text that shares no word with another says little


def content_words(text: str) -> frozenset[str]:
    """Dictionary words of two characters and more."""
    return frozenset(
        w for w in rjieba.cut(text, False) if len(w) > 1 and "\u4e00" <= w <= "\u9fff"
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text with what they weigh together."""

    all: frozenset[str]
    mass: float


class Rarity:
    """How rare each word is among the units of one dump."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        seen = Counter(word for words in texts for word in words)
        logs = {n: math.log(len(texts) / n) for n in set(seen.values())}
        self._weights = {word: logs[n] for word, n in seen.items()}
        self.weight = self._weights.__getitem__  # nothing for a word of every unit

    def weigh(self, words: frozenset[str]) -> Words:
        """Prepared once, for texts are compared often."""
        return Words(words, 5.0 + math.fsum(map(self.weight, words)))

    def likeness(self, left: Words, right: Words) -> float:
        """Log-odds that the two texts belong together rather than not.

        The cosine of their words, on a scale fitted to neighbours within one
        article against paragraphs of different ones.
        """
        if not left.all or not right.all:
            return 0.0
        size = math.sqrt(left.mass * right.mass)
        shared = math.fsum(map(self.weight, left.all & right.all))
        odds = max(-2.0, min(3.5, 30.0 * (shared / size - 0.047)))
        return odds if odds > 0 else odds * min(1.0, size / _ENOUGH)

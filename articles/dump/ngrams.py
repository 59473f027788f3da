"""How likely one character follows another, learned from the dump itself.

In: the running text of a dump.  Out: a ``CharModel`` that knows which short
strings occur inside its paragraphs.  A periodical repeats its own phrases, so
the two halves of a cut phrase are nearly always whole somewhere else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_CHARS = 300_000  # more text than an annual volume teaches nothing new


@dataclass(frozen=True)
class CharModel:
    """Counts of strings of one to four characters."""

    counts: Counter[str] = field(default_factory=Counter)
    total: int = 1

    def lift(self, left: str, right: str) -> float:
        """Log of how much more often ``left+right`` stands together than by chance."""
        pair = self.counts[left + right]
        expected = (self.counts[left] + 0.5) * (self.counts[right] + 0.5) / self.total
        return math.log((pair + 0.05) / (expected + 0.05))

    def lift3(self, left: str, right: str) -> float:
        """``lift`` for strings whose chance is estimated more carefully."""
        together = self.counts[left + right]
        expected = self.counts[left] * self.counts[right] / self.total
        return math.log((together + 0.2) / (expected + 0.2))

    def longest(self, left: str, right: str) -> int:
        """Length of the longest known string (2–6) that spans the joint."""
        best = 0
        for a, b in _SPANS:
            if a + b > best and self.counts[left[-a:] + right[:b]]:
                best = a + b
        wide = self.counts[left[-3:] + right[:1]] and self.counts[left[-1:] + right[:3]]
        return 5 if best == 4 and wide else best


# How many characters before and after the joint are looked at together.
_SPANS = ((1, 1), (1, 2), (2, 1), (1, 3), (2, 2), (3, 1))


def learn(texts: Iterable[str]) -> CharModel:
    """Count the strings inside each text; never across two texts."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        text = text[: MAX_CHARS - total]
        total += len(text)
        counts.update(text)
        counts.update(map("".join, zip(text, text[1:], strict=False)))
        counts.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
        counts.update(
            map("".join, zip(text, text[1:], text[2:], text[3:], strict=False))
        )
        if total >= MAX_CHARS:
            break
    return CharModel(counts, max(1, total))

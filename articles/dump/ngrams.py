"""How likely one character follows another, learned from the dump itself.

In: the running text of a dump.  Out: a ``CharModel`` that knows which short
strings occur inside its paragraphs.  A periodical repeats its own phrases, so
the two halves of a cut phrase are nearly always whole somewhere else.  Strings
are counted when they are asked for: a dump has few joints and many strings.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import accumulate

MAX_CHARS = 1_000_000  # more text than a bound volume teaches nothing new
BORDER = "\n"  # between two texts; no string that is asked for has it


class Places:
    """Where short strings stand in a text; each character is looked for once."""

    def __init__(self, texts: Iterable[str]) -> None:
        known = list(_bounded(texts))
        self.text = BORDER.join(known) + BORDER
        self.starts = list(accumulate((len(t) + 1 for t in known), initial=0))
        self._single: dict[str, list[int]] = {}
        self._after: dict[str, Mapping[str, list[int]]] = {}
        self._longer: dict[str, list[int]] = {}

    def of(self, string: str) -> list[int]:
        """Offsets at which the string begins."""
        if len(string) == 1:
            return self._of_char(string)
        if len(string) == 2:
            return self.after(string[0]).get(string[1], [])
        known = self._longer.get(string)
        if known is None:
            begins = self.text.startswith
            known = [p for p in self.of(string[:2]) if begins(string, p)]
            self._longer[string] = known
        return known

    def _of_char(self, char: str) -> list[int]:
        known = self._single.get(char)
        if known is None:
            known = self._single[char] = []
            find, at = self.text.find, -1
            while (at := find(char, at + 1)) >= 0:
                known.append(at)
        return known

    def after(self, char: str) -> Mapping[str, list[int]]:
        """What stands after the character, with the offsets of the character."""
        known = self._after.get(char)
        if known is None:
            after: dict[str, list[int]] = {}
            for at in self._of_char(char):
                after.setdefault(self.text[at + 1], []).append(at)
            known = self._after[char] = after
        return known


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    room = MAX_CHARS
    for text in texts:
        yield text[:room]
        room -= len(text)
        if room <= 0:
            return


class CharModel:
    """Counts of strings of one to four characters."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.total = max(1, len(places.text) - len(places.starts))
        self._counts: dict[str, int] = {"": 0}

    def count(self, string: str) -> int:
        """How often the string stands inside a text."""
        known = self._counts.get(string)
        if known is None:
            known = self._counts[string] = len(self._places.of(string))
        return known

    def followers(self, char: str) -> Container[str]:
        """What stands after the character anywhere."""
        return self._places.after(char)

    def across(self, left: str, right: str) -> tuple[float, float, int]:
        """What is known of the joint: lift, lift of three, longest known string."""
        a, b = left[-1:], right[:1]
        pair = self.count(a + b)
        seen_a, seen_b = self.count(a), self.count(b)
        expected = (seen_a + 0.5) * (seen_b + 0.5) / self.total
        lift = math.log((pair + 0.05) / (expected + 0.05))
        return lift, self._lift3(left, right, pair), self._longest(left, right, pair)

    def _lift3(self, left: str, right: str, pair: int) -> float:
        """``lift`` of three characters, whose chance is estimated more carefully."""
        total = 0.0
        for a, b in ((left[-2:], right[:1]), (left[-1:], right[:2])):
            expected = self.count(a) * self.count(b) / self.total
            together = self.count(a + b) if pair else 0
            total += math.log((together + 0.2) / (expected + 0.2))
        return total

    def _longest(self, left: str, right: str, pair: int) -> int:
        """Length of the longest known string (2–5) that spans the joint."""
        if not pair:
            return 0
        best = 2
        for a, b in _SPANS:
            if a + b > best and self.count(left[-a:] + right[:b]):
                best = a + b
        wide = self.count(left[-3:] + right[:1]) and self.count(left[-1:] + right[:3])
        return 5 if best == 4 and wide else best


# How many characters before and after the joint are looked at together.
_SPANS = ((1, 2), (2, 1), (1, 3), (2, 2), (3, 1))


def learn(texts: Iterable[str]) -> CharModel:
    """Know the strings inside each text; never across two texts."""
    return CharModel(Places(texts))

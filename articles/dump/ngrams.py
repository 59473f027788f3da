"""How likely one character follows another, learned from the dump itself.

In: the running text of a dump.  Out: a ``CharModel`` that knows which short
strings occur inside its paragraphs.  A periodical repeats its own phrases, so
the two halves of a cut phrase are nearly always whole somewhere else.  Strings
are counted when they are asked for: a dump has few joints and many strings.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate

MAX_CHARS = 1_000_000  # more text than a bound volume teaches nothing new
BORDER = "\n"  # between two texts; no string that is asked for has it


class Places:
    """Where short strings stand in a text, found when they are asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        known = list(_bounded(texts))
        self.text = BORDER.join(known) + BORDER
        self.starts = list(accumulate((len(t) + 1 for t in known), initial=0))
        self._after: dict[str, frozenset[str]] = {}
        self._longer: dict[str, list[int]] = {}

    def of(self, string: str) -> list[int]:
        """Offsets at which the string begins."""
        if len(string) < 2:
            return self._single.get(string, [])
        known = self._longer.get(string)
        if known is None:
            known = self._longer[string] = self._find(string)
        return known

    def _find(self, string: str) -> list[int]:
        """Looks where its beginning or where its end stands, whichever is rarer."""
        text, begins, ends = self.text, self.of(string[:-1]), self.of(string[1:])
        if len(begins) <= len(ends):
            last, at = string[-1], len(string) - 1
            return [p for p in begins if text[p + at] == last]
        first = string[0]
        return [p - 1 for p in ends if text[p - 1] == first]

    @cached_property
    def _single(self) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for at, char in enumerate(self.text):
            places[char].append(at)
        del places[BORDER]
        return dict(places)

    def after(self, char: str) -> frozenset[str]:
        """What stands after the character."""
        known = self._after.get(char)
        if known is None:
            text, places = self.text, self._single.get(char, ())
            known = self._after[char] = frozenset([text[p + 1] for p in places])
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
        self._counts: dict[str, int] = {}

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
        if not pair:
            return lift, 0.0, 0
        apart_a = self.count(left[-2:]) * seen_b / self.total + 0.2
        apart_b = seen_a * self.count(right[:2]) / self.total + 0.2
        before, after = self.count(left[-2:] + b), self.count(a + right[:2])
        trigram = math.log((before + 0.2) * (after + 0.2) / (apart_a * apart_b))
        return lift, trigram, self._longest(left, right, before, after)

    def _longest(self, left: str, right: str, before: int, after: int) -> int:
        """Length of the longest known string (2–5) that spans the joint."""
        if not before and not after:
            return 2
        first = before and self.count(left[-3:] + right[:1])
        last = after and self.count(left[-1:] + right[:3])
        if first and last:
            return 5
        middle = before and after and self.count(left[-2:] + right[:2])
        return 4 if first or last or middle else 3


def learn(texts: Iterable[str]) -> CharModel:
    """Know the strings inside each text; never across two texts."""
    return CharModel(Places(texts))

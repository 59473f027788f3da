"""Finds a passage again in a text that has changed, or says that it is not there.

In: a paragraph as it was, the passage in it, and the text that stands in its place
now.  Out: where the passage stands, or None.  Pure.

It never guesses.  Speeches repeat their sentences, so that the same words stand
somewhere says nothing: the two texts are aligned as wholes, and the passage must come
out at one place, unchanged, among what stood around it before.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

AROUND = 24  # characters on either side that speak for the passage
ENOUGH = 0.6  # of them must still be there
BESIDE = 10  # so many of them right beside it, half of its own counting too ...
WHOLE = 4  # ... or only so many, where nothing around is lost and little has come in
EVIDENCE = 8  # characters of the passage and beside it: fewer prove nothing
LIKE = 80  # of 100: as like the passage as a damaged copy of it
# Marks that an import may widen count as the same when surroundings are compared.
SAME_MARKS = str.maketrans(",.;:?!()[]", "，。；：？！（）［］")
MAX_CELLS = 40_000_000  # beyond it an alignment costs too much; then nothing is found


@dataclass(frozen=True)
class Passage:
    """Characters ``start`` to ``end`` of ``paragraph``."""

    paragraph: str
    start: int
    end: int

    @property
    def exact(self) -> str:
        return self.paragraph[self.start : self.end]


def find_again(passage: Passage, text: str) -> int | None:
    """Where in ``text`` the passage begins now."""
    if text == passage.paragraph:
        return passage.start
    if passage.exact not in text or len(text) * len(passage.paragraph) > MAX_CELLS:
        return None
    folded = Passage(
        passage.paragraph.translate(SAME_MARKS), passage.start, passage.end
    )
    start = _carry(folded, text.translate(SAME_MARKS))
    found = start is not None and text.startswith(passage.exact, start)
    return start if found else None


def _carry(passage: Passage, text: str) -> int | None:
    forwards = _Alignment(passage.paragraph, text)
    start = forwards.carry(passage)
    if start is None:
        return None
    # Of several equally good alignments each direction takes another one.
    backwards = _Alignment(passage.paragraph[::-1], text[::-1])
    mirrored = backwards.carry(_mirror(passage))
    if mirrored is None or len(text) - mirrored - len(passage.exact) != start:
        return None
    return start if _stands_alone(passage, text, start) else None


def _mirror(passage: Passage) -> Passage:
    length = len(passage.paragraph)
    return Passage(
        passage.paragraph[::-1], length - passage.end, length - passage.start
    )


def _stands_alone(passage: Passage, text: str, start: int) -> bool:
    """Words that stand more than once, or nearly, then or now, need all that stood
    around them: the twin may be what was written in place of a damaged passage."""
    paragraph, exact = passage.paragraph, passage.exact
    if not _has_like(paragraph, exact, passage.start) and not _has_like(
        text, exact, start
    ):
        return True
    before = paragraph[max(0, passage.start - AROUND) : passage.start]
    after = paragraph[passage.end : passage.end + AROUND]
    window = before + exact + after
    return (
        start >= len(before)
        and text[start - len(before) : start + len(exact) + len(after)] == window
        and paragraph.find(window) == paragraph.rfind(window)
        and text.find(window) == text.rfind(window)
    )


def _has_like(text: str, exact: str, start: int) -> bool:
    """Is there something like ``exact`` beside the one at ``start``?"""
    rest = text[:start] + " " * len(exact) + text[start + len(exact) :]
    if len(rest.strip()) < len(exact) * LIKE / 100:
        return False
    return fuzz.partial_ratio(exact, rest, score_cutoff=LIKE) > 0


class _Alignment:
    """Which stretches of ``old`` stand unchanged in ``new``, by fewest edits."""

    def __init__(self, old: str, new: str) -> None:
        blocks = Levenshtein.opcodes(old, new)
        self.equal = [b for b in blocks if b.tag == "equal"]
        self.starts = [b.src_start for b in self.equal]

    def carry(self, passage: Passage) -> int | None:
        """Where the whole passage went; None when it did not stay in one piece, or
        too little around it stayed."""
        block = self._stretch(passage.start)
        if block is None or passage.end > block.src_end:
            return None
        first = max(0, passage.start - AROUND)
        last = min(len(passage.paragraph), passage.end + AROUND) - 1
        beside = last + 1 - first - len(passage.exact)
        touching = passage.start - max(block.src_start, first)
        touching += min(block.src_end, last + 1) - passage.end
        speaking = touching + min(len(passage.exact), BESIDE) // 2
        enough = speaking >= BESIDE or (
            touching >= min(WHOLE, beside) and self._stays_whole(first, last)
        )
        if not enough or touching + len(passage.exact) < EVIDENCE:
            return None
        if self._kept(first, last) - len(passage.exact) < ENOUGH * beside:
            return None
        return self._moved(block, passage.start)

    def _stretch(self, at: int) -> Opcode | None:
        """The unchanged stretch that the character ``at`` of ``old`` is in."""
        number = bisect_right(self.starts, at) - 1
        block = self.equal[number] if number >= 0 else None
        return block if block and at < block.src_end else None

    def _moved(self, block: Opcode, at: int) -> int:
        return block.dest_start + at - block.src_start

    def _kept(self, first: int, last: int) -> int:
        overlaps = (
            min(b.src_end, last + 1) - max(b.src_start, first) for b in self.equal
        )
        return sum(max(0, overlap) for overlap in overlaps)

    def _stays_whole(self, first: int, last: int) -> bool:
        """Nothing of it is lost, and hardly anything has come between."""
        begin, end = self._stretch(first), self._stretch(last)
        if begin is None or end is None or self._kept(first, last) <= last - first:
            return False
        return (
            self._moved(end, last) - self._moved(begin, first) <= last - first + WHOLE
        )

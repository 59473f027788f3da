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

from rapidfuzz.distance import Levenshtein

AROUND = 24  # characters on either side that speak for the passage
ENOUGH = 0.6  # of them must still be there
BESIDE = 8  # so many of them, or all there are, right beside it
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
    folded = Passage(passage.paragraph.translate(SAME_MARKS), passage.start, passage.end)
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
    return Passage(passage.paragraph[::-1], length - passage.end, length - passage.start)


def _stands_alone(passage: Passage, text: str, start: int) -> bool:
    """Words that stand more than once, then or now, need their whole surroundings."""
    paragraph, exact = passage.paragraph, passage.exact
    if _occurrences(paragraph, exact) == 1 and _occurrences(text, exact) == 1:
        return True
    before = paragraph[max(0, passage.start - AROUND) : passage.start]
    after = paragraph[passage.end : passage.end + AROUND]
    window = before + exact + after
    return (
        text[start - len(before) : start + len(exact) + len(after)] == window
        and start >= len(before)
        and _occurrences(paragraph, window) == _occurrences(text, window) == 1
    )


def _occurrences(text: str, part: str) -> int:
    """Overlapping ones too."""
    found, at = 0, text.find(part)
    while at >= 0:
        found, at = found + 1, text.find(part, at + 1)
    return found


class _Alignment:
    """Which stretches of ``old`` stand unchanged in ``new``, by fewest edits."""

    def __init__(self, old: str, new: str) -> None:
        blocks = Levenshtein.opcodes(old, new)
        self.equal = [b for b in blocks if b.tag == "equal"]
        self.starts = [b.src_start for b in self.equal]

    def carry(self, passage: Passage) -> int | None:
        """Where the whole passage went; None when it did not stay in one piece, or
        too little around it stayed."""
        at = bisect_right(self.starts, passage.start) - 1
        if at < 0:
            return None
        block = self.equal[at]
        if passage.end > block.src_end:
            return None
        around = range(
            max(0, passage.start - AROUND),
            min(len(passage.paragraph), passage.end + AROUND),
        )
        beside = len(around) - len(passage.exact)
        kept = sum(
            max(0, min(b.src_end, around.stop) - max(b.src_start, around.start))
            for b in self.equal
        ) - len(passage.exact)
        touching = passage.start - max(block.src_start, around.start)
        touching += min(block.src_end, around.stop) - passage.end
        if kept < ENOUGH * beside or touching < min(BESIDE, beside):
            return None
        return block.dest_start + passage.start - block.src_start

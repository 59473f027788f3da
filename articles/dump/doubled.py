"""Characters that the page doubled where it cut a paragraph.

In: the joined text and the offsets of its cuts.  Out: the places of the second
characters.  A word that is doubled on purpose stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import dictionary as rjieba
from .edits import Matches

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def undouble(text: str, breaks: Sequence[int]) -> Matches:
    """The second of two equal characters around a cut, where it is a slip."""
    for at in dict.fromkeys(breaks):  # a blank line makes two breaks of one
        if 0 < at < len(text) and text[at - 1] == text[at] and _is_doubled(text, at):
            yield at, at + 1, ""


def _is_doubled(text: str, at: int) -> bool:
    """Is the second of two equal characters around a cut a slip of the page?

    Marks are never doubled on purpose; a character is where the words come out
    whole without it: 发展|展现 has two whole words, 经济社会|会发展 has not.
    """
    if text[at] in "，。、；：,;:":
        return True
    if not _HAN.match(text[at]):
        return False
    left, right = text[max(0, at - 6) : at], text[at : at + 6]
    joined = rjieba.cut(left + right[1:], False)
    apart = [*rjieba.cut(left, False), *rjieba.cut(right, False)]
    doubled = rjieba.cut(left + right, False)
    if any(len(w) >= 2 and text[at] * 2 in w for w in doubled):
        return False
    whole = any(len(w) >= 3 and _spans(joined, w, len(left)) for w in joined)
    return whole and len(joined) < len(apart)


def _spans(words: Sequence[str], word: str, at: int) -> bool:
    start = 0
    for each in words:
        if each == word and start < at < start + len(each):
            return True
        start += len(each)
    return False

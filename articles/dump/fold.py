"""Folding a line for the eye of a pattern: width, traditional forms, odd spaces.

In: any text.  Out: text in which a cue is written one way only.  The folded
text decides what a line *is*; it is never stored and never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

BLANKS = " \t\u3000\ufeff\u200b\u200c\u200d\u2060\u00a0\x0b\x0c\u0085\u2028\u2029"

# NFKC would turn these into strings that mean something else to a pattern.
_KEPT = {ord(ch): ch for ch in "…①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"}
_ALIKE = {
    "〔": "[",
    "〕": "]",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "・": "·",
    "•": "·",
    "丨": "|",
    "│": "|",
    "┃": "|",
    "︱": "|",
}


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _fold_char(ch: str) -> str:
    """One character folded to one character, so that offsets survive."""
    if ord(ch) in _KEPT:
        return ch
    if ch in _ALIKE:
        return _ALIKE[ch]
    plain = unicodedata.normalize("NFKC", ch)
    if len(plain) != 1:
        return ch
    if "\u3400" <= plain <= "\u9fff":
        simple = str(_converter().convert(plain))
        return simple if len(simple) == 1 else plain
    return " " if plain in BLANKS else plain


class _Table(dict[int, str]):
    """A translation table that fills itself: one conversion per distinct character."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Same length as ``text``; full width to half, traditional to simplified.

    >>> fold("（轉自《人民網》）")
    '(转自《人民网》)'
    """
    if len(text) < _LONG:
        return text.translate(_TABLE)
    for code in set(map(ord, text)):
        if (folded := _TABLE[code]) != (char := chr(code)):
            text = text.replace(char, folded)
    return text


_LONG = 5_000  # characters from which it is quicker to replace one kind at a time


def squeeze(text: str) -> str:
    """Without any white space: the form in which two titles are compared.

    >>> squeeze("要 事　录")
    '要事录'
    """
    return "".join(text.split()).replace("\ufeff", "").replace("\u200b", "")


def key(text: str) -> str:
    """Only letters and digits of the folded text: equal keys are the same headline.

    >>> key("**“双高”转型，蹚新路**") == key("「雙高」轉型 蹚新路")
    True
    """
    return letters(fold(text))


def letters(folded: str) -> str:
    """The key of a text that is folded already."""
    return _NO_LETTER.sub("", folded)


_NO_LETTER = re.compile(r"[\W_]+")

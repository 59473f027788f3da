"""Text folded for searching: what counts as the same string.

In: any text.  Out: *runs*, strings of letters and digits in which width, case and
traditional forms no longer tell, and quotation marks, ``、``, ``·`` and white space
between Chinese characters have vanished.  Any other mark ends a run.  Folding goes
character by character, so a piece of a text folds to a piece of the folded text: that
is what makes a search for any string exact.  Folded text is never shown or cited.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

# What the index of a database was made with; `rebuild_search` after changing any of it.
FOLDING = "3"

BREAK = "\n"
_BLANK = " "
_VANISHING = frozenset(
    "\"'`´“”„‟‘’‚‛«»‹›「」『』﹁﹂﹃﹄〝〞〟❛❜❝❞"  # quotation marks
    "、､·・･•‧∙⋅"  # between names and the parts of names
    "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # marks that have no width
)
_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INNER_BLANKS = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")


class Folded(NamedTuple):
    """Folded text, runs divided by BREAK, and where each character came from."""

    text: str
    offsets: list[int]


def fold(text: str) -> str:
    """The runs of ``text`` divided by BREAK.

    >>> fold("“放、管、服”改革，PM２.5；轉型 發展")
    '放管服改革\\npm2\\n5\\n转型发展'
    """
    plain = text.translate(_TABLE)
    return _INNER_BLANKS.sub("", plain).replace(_BLANK, BREAK)


def runs(text: str) -> list[str]:
    """What a search for ``text`` must find, each piece somewhere."""
    return [run for run in fold(text).split(BREAK) if run]


def fold_with_offsets(text: str) -> Folded:
    """``fold(text)``, and for each of its characters the index in ``text``."""
    plain, offsets = [], []
    for index, character in enumerate(text):
        for folded in _TABLE[ord(character)]:
            plain.append(folded)
            offsets.append(index)
    joined = "".join(plain)
    vanished = {
        at for gap in _INNER_BLANKS.finditer(joined) for at in range(*gap.span())
    }
    kept = [at for at in range(len(joined)) if at not in vanished]
    return Folded(
        "".join(joined[at] for at in kept).replace(_BLANK, BREAK),
        [offsets[at] for at in kept],
    )


def unfolded(text: str) -> set[str]:
    """The letters in ``text`` that are not written as they fold: 發, Ａ."""
    fresh = set(text) - _PLAIN
    changed = {c for c in fresh if _TABLE[ord(c)] != c}
    _PLAIN.update(fresh - changed)
    return {c for c in changed if c.isalnum()}


# Characters that are known to fold to themselves.
_PLAIN: set[str] = set()


class _Table(dict[int, str]):
    """A table for ``str.translate`` that fills itself, a character at a time."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_TABLE = _Table()


def _fold_character(character: str) -> str:
    if character in _VANISHING or _is_variation_selector(character):
        return ""
    plain = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_class(part) for part in plain)


def _class(part: str) -> str:
    if part.isspace():
        return _BLANK
    if part in _VANISHING:
        return ""
    if unicodedata.category(part)[0] in "LNM":
        return _simplified(part)
    return BREAK


def _is_variation_selector(character: str) -> bool:
    return (
        "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    )


def _simplified(part: str) -> str:
    """The simplified form of one character (OpenCC's table of characters)."""
    if part < "\u3400":
        return part
    simple = str(_converter().convert(part))
    return simple if len(simple) == 1 else part


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc  # loaded when the first text is folded

    return opencc.OpenCC("t2s")

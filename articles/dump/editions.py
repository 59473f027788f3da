"""The heads of a newspaper's pages: which page this is and what it is called.

In: a ``Unit``.  Out: page and section where the line is such a head.  Other
stages pass over it, and give both to the articles below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from . import cues
from .flow import Unit
from .masthead import DATE, PAPER, numeral
from .names import is_person

# 3版 综合 2014年9月19日 责任编辑:丁一 / 〔二版·车间〕 / 副刊 第四版 / 某某报 第二版
_NAMED = re.compile(
    r"(?:(?<=\s)|\A)(?:第\s*)?(?P<page>[A-D]?\d{1,2}|[一二三四五六七八九十〇]{1,2})\s*版(?=\s|\Z)"
)
_MARKS = re.compile(r"[^\w:]+|[_—–-]+")
# 4 综合 某某中学报 2012年12月20日 / 某某中学报 2012年12月20日 习作园地 2
_EDGE = re.compile(r"\A[A-D]?\d{1,2}(?=\s)|(?<=\s)[A-D]?\d{1,2}\Z")
_MAX_SIZE = 50


@dataclass(frozen=True, slots=True)
class Edition:
    """Page and name, as the head of a page prints them."""

    page: int
    names: tuple[str, ...]  # of the page, and perhaps of the paper


def section_names(found: Sequence[Edition]) -> list[str | None]:
    """The name of each page: what stands on most heads is the paper's own name."""
    seen = Counter(name for edition in found for name in edition.names)
    paper = {
        name for name, times in seen.items() if times > 1 and 2 * times > len(found)
    }
    return [next((n for n in e.names if n not in paper), None) for e in found]


def edition_line(unit: Unit) -> Edition | None:
    """Page and name where the line heads a page: by the word 版, or by date and paper.

    >>> from .lines import make_line
    >>> from .wrap import as_unit
    >>> edition_line(as_unit(make_line(1, "〔二版·车间〕", True)))
    Edition(page=2, names=('车间',))
    """
    if unit.size > _MAX_SIZE or not ("版" in unit.cue or _EDGE.search(unit.cue)):
        return None  # nearly every line, and soonest found
    if cues.FINAL.search(unit.cue):
        return None
    if _IN_LIST.search(unit.cue):
        return None  # a row of a list of contents
    words = _MARKS.sub(" ", DATE.sub(" ", unit.cue.replace("版:", "版 "))).split()
    text = " ".join(words)
    if (found := _NAMED.search(text)) and _nothing_else(words):
        page = numeral(found["page"].strip("ABCD").lstrip("〇"))
        return Edition(page, _names(words))
    edge = _EDGE.search(unit.cue)
    if not edge or not DATE.search(unit.cue) or not any(map(PAPER.fullmatch, words)):
        return None
    return Edition(int(edge[0].strip("ABCD")), _names(words))


# 听蛙 (三版)
_IN_LIST = re.compile(
    r"[\u4e00-\u9fff”》]\s*[(]\s*第?[\d一二三四五六七八九十]{1,3}\s*版\s*[)]"
)


def _nothing_else(words: Sequence[str]) -> bool:
    """Beside the page only a name, the paper, a date and the staff stand on the line."""
    for n, word in enumerate(words):
        if cues.STAFF.match(word + " ") or ":" in word:
            return True  # names follow
        short = len(word) <= 10 or PAPER.fullmatch(word) or not _HAN.search(word)
        if not short or (n > 0 and len(words) > 9):
            return False
    return True


_HAN = re.compile(r"[\u4e00-\u9fff]")


def front_page(unit: Unit) -> bool:
    """某某报 … 第4期(总第156期) 本期四版: the masthead, wherever OCR has put it."""
    return unit.size <= _MAX_SIZE and _FRONT.search(unit.cue) is not None


_FRONT = re.compile(r"(?:今\s*[日天]|本\s*[期报])\s*[一二三四五六七八九十\d]{1,3}\s*版")


def _names(words: Sequence[str]) -> tuple[str, ...]:
    """Short words that are neither a date, a number nor staff."""
    staff = False
    names = []
    for word in words:
        if cues.STAFF.match(word + " "):
            staff = True
        elif staff and is_person(word):
            continue
        elif (
            re.fullmatch(r"[\u4e00-\u9fff]{2,6}", word)
            and not word.endswith("报")
            and not _NOT_A_NAME.search(word)
        ):
            names.append(word)
    return tuple(names)


# 星期四 第二版 农历正月 总第三期
_NOT_A_NAME = re.compile(r"星期|周[一二三四五六日]|版\Z|农历|期\Z|第|出版")

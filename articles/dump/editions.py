"""The heads of a newspaper's pages: which page this is and what it is called.

In: a ``Unit``.  Out: page and section where the line is such a head.  Other
stages pass over it, and give both to the articles below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import cues
from .flow import Unit
from .fold import squeeze
from .masthead import DATE, PAPER, numeral

# 3版 综合 2014年9月19日 责任编辑:丁一 / 第2版 人物
_NAMED = re.compile(
    r"(?:第\s*)?(?P<page>[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})\s*版(?:\s+|\s*[:·|]\s*|\Z)(?P<section>[\u4e00-\u9fff]{2,6}(?=\s|\Z))?"
)
# 4 综合 某某中学报 2012年12月20日 / 某某中学报 2012年12月20日 习作园地 2
_EDGE = re.compile(r"\A[A-D]?\d{1,2}(?=\s)|(?<=\s)[A-D]?\d{1,2}\Z")
_MAX_SIZE = 50


@dataclass(frozen=True, slots=True)
class Edition:
    """Page and name, as the head of a page prints them."""

    page: int
    section: str | None


def edition_line(unit: Unit) -> Edition | None:
    """Page and name where the line heads a page: by the word 版, or by date and paper."""
    if unit.size > _MAX_SIZE:
        return None
    if found := _NAMED.match(unit.cue):
        return Edition(numeral(found["page"].strip("ABCD")), found["section"])
    edge = _EDGE.search(unit.cue)
    words = unit.cue.split()
    if not edge or not DATE.search(unit.cue) or not any(map(PAPER.fullmatch, words)):
        return None
    return Edition(int(edge[0].strip("ABCD")), _section(words))


def front_page(unit: Unit) -> bool:
    """某某报 … 第4期(总第156期) 本期四版: the masthead, wherever OCR has put it."""
    return unit.size <= _MAX_SIZE and _FRONT.search(unit.cue) is not None


_FRONT = re.compile(r"(?:今\s*[日天]|本\s*[期报])\s*[一二三四五六七八九十\d]{1,3}\s*版")


def _section(words: list[str]) -> str | None:
    """The one short word that is neither paper, date, number nor staff."""
    for word in words:
        if cues.STAFF.match(word + " "):
            return None
        if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", word) and not PAPER.fullmatch(word):
            return squeeze(word) if not word.startswith("星期") else None
    return None

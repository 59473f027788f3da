"""Which publication and issue this is, from the lines that say so themselves.

In: ``Dump.units``.  Out: ``Dump.issue``.  Only lines of a masthead's own form
count: a date or number within a sentence belongs to an article.  What is not
printed stays ``None``; nothing is guessed from the file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from . import cues
from .flow import Dump, Unit
from .fold import fold, squeeze
from .record import IssueKind, IssueRecord

_MAX_SIZE = 90  # an issue line is short
_TOP = 40  # units from the top in which a masthead stands
_REPUBLIC = 1911  # the year before the first of the Republic's calendar
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "Ｏ": 0,
}

_YEAR = (
    r"(?P<year>(?:19|20)\d\d|[一二][〇零○O九][〇零○O一二三四五六七八九]{2}"
    r"|(?:中华)?民国\s*[〇零○一二三四五六七八九十\d]{1,3}(?=\s*年))"
)
_NO = r"(?P<number>\d{1,4}|[一二三四五六七八九十百〇零]{1,4})"
# 2021·5期  2019年第3期  二〇一九年第八期  2016年 第12卷 第3期
_YEAR_NO = re.compile(
    _YEAR + r"\s*[年·./\-,]?\s*(?:第\s*\d+\s*卷\s*[·,]?)?\s*第?\s*" + _NO + r"\s*期"
)
# 2018/04 总第165期: year and number by a slash or a dot alone
_YEAR_SLASH = re.compile(
    _YEAR + r"\s*[/·.]\s*" + r"(?P<number>\d{1,2})(?=\s*(?:\(|总|\s|\Z))"
)
# [2018]第12期
_BRACKET_NO = re.compile(r"\[\s*" + _YEAR + r"\s*\]\s*第?\s*" + _NO + r"\s*[期号]")
# 第37期 第3期(总第71期)
_ONLY_NO = re.compile(r"(?<!总)(?<!总\s)第\s*" + _NO + r"\s*[期辑]")
# 总第212期 总 第 165 期 总期第143期 总143期
# a paper's 第1127号, at the beginning of its line
_TOTAL = re.compile(
    r"总\s*(?:期)?\s*第?\s*(?P<total>\d{1,5}|[一二三四五六七八九十百〇零千]{1,7})\s*期"
    r"|\A第\s*(?P<issue>\d{1,5}|[一二三四五六七八九十百〇零千]{1,9})\s*号(?=\s|\Z)"
)
# 6月1日出版: day and month; the year stands with the issue's number
_DAY_OUT = re.compile(
    r"(?<![年\d])(?P<month>1[0-2]|[1-9])月(?P<day>[12]\d|3[01]|[1-9])日\s*出版"
)
# 第12卷 Vol.12
_VOLUME = re.compile(
    r"第\s*(?P<a>\d{1,3}|[一二三四五六七八九十]{1,3})\s*卷|[Vv][Oo][Ll]\.?\s*(?P<b>\d{1,3})"
)
# 2021年5月10日 二〇一九年八月
DATE = re.compile(
    _YEAR
    + r"\s*[年.\-/]\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*(?:月|[.\-/](?=\d))"
    r"\s*(?:(?P<day>[12]\d|3[01]|0?[1-9]|[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])\s*(?:日|号)?)?"
)
_WEEKDAY = re.compile(r"星\s*期\s*[一二三四五六日天]|周[一二三四五六日]")
PAPER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,12}(?:日报|晚报|晨报|时报|周报|早报|商报|都市报|青年报|工人报|农民报|[\u4e00-\u9fff]报|周刊|新闻))\Z"
)
# 某县农民报, and no gazette, learned journal, picture paper or bulletin
_NEWSPAPER = re.compile(r"[\u4e00-\u9fff]{2,10}(?<![公通学画月年季旬简汇情])报\Z")
_HOUSE = re.compile(
    r"《\s*(?P<name>[^《》]{2,20})\s*》\s*(?:编辑部|杂志社|编委会|编辑委员会|社)"
)
_PAGE_OF_PAPER = re.compile(
    r"(?:第\s*)?(?P<page>[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})\s*版|(?<![A-Za-z])(?P<page2>[A-D]\s?\d{1,2})(?!\d)"
)
_HOSTS = re.compile(r"(?:主\s*[管办]|承\s*办|协\s*办)")
_PERMIT = re.compile(r"准印证号?\s*[:]?\s*(?P<permit>[^\s].{2,24})")
_ISSN = re.compile(r"ISSN\s*[:]?\s*(?P<issn>\d{4}-\d{3}[\dXx])")


@dataclass(frozen=True, slots=True)
class _Found:
    """One masthead line's reading."""

    unit: int
    year: int | None = None
    number: int | None = None
    total: int | None = None
    volume: int | None = None
    date: str | None = None
    weekday: bool = False


def read_masthead(dump: Dump) -> Dump:
    """Fill ``issue`` from the mastheads; the first line that says a thing wins."""
    found = [f for f in map(_read, range(len(dump.units)), dump.units) if f is not None]
    found = [f for f in found if f.unit < _TOP or _is_masthead_line(dump.units[f.unit])]
    weekday = any(f.weekday for f in found)
    listed = any(cues.CONTENTS_TITLE.match(u.cue) for u in dump.units)
    numbered = any(f.number is not None or f.total is not None for f in found)
    paged = any(_prints_page(dump.units[f.unit].cue) for f in found if f.unit < _TOP)
    name = _publication(dump.units, found)
    dated = any(f.date is not None and f.date.count("-") == 2 for f in found)
    named = dated and not listed and _NEWSPAPER.search(name or "") is not None
    is_paper = weekday or paged or named or not (listed or numbered)
    kind = IssueKind.NEWSPAPER_PAGE if is_paper else IssueKind.MAGAZINE
    issue = IssueRecord(
        kind=kind,
        publication=name,
        year=_first(f.year for f in found),
        volume=_first(f.volume for f in found),
        number=_first(f.number for f in found),
        total_number=_first(f.total for f in found),
        date=_best_date(found),
        permit_number=_search(dump.units, _PERMIT, "permit"),
        issn=_search(dump.units, _ISSN, "issn"),
    )
    if issue.year is None and issue.date is not None:
        issue = replace(issue, year=int(issue.date[:4]))
    return replace(dump, issue=issue)


def _prints_page(cue: str) -> bool:
    """某某报 1998年7月15日 第三版: a date and a page on one line."""
    return (
        DATE.search(cue) is not None
        and re.search(
            r"第\s*[一二三四五六七八九十\d]{1,3}\s*版|责\s*任?\s*编|版\s*式|美\s*编",
            cue,
        )
        is not None
    )


def issue_line(cue: str) -> bool:
    """Does the line print an issue's number, total number or date as its own?"""
    return len(cue) <= _MAX_SIZE and _read_cue(0, cue) is not None


def _read(index: int, unit: Unit) -> _Found | None:
    if unit.size > _MAX_SIZE or cues.FINAL.search(unit.cue):
        return None
    return _read_cue(index, unit.cue)


# Dates of a manuscript, not of the issue: 收稿日期:2003-09-02
_OTHER_DATE = re.compile(r"收\s*稿|修\s*回|截\s*稿|定\s*稿|摄于|写于|《")


def _read_cue(index: int, cue: str) -> _Found | None:
    if _OTHER_DATE.search(cue):
        return None
    numbered = (
        _BRACKET_NO.search(cue) or _YEAR_NO.search(cue) or _YEAR_SLASH.search(cue)
    )
    total = _TOTAL.search(cue)
    weekday = bool(_WEEKDAY.search(cue))
    date = (
        DATE.search(cue)
        if not (numbered and numbered.re is _YEAR_SLASH)
        else DATE.search(cue, numbered.end())
    )
    alone = None if numbered else _ONLY_NO.search(cue)
    if not (numbered or total or date or alone):
        return None
    volume = _VOLUME.search(cue)
    rest = _leftover(cue)
    if rest > 14 and not weekday and not total:
        return None
    if not (numbered or total or date or (alone and rest <= 6)):
        return None
    if re.search(r"第\s*\d+\s*[版页]", cue) and not weekday and not date:
        return None
    dated = numbered or date
    return _Found(
        unit=index,
        year=numeral(dated["year"]) if dated else None,
        number=numeral(numbered["number"])
        if numbered
        else numeral(alone["number"])
        if alone
        else None,
        total=numeral(total["total"] or total["issue"]) if total else None,
        volume=numeral(volume["a"] or volume["b"]) if volume else None,
        date=_edtf(date) if date else _day_out(cue, dated),
        weekday=weekday,
    )


def _day_out(cue: str, dated: re.Match[str] | None) -> str | None:
    """2001年第6期 6月1日出版: the day in the year of the issue's number."""
    found = _DAY_OUT.search(cue)
    if not found or not dated:
        return None
    year, month, day = (
        numeral(x) for x in (dated["year"], found["month"], found["day"])
    )
    return f"{year:04d}-{month:02d}-{day:02d}"


def _leftover(cue: str) -> int:
    """Han characters that are neither a date nor a number nor a usual companion."""
    for pattern in (
        _BRACKET_NO,
        _YEAR_NO,
        _YEAR_SLASH,
        _TOTAL,
        DATE,
        _DAY_OUT,
        _VOLUME,
        _ONLY_NO,
        _WEEKDAY,
    ):
        cue = pattern.sub(" ", cue)
    cue = re.sub(
        r"出版|月刊|双月刊|季刊|旬刊|半月刊|周刊|内部|农历.{2,12}|本期.{1,4}版|今日出.{1,3}张|印发|编印",
        " ",
        cue,
    )
    return len(re.findall(cues.HAN, cue))


def _edtf(found: re.Match[str]) -> str:
    date = f"{numeral(found['year']):04d}-{numeral(found['month']):02d}"
    return f"{date}-{numeral(found['day']):02d}" if found["day"] else date


def numeral(text: str) -> int:
    """Arabic or Chinese numeral, also digit by digit.

    >>> numeral("二〇一九"), numeral("十二"), numeral("一百四十三"), numeral("08")
    (2019, 12, 143, 8)
    >>> numeral("中华民国二十五")
    1936
    """
    text = squeeze(text)
    if "民国" in text:
        return _REPUBLIC + numeral(text.partition("民国")[2])
    if text.isdecimal():
        return int(text)
    if not any(unit in text for unit in "十百千"):
        return int("".join(str(_DIGITS.get(ch, 0)) for ch in text))
    total, digit = 0, 0
    for ch in text:
        if ch in "十百千":
            total, digit = (
                total + (digit or 1) * {"十": 10, "百": 100, "千": 1000}[ch],
                0,
            )
        else:
            digit = _DIGITS.get(ch, 0)
    return total + digit


def _is_masthead_line(unit: Unit) -> bool:
    """A masthead far from the top: only a line that is nothing but number and date."""
    found = _read_cue(0, unit.cue)
    return found is not None and bool(
        found.total or found.weekday or (found.number and found.year)
    )


def _first(values: Iterable[int | None]) -> int | None:
    return next((v for v in values if v is not None), None)


def _best_date(found: Sequence[_Found]) -> str | None:
    """The most exact date; a running head may print year and month only."""
    year = _first(f.year for f in found)
    dates = [f.date for f in found if f.date]
    dates = [d for d in dates if int(d[:4]) == year] or dates
    return max(dates, key=len, default=None) if dates else None


def _search(units: Sequence[Unit], pattern: re.Pattern[str], group: str) -> str | None:
    for unit in units:
        if unit.size < 60 and (found := pattern.search(unit.cue)):
            return unit.text[found.start(group) : found.end(group)].strip()
    return None


def _publication(units: Sequence[Unit], found: Sequence[_Found]) -> str | None:
    """The name in 《…》编辑部, beside the date, or printed alone at the top."""
    for unit in units:
        if unit.size < 60 and (house := _HOUSE.search(unit.cue)):
            return squeeze(unit.text[house.start("name") : house.end("name")])
    names = [
        n
        for f in found
        if f.weekday or _prints_page(units[f.unit].cue) or _names_paper(f, units)
        if (n := _name_before(units[f.unit]))
    ]
    top = {squeeze(u.text) for u in units[:8]}
    papers = [name for u in units[:8] for name in _papers(u)]
    if papers and not any(n.endswith("报") for n in names):
        return papers[0]
    for name in names[:1]:
        return next(
            (name[at:] for at in range(len(name) - 1) if name[at:] in top), name
        )
    return _name_at_top(units, {f.unit for f in found})


def _papers(unit: Unit) -> Iterator[str]:
    """A paper's name alone in its line, or in a running head beside the page's own.

    A5 理论周刊 某某日报: the weekly is a page of the daily, as the page's number says.
    """
    words = unit.cue.split()
    if _PAGE_OF_PAPER.fullmatch(words[0] if words else ""):
        words = words[1:]
    else:
        words = [squeeze(unit.cue)]
    for word in words:
        if word.endswith("报") and PAPER.fullmatch(word):
            at = fold(squeeze(unit.text)).find(word)
            yield squeeze(unit.text)[at : at + len(word)] if at >= 0 else word


def _names_paper(found: _Found, units: Sequence[Unit]) -> bool:
    """某县农民报 2013年4月18日 总第3127期, at the very top."""
    words = units[found.unit].cue.split()
    return found.unit < 8 and bool(words) and _NEWSPAPER.search(words[0]) is not None


def _name_before(unit: Unit) -> str | None:
    """The paper's name beside the date, on either side of it."""
    words = _PAGE_OF_PAPER.sub(" ", unit.cue).split()
    for word in words:
        if found := PAPER.fullmatch(word):
            at = unit.cue.find(found["name"])
            return squeeze(unit.text[at : at + len(found["name"])])
    start = DATE.search(unit.cue) or _YEAR_NO.search(unit.cue)
    if not start:
        return None
    before = squeeze(_PAGE_OF_PAPER.sub(" ", unit.cue[: start.start()]))
    if paper := PAPER.search(before):
        tight = squeeze(unit.text[: start.start()])
        at = fold(tight).rfind(paper["name"])
        return tight[at : at + len(paper["name"])] if at >= 0 else None
    return None


def _name_at_top(units: Sequence[Unit], dated: set[int]) -> str | None:
    """A short line before the first date line; one that is printed twice is best."""
    end = min((i for i in dated if i < _TOP), default=None)
    candidates = [
        squeeze(u.text)
        for u in units[: end if end is not None else 8]
        if _may_be_name(u)
    ]
    if end is None:
        papers = [c for c in candidates if PAPER.fullmatch(c)]
        return papers[0] if papers else None
    if not candidates:
        return None
    counts = Counter(candidates)
    return max(candidates, key=lambda c: (counts[c], -candidates.index(c)))


def _may_be_name(unit: Unit) -> bool:
    name = squeeze(unit.cue)
    return (
        2 <= len(name) <= 14
        and re.fullmatch(cues.HAN + "+", name) is not None
        and not unit.listed
        and not _HOSTS.search(name)
        and not cues.CONTENTS_TITLE.match(unit.cue)
        and not cues.STAFF.match(unit.cue)
    )

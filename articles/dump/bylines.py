"""Claims for bylines: marked ones anywhere, bare names below a headline, ends of texts.

In: a ``Sheet``.  Out: claims of byline; for other stages, how a byline is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import cues
from . import dictionary as rjieba
from .flow import Role, Unit
from .fold import squeeze
from .names import is_office, read_authors, split_names
from .sheet import SHORT, Sheet, headline_like
from .writers import (
    bare_names,
    byline_value,
    is_byline,
    posted_names,
    small_office,
)

NAME_ABOVE = "a name above its headline"
OPENING = ("names the author after a mark", "a name alone below a headline")


def claim_bylines(sheet: Sheet) -> None:
    """Marked bylines anywhere; a bare name only below a headline."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i):
            continue
        if is_byline(unit):
            sheet.claim(i, Role.BYLINE, "names the author after a mark", 0.95)
        elif unit.size <= 30 and _bare_name(sheet, i):
            sheet.claim(i, Role.BYLINE, "a name alone below a headline", 0.9)


def _bare_name(sheet: Sheet, i: int) -> bool:
    """张 三 without a mark, right below a headline and above running text."""
    unit = sheet.units[i]
    place = cues.NAME_AND_PLACE.match(unit.cue)
    if unit.cue.endswith(":"):
        return False  # 郦老师: whom a letter addresses
    body = byline_value(place["name"] if place else unit.cue)
    names = split_names(body) or tuple(a.name for a in bare_names(unit.cue))
    if not names and _pen_name_set_apart(sheet, i, sheet.above(i)):
        return True
    if len(names) == 1 and not place and _is_word(unit.cue) and _short_plain(sheet, i):
        return False  # 笑林, below it 问路: a label and a headline, not a headline and a name
    if len(names) > 3 and sheet.role(i - 1) is not Role.TITLE:
        return False  # a list of names
    if not names and small_office(body) and i and sheet.units[i - 1].level:
        return headline_like(sheet.units[i - 1])
    if not names and not is_office(squeeze(body)) and not _SPACED_NAMES.match(unit.cue):
        return False
    above = sheet.above(i)
    if above is None or unit.level:
        return False
    titled = sheet.role(above) in (Role.TITLE, Role.SUBTITLE)
    if titled and _SPACED_NAMES.match(unit.cue):
        return True
    if titled or not names:
        return titled or _office_below_mark(sheet, i, above)
    return _below_unlisted_headline(sheet, i, above, names)


def _is_word(cue: str) -> bool:
    return len(cue) == 2 and rjieba.has_word(cue)


def _short_plain(sheet: Sheet, i: int) -> bool:
    """The line above is as short as a label, and no headline for certain."""
    above = sheet.above(i)
    return above is not None and sheet.free(above) and sheet.units[above].size <= 4


def _pen_name_set_apart(sheet: Sheet, i: int, above: int | None) -> bool:
    """锚 链 between a short line and running text: two letters set apart that are no word."""
    cue, below = sheet.units[i].cue, sheet.below(i)
    if above is None or below is None:
        return False
    begins = sheet.role(above - 1) is Role.RUNNING_HEAD  # the page's first headline
    if rjieba.has_word(squeeze(cue)) and not begins:
        return False
    return (
        _TWO_LETTERS.fullmatch(cue) is not None
        and sheet.free(above)
        and sheet.short(above)
        and headline_like(sheet.units[above])
        and (not sheet.short(below) or sheet.units[below].indent)
    )


_TWO_LETTERS = re.compile(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]")


def _office_below_mark(sheet: Sheet, i: int, above: int) -> bool:
    """An office alone between a headline and running text: marked, or set apart."""
    below = sheet.below(i)
    head = sheet.units[above]
    if not sheet.free(above) or not headline_like(head):
        return False
    apart = head.gap and sheet.units[i].size >= 5 and sheet.short(above)
    if below is None or not (head.level > 0 or apart):
        return False
    return not sheet.short(below) or sheet.closed(below)


def _below_unlisted_headline(
    sheet: Sheet, i: int, above: int, names: Sequence[str]
) -> bool:
    """A line that can only be names, below a short line that may be a headline."""
    unit, head = sheet.units[i], sheet.units[above]
    if not sheet.free(above) or not headline_like(head) or not sheet.short(above):
        return False
    below = sheet.below(i)
    text_below = below is not None and (
        not sheet.short(below) or not sheet.free(below) or sheet.units[below].indent
    )
    if text_below:
        return True
    certain = len(names) > 1 or len(names[0]) > 2 or " " in unit.cue.strip()
    closed = sheet.above(above)
    return certain and (
        head.level > 0
        or closed is None
        or sheet.role(above - 1) is Role.RUNNING_HEAD  # the page's first headline
        or sheet.closed(closed)
        or not sheet.free(closed)
        or _column_name(sheet.units[closed])
    )


def _column_name(unit: Unit) -> bool:
    """A few characters: the name of the column above a headline."""
    return unit.size <= 6 and headline_like(unit)


# Names of two characters set apart, whatever they are: 于 谷  蒲 苇
_SPACED_NAMES = re.compile(
    r"[\u4e00-\u9fff] +[\u4e00-\u9fff](?: +[\u4e00-\u9fff] +[\u4e00-\u9fff]){0,3}\Z"
)


def claim_end_bylines(sheet: Sheet) -> None:
    """(张三 李四), a name set to the right, or an office below the last paragraph."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.size > 30 or unit.level:
            continue
        above = sheet.above(i)
        if above is None or not (
            sheet.closed(above)
            or sheet.role(above) is Role.VERSE
            or sheet.units[above].size > SHORT
        ):
            continue
        found = cues.END_BYLINE.match(unit.cue)
        inner = byline_value(found[1] if found else _SIGNING_DAY.sub("", unit.cue))
        if found and (read_authors(inner) or _some_name(inner) or small_office(inner)):
            sheet.claim(i, Role.BYLINE, "author in brackets after the text", 0.85)
        elif unit.right and (read_authors(inner) or _some_name(inner)):
            sheet.claim(i, Role.BYLINE, "author set to the right after the text", 0.85)
        elif (
            not found
            and sheet.closed(above)
            and (posted_names(inner) or _dated_name(unit.cue, inner))
        ):
            sheet.claim(i, Role.BYLINE, "author with a post after the text", 0.75)
        elif (
            not found
            and sheet.closed(above)
            and is_office(squeeze(unit.cue))
            and len(squeeze(unit.cue)) >= 5
        ):
            sheet.claim(i, Role.BYLINE, "office signing after the text", 0.7)


_SIGNING_DAY = re.compile(r"\s+(?:\d{4}年)?\d{1,2}月\d{1,2}日\Z")


def _dated_name(cue: str, inner: str) -> bool:
    """学生 束红云 11月20日: who writes a letter, and when"""
    return _SIGNING_DAY.search(cue) is not None and _some_name(inner)


def _some_name(text: str) -> bool:
    """A name among other words: 高二(5)班 张三."""
    return any(split_names(p) for p in re.split(r"[\s,、]+", text) if 2 <= len(p) <= 4)

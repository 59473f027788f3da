"""The dump's own house style: lines of one form that stand where articles begin.

In: a ``Sheet``.  Out: claims of title.  A periodical sets all its headlines in
one form: after ``#``, between marks, after a mark, a number or a time, or with
the author's name on the same line.  Which form it is the dump itself tells: the
lines of that form are followed by bylines, or preceded by signatures, or (where
nobody signs) by running text, every time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import cues
from .flow import Role, Unit
from .fold import squeeze
from .names import is_office, read_authors
from .ornaments import names_section
from .record import AuthorRecord
from .sheet import SHORT, TITLE_MAX, Sheet, is_numbered, is_sentence
from .writers import bare_names, byline_value, is_byline, signs_at_end, spaced_names

STYLED = "has the form of this publication's headlines"
MARKED = "**"
PLAIN = "plain"

_MARK = r"[^\w\s“”‘’《》()\[\]?!。,、:;%#*+\-—–…\"'|/&~=.]"
# 【某镇调查】 ◆某镇调查◆ ═══ 某镇调查 ═══ —— 某镇调查 —— =某镇调查=
_BETWEEN = re.compile(
    rf"(?P<mark>(?:{_MARK}|[=—–-]|\[)+)\s*(?=\S)(?P<text>.*?\S)\s*(?:{_MARK}|[=—–-]|\])+\Z"
)
# ■某镇调查 · 某镇调查 ▶ 某镇调查
_AFTER = re.compile(rf"(?P<mark>{_MARK}+)\s*(?=\S)")
_NUMBERS = (cues.CHAPTER, cues.SECTION, cues.ITEM, cues.BRACED, cues.CIRCLED)
# 某镇调查(张 三) 某镇调查/张三 某镇调查   张 三: the author on the headline's own line
_SIGNED = (
    re.compile(r"\s*[(](?P<names>[^()]{2,24})[)]\Z"),
    re.compile(r"\s*[/|]\s*(?P<names>[^/|]{2,24})\Z"),
    re.compile(r"(?:[\u3000\t]+|\s{2,})(?P<names>\S{2,4}(?:[\s、]+\S{1,4}){0,5})\Z"),
)


# Forms that headings have too; there a signature must tell which is which
_RANKED = ("level", MARKED, PLAIN)
_SHARED = (*_RANKED, "number")


@dataclass(frozen=True, slots=True)
class Form:
    """How a short line is set, and which part of it is the headline proper."""

    name: str
    start: int
    end: int
    authors: tuple[AuthorRecord, ...] = ()


def read_form(unit: Unit) -> Form:
    """The form of a line, from the outside in.

    >>> from .lines import make_line
    >>> from .wrap import as_unit
    >>> form = read_form(as_unit(make_line(1, "■某镇渡口调查(张 三)", True)))
    >>> form.name, [a.name for a in form.authors]
    ('after ■', ['张三'])
    """
    cue = unit.cue
    end, authors = _signature(unit)
    if found := _BETWEEN.match(cue[:end].rstrip()):
        return Form("between " + found["mark"][0], *found.span("text"), authors)
    if found := _AFTER.match(cue):
        return Form("after " + found["mark"][0], found.end(), end, authors)
    if found := cues.TIME_ROW.match(cue):
        return Form("time", found.end(), end, authors)
    for number in _NUMBERS:
        if found := number.match(cue):
            return Form("number " + number.pattern[:6], found.end(), end, authors)
    name = f"level {unit.level}" if unit.level else MARKED if unit.bold else PLAIN
    return Form(name, 0, end, authors)


def _signature(unit: Unit) -> tuple[int, tuple[AuthorRecord, ...]]:
    """Where the headline ends before the author's name, if one stands on its line."""
    for pattern in _SIGNED:
        for text in (unit.cue, unit.text):
            found = pattern.search(text)
            if not found or found.start() < 2 or _ends_sentence(unit.cue, found):
                continue
            names = byline_value(unit.cue[slice(*found.span("names"))])
            if authors := read_authors(names) or spaced_names(names):
                return found.start(), authors
    return len(unit.cue), ()


def _ends_sentence(cue: str, signature: re.Match[str]) -> bool:
    """……还出不出?(读者 张三): a signed text, no headline."""
    return cues.FINAL.search(cue[: signature.start()].rstrip()) is not None


def styled_title(unit: Unit) -> str:
    """The headline without the marks, the number and the name of its form."""
    form = read_form(unit)
    return unit.text[form.start : form.end].strip()


# ---- which form the headlines have ---------------------------------------------------------


def claim_styled_headlines(sheet: Sheet) -> None:
    """All lines of the forms that this dump's headlines have."""
    forms = {i: read_form(u) for i, u in enumerate(sheet.units) if _candidate(sheet, i)}
    by_form: dict[str, list[int]] = defaultdict(list)
    for i, form in forms.items():
        by_form[form.name].append(i)
    signed = {i for i in forms if forms[i].authors or _signed(sheet, i)}
    opening = {i for i in forms if i in signed or opens_text(sheet, i)}
    for name in _headline_forms(by_form, signed, opening):
        all_signed = sum(i in signed for i in by_form[name]) >= len(by_form[name]) - 1
        shared = name.startswith(_SHARED) and not all_signed  # the first has none above
        telling = signed if signed and shared else opening
        known = signed and name.startswith(_RANKED)  # headlines by their bylines
        for i in by_form[name]:
            if i in telling and (forms[i].authors or not known):
                sheet.claim(i, Role.TITLE, STYLED, 0.85)


def _candidate(sheet: Sheet, i: int) -> bool:
    unit = sheet.units[i]
    return (
        (sheet.free(i) or sheet.role(i) is Role.TITLE)
        and 2 <= unit.size <= TITLE_MAX
        and not unit.indent
        and cues.CONTACT_WORD.match(unit.cue) is None
        and cues.CLAUSE.search(unit.cue) is None
        and cues.JUMP_OUT.search(unit.cue) is None
        and not is_byline(unit)
        and not (cues.NAME_AND_PLACE.match(unit.cue) and bare_names(unit.cue))
        and not names_section(sheet, i)
        and not re.search(r"[。;]|:\Z", unit.cue)
    )


def _signed(sheet: Sheet, i: int) -> bool:
    """A byline or a dateline follows, or the text above has been signed."""
    below, above = sheet.below(i), sheet.above(i)
    if sheet.role(i) is Role.TITLE:
        return True
    if above is not None and _is_signature(sheet, above) and opens_text(sheet, i):
        return True
    if below is None:
        return False
    unit = sheet.units[below]
    return bool(
        is_byline(unit)
        or cues.DATELINE.match(unit.cue)
        or (unit.size <= 30 and (bare_names(unit.cue) or is_office(squeeze(unit.cue))))
    )


def _is_signature(sheet: Sheet, i: int) -> bool:
    """The text is signed here: by an office, in brackets, or by a name set to the right."""
    unit = sheet.units[i]
    alone = cues.END_BYLINE.match(unit.cue) if unit.size <= 30 else None
    return bool(
        sheet.role(i) is Role.AFFILIATION
        or signs_at_end(unit)
        or (alone and read_authors(byline_value(alone[1])))
        or (unit.right and unit.size <= 16 and read_authors(byline_value(unit.cue)))
    )


def opens_text(sheet: Sheet, i: int) -> bool:
    """Running text stands right below, and what is above is finished."""
    below, above = sheet.below(i), sheet.above(i)
    if below is None or not sheet.free(below):
        return False
    finished = (
        above is None
        or not sheet.free(above)
        or sheet.closed(above)
        or _is_signature(sheet, above)
    )
    unit = sheet.units[below]
    return finished and (unit.size > SHORT or (unit.size >= 15 and sheet.closed(below)))


def _headline_forms(
    by_form: Mapping[str, Sequence[int]], signed: set[int], opening: set[int]
) -> list[str]:
    """The forms whose lines are signed mostly; where none is, the most striking form."""
    found = []
    for name, members in by_form.items():
        known = sum(i in signed for i in members)
        starting = sum(i in opening for i in members)
        if (
            known >= 2
            and starting >= 0.7 * len(members)
            and known >= 0.5 * len(members)
        ):
            found.append(name)
    if found or any(i in signed for members in by_form.values() for i in members):
        return found
    silent = [
        name
        for name, members in by_form.items()
        if name != PLAIN
        and len(members) >= 3
        and sum(i in opening for i in members) >= 0.8 * len(members)
    ]
    return sorted(silent, key=_striking)[:1]


def _striking(name: str) -> tuple[int, str]:
    """Ranks come before marks, marks before bold type, numbers last."""
    order = ("level", "between", "after", "time", MARKED, "number")
    return next(n for n, kind in enumerate(order) if name.startswith(kind)), name


def claim_reserved_ranks(sheet: Sheet) -> None:
    """A rank that this dump gives to headlines alone: its headings are set otherwise."""
    ranked: dict[int, list[int]] = defaultdict(list)
    for i, unit in enumerate(sheet.units):
        if unit.level and sheet.role(i) in (None, Role.TITLE):
            ranked[unit.level].append(i)
    for members in ranked.values():
        if _reserved(sheet, members):
            for i in members:
                if sheet.free(i) and _candidate(sheet, i):
                    sheet.claim(i, Role.TITLE, STYLED, 0.75)


def _reserved(sheet: Sheet, members: Sequence[int]) -> bool:
    """Several of the rank begin articles for certain (nearly all, where a contents list
    names the headlines), none has a number, and headings (numbered, or in bold type)
    are printed without the rank."""
    known = sum(_signed(sheet, i) for i in members)
    share = 0.9 if sheet.dump.contents else 0.4
    if known < 2 or known < share * len(members):
        return False
    if any(is_numbered(sheet.units[i]) for i in members):
        return False
    level = sheet.units[members[0]].level
    headings = sum(
        unit.level != level
        and unit.size <= TITLE_MAX
        and (unit.bold or (is_numbered(unit) and not is_sentence(unit)))
        for i, unit in enumerate(sheet.units)
        if sheet.role(i) in (None, Role.HEADING)
    )
    return headings >= 2


def claim_last_resort(sheet: Sheet) -> None:
    """Where no headline has been found at all, short lines above running text are the headlines."""
    if any(sheet.role(i) is Role.TITLE for i in range(len(sheet.units))):
        return
    for i, unit in enumerate(sheet.units):
        if (
            sheet.free(i)
            and _candidate(sheet, i)
            and sheet.short(i)
            and read_form(unit).name in (PLAIN, MARKED)
            and opens_text(sheet, i)
        ):
            sheet.claim(i, Role.TITLE, STYLED, 0.6)

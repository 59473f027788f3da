"""Claims for what stands inside an article: notes, lists, verse, headings, text.

In: a ``Sheet``.  Out: the remaining claims; after ``claim_rest`` every unit
has a role.  A heading is told from a cut paragraph only by its form here;
``untangle`` may find that its sentence goes on elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import cues
from .flow import Role, Unit
from .fold import key, squeeze
from .masthead import issue_line
from .names import is_office, read_authors
from .sheet import SHORT, Sheet, is_numbered, is_sentence, sentence_like


def claim_tables(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if cues.TABLE_ROW.match(unit.cue):
            sheet.claim(i, Role.LIST_ITEM, "row of a table")


def claim_programmes(sheet: Sheet) -> None:
    """Rows that begin with a time, several on end: a list of programmes, day by day."""
    row = [bool(u.size <= SHORT and cues.TIME_ROW.match(u.cue)) for u in sheet.units]
    for i in _announced(sheet, row):
        sheet.claim(i, Role.CONTENTS, "names a programme that follows", 0.85)
        row[i] = False
    day = [bool(u.size <= 16 and cues.WEEKDAY_LINE.match(u.cue)) for u in sheet.units]
    listed = [a or b for a, b in zip(row, day, strict=True)]
    for i in range(len(sheet.units)):
        beside = any(listed[max(0, i - 1) : i]) or any(listed[i + 1 : i + 2])
        if row[i] and beside and not sheet.closed(i):
            sheet.claim(i, Role.LIST_ITEM, "row of a programme", 0.9)
        elif day[i] and any(row[i + 1 : i + 3]):
            sheet.claim(i, Role.HEADING, "day of a programme", 0.9)


def _announced(sheet: Sheet, row: Sequence[bool]) -> list[int]:
    """[6:30]某地的井: rows before the first text that name headlines of the dump."""
    first = next((i for i, u in enumerate(sheet.units) if u.size > SHORT), 0)
    later = {
        sheet.keys[j]
        for j in range(len(sheet.units))
        if not row[j] and 3 <= len(sheet.keys[j]) <= 40
    }
    found = []
    for i in range(first):
        start = cues.TIME_ROW.match(sheet.units[i].cue) if row[i] else None
        if start is None:
            continue
        named = key(sheet.units[i].text[start.end() :])
        if any(title in named for title in later):
            found.append(i)
    return found if len(found) >= 2 else []


def claim_jumps(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        found = cues.JUMP_IN.match(unit.cue) or cues.JUMP_OUT.match(unit.cue)
        if found and found.end() == len(unit.cue.rstrip()):
            sheet.claim(i, Role.JUMP, "jump mark alone on its line")


def claim_affiliations(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if (
            unit.size > 120
            or not sheet.free(i)
            or cues.BIOGRAPHY.match(unit.cue.replace("**", ""))
        ):
            continue
        bracketed = unit.cue[:1] in "([" or unit.cue.rstrip()[-1:] in ")]"
        if cues.AUTHOR_AFFILIATION.match(unit.cue) and (
            bracketed or "单位" in unit.cue[:8]
        ):
            if not read_authors(_after_colon(unit.cue)):
                sheet.claim(i, Role.AFFILIATION, "names the author's office")
        elif _office_in_brackets(unit):
            sheet.claim(i, Role.AFFILIATION, "office and postcode in brackets", 0.85)


def _after_colon(cue: str) -> str:
    """The value of 作者:张三, or nothing for 作者单位:…"""
    found = re.match(r"[(\[]?\s*作\s*者\s*[:/]\s*(.*?)[)\]]?\Z", cue)
    return found[1] if found else ""


# (某某学院 图书馆,某市 300412)
_POSTCODE = re.compile(r"[(\[][^()\[\]]{4,60}[\s,]\d{6}[^()\[\]]{0,30}[)\]]\Z")


def _office_in_brackets(unit: Unit) -> bool:
    return _POSTCODE.match(unit.cue) is not None


def claim_head_offices(sheet: Sheet) -> None:
    """(某某学校教研组) right below a byline is the author's office."""
    for i, unit in enumerate(sheet.units):
        found = cues.END_BYLINE.match(unit.cue)
        if (
            found
            and sheet.free(i)
            and sheet.role(i - 1) is Role.BYLINE
            and not cues.STAGE.match(unit.cue)
            and not read_authors(found[1])
            or (
                found
                and sheet.free(i)
                and sheet.role(i - 1) is Role.BYLINE
                and is_office(squeeze(found[1]))
            )
        ):
            sheet.claim(i, Role.AFFILIATION, "office below the byline", 0.85)


def claim_credits(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size <= 30 and cues.CREDIT.match(unit.cue) and not is_sentence(unit):
            sheet.claim(i, Role.CREDIT, "names the source")


def claim_notes(sheet: Sheet) -> None:
    referred = {
        ch for u in sheet.units if u.size > 20 for ch in _CIRCLES.findall(u.cue[1:])
    }
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.level:
            continue
        plain = unit.cue.replace("**", "")
        if cues.BIOGRAPHY.match(plain):
            sheet.claim(i, Role.NOTE, "the author's biography")
        elif cues.NOTE.match(plain):
            sheet.claim(i, Role.NOTE, "keywords, number or footnote")
        elif (
            cues.CIRCLED.match(unit.cue)
            and unit.cue[0] in referred
            and _stands_in_text(sheet, i)
        ):
            sheet.claim(i, Role.NOTE, "footnote", 0.85)


_CIRCLES = re.compile(r"[①-⑳]")


def _stands_in_text(sheet: Sheet, i: int) -> bool:
    """A footnote follows a page's last line; an item of a list follows 如下: or an item."""
    if i == 0:
        return False
    above = sheet.units[i - 1]
    return (
        _CIRCLES.match(above.cue) is None
        and not above.cue.endswith(":")
        and sheet.units[i].cue[0]
        in "".join(u.cue[1:] for u in sheet.units[max(0, i - 3) : i])
    )


def claim_foreign_heads(sheet: Sheet) -> None:
    """The headline and the names in English, near an abstract in English."""
    anchors = [
        i
        for i, u in enumerate(sheet.units)
        if _ABSTRACT_PARTS.match(u.cue.replace("**", ""))
    ]
    for at in anchors:
        for i in range(max(0, at - 6), min(len(sheet.units), at + 6)):
            unit = sheet.units[i]
            if (
                sheet.free(i)
                and unit.size <= 250
                and _FOREIGN.fullmatch(unit.cue)
                and not _ABSTRACT_PARTS.match(unit.cue.replace("**", ""))
                and not sheet.closed(i)
            ):
                sheet.claim(i, Role.NOTE, "headline or names in English", 0.8)


# Abstract: ... / Key words: ... / 关键词:...
_ABSTRACT_PARTS = re.compile(
    r"[\[【(]?\s*(?:(?:Abstract|ABSTRACT|Key\s*[Ww]ords|KEY WORDS)\b|关\s*键\s*词)"
)
_FOREIGN = re.compile(r"[^\u3400-\u9fff]*[A-Za-z]{2}[^\u3400-\u9fff]*")


def claim_stage_directions(sheet: Sheet) -> None:
    """(音响:扫地声) (片花): no affiliation, no heading."""
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and unit.size <= 40 and cues.STAGE.match(unit.cue):
            sheet.claim(i, Role.NOTE, "what the listener hears", 0.8)


def claim_bracketed_lines(sheet: Sheet) -> None:
    """A whole line in brackets that names nobody is no heading."""
    for i, unit in enumerate(sheet.units):
        bracketed = 3 <= unit.size <= 40 and _IN_BRACKETS.fullmatch(unit.cue)
        if sheet.free(i) and bracketed and not read_authors(unit.cue.strip("()")):
            sheet.claim(i, Role.PARAGRAPH, "line in brackets", 0.75)


_IN_BRACKETS = re.compile(r"[(][^()]+[)]")


def claim_references(sheet: Sheet) -> None:
    """参考文献 is a heading; what follows in the form of entries is its list."""
    for i, unit in enumerate(sheet.units):
        if not (unit.size <= 20 and cues.REFERENCES.match(unit.cue)):
            continue
        sheet.claim(i, Role.HEADING, "headline of the references", 0.97)
        at = i + 1
        while at < len(sheet.units) and _reference_or_passed(sheet, at):
            if cues.REFERENCE_ITEM.match(sheet.units[at].cue):
                sheet.claim(at, Role.LIST_ITEM, "entry of the references", 0.97)
            at += 1


def _reference_or_passed(sheet: Sheet, at: int) -> bool:
    role = sheet.role(at)
    if role is None:
        unit = sheet.units[at]
        passed = (
            unit.size <= 60
            and issue_line(unit.cue)
            or unit.size <= 40
            and _next_is_reference(sheet, at)
        )
        return bool(cues.REFERENCE_ITEM.match(unit.cue) or passed)
    return role in (Role.RUNNING_HEAD, Role.DUPLICATE, Role.LIST_ITEM)


def _next_is_reference(sheet: Sheet, at: int) -> bool:
    """A running head inside a list of references is passed over."""
    after = sheet.units[at + 1] if at + 1 < len(sheet.units) else None
    return (
        after is not None
        and after.cue[:1] == "["
        and cues.REFERENCE_ITEM.match(after.cue) is not None
    )


def claim_verse(sheet: Sheet) -> None:
    """Runs of short unpunctuated lines without blank lines or with two final blanks."""
    run: list[int] = []
    for i in range(len(sheet.units) + 1):
        if i < len(sheet.units) and sheet.free(i) and _verse_like(sheet.units[i]):
            run.append(i)
            continue
        if (
            i < len(sheet.units)
            and run
            and sheet.role(i) in (Role.PHOTO_CREDIT, Role.RUNNING_HEAD)
        ):
            continue
        if _is_poem(sheet, run):
            for at in run:
                sheet.claim(at, Role.VERSE, "line of verse", 0.9)
        run = []


def claim_marked_verse(sheet: Sheet) -> None:
    """Lines that Markdown ends by force are verse, whatever they look like alone."""
    run: list[int] = []
    for i in range(len(sheet.units) + 1):
        if i < len(sheet.units) and sheet.free(i) and _verse_like(sheet.units[i]):
            if sheet.units[i].gap:
                _claim_stanza(sheet, run)
                run = []
            run.append(i)
            if not sheet.units[i].hard_break or i + 1 == len(sheet.units):
                _claim_stanza(sheet, run)
                run = []
            continue
        _claim_stanza(sheet, run)
        run = []


def _claim_stanza(sheet: Sheet, run: Sequence[int]) -> None:
    if sum(sheet.units[i].hard_break for i in run) >= 1 and all(
        not sheet.units[i].gap for i in run[1:]
    ):
        for i in run:
            sheet.claim(i, Role.VERSE, "line of verse", 0.9)


def _verse_like(unit: Unit) -> bool:
    return (
        unit.size <= 24
        and cues.JUMP_IN.match(unit.cue) is None
        and not (unit.level or unit.bold or unit.indent or unit.listed or unit.right)
        and not is_numbered(unit)
        and len(unit.lines) == 1
    )


def _is_poem(sheet: Sheet, run: Sequence[int]) -> bool:
    if len(run) < 4 and not (
        len(run) >= 2 and all(sheet.units[i].hard_break for i in run[:-1])
    ):
        return False
    together = sum(not sheet.units[i].gap or sheet.units[i].hard_break for i in run)
    final = sum(cues.FINAL.search(sheet.units[i].cue) is not None for i in run)
    contact = sum(cues.CONTACT_WORD.match(sheet.units[i].cue) is not None for i in run)
    return together >= 0.5 * (len(run) - 1) and final <= 0.7 * len(run) and not contact


def claim_headings(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i):
            continue
        if (
            cues.CONTACT_WORD.match(unit.cue)
            and unit.size <= 60
            or "联系" in unit.cue[:4]
            and unit.size <= 40
            and ":" in unit.cue
        ):
            sheet.claim(i, Role.LIST_ITEM, "contact line")
        elif reason := _heading_reason(sheet, i):
            sheet.claim(i, Role.HEADING, *reason)


def _heading_reason(sheet: Sheet, i: int) -> tuple[str, float] | None:
    unit = sheet.units[i]
    if (
        unit.size > SHORT
        or unit.indent
        and not is_numbered(unit)
        or (sheet.closed(i) and not unit.level)
    ):
        return None
    if cues.SALUTATION.match(unit.cue):
        return None
    if unit.level or unit.bold:
        return "marked as a headline", 0.92
    if cues.CLAUSE.search(unit.cue) or cues.HALF_FINAL.search(unit.cue):
        return None
    if "。" in unit.cue:
        return None
    if (
        is_numbered(unit)
        or cues.DECIMAL.match(unit.cue)
        or _SPACED_NUMBER.match(unit.cue)
    ):
        return "numbered short line", 0.93
    if unit.size <= 32 and not _may_be_tail(sheet, i):
        return "short line without a stop", 0.75
    return None


# 1  旧报的家底: a number and two blanks before a heading
_SPACED_NUMBER = re.compile(r"\d{1,2}\s+(?=[\u4e00-\u9fff])")


def _may_be_tail(sheet: Sheet, i: int) -> bool:
    """A short open line may be a cut piece of a paragraph instead of a heading.

    It is one when it talks like running text, when what follows cannot begin a
    sentence, or when the open text before it stands right above.
    """
    before = sheet.above(i)
    open_before = (
        before is not None
        and sheet.free(before)
        and not sheet.closed(before)
        and sheet.units[before].size > SHORT
    )
    after = sheet.units[i + 1] if i + 1 < len(sheet.units) else None
    starts_badly = after is not None and cues.NEVER_FIRST.match(after.cue) is not None
    cue = sheet.units[i].cue
    return (
        starts_badly
        or "。" in cue
        or sentence_like(cue)
        or (open_before and not sheet.units[i].gap)
    )


def claim_rest(sheet: Sheet) -> None:
    for i in range(len(sheet.units)):
        sheet.claim(i, Role.PARAGRAPH, "running text", 0.95)

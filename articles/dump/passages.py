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
from .fold import squeeze
from .names import is_office, read_authors, split_names
from .sheet import SHORT, Sheet, is_numbered, is_sentence, sentence_like


def claim_tables(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if cues.TABLE_ROW.match(unit.cue):
            sheet.claim(i, Role.LIST_ITEM, "row of a table")
    _claim_bare_rows(sheet)


def _claim_bare_rows(sheet: Sheet) -> None:
    """小型坝 121.4 20.7 11.3, again and again: a table without its lines; its top row
    (类型 1990年 2000年 2010年) has as many cells."""
    rows = [_is_bare_row(unit) for unit in sheet.units]
    for i in range(1, len(rows)):
        if rows[i] and rows[i - 1]:
            top = i - 2 if i >= 2 and not rows[i - 2] else i - 1
            if _cells(sheet.units[top]) != _cells(sheet.units[i]):
                top = i - 1
            for at in range(top, i + 1):
                sheet.claim(at, Role.LIST_ITEM, "row of a table", 0.85)


def _cells(unit: Unit) -> int:
    return len(unit.cue.split()) if unit.size <= SHORT else 0


def _is_bare_row(unit: Unit) -> bool:
    """A name and at least two figures, set apart."""
    cells = unit.cue.split() if unit.size <= SHORT else []
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return len(cells) >= 3 and figures >= 2 and figures >= len(cells) - 2


_FIGURE = re.compile(r"[-+±≥≤<>~]?\d[\d.,:/~±-]*[%‰℃]?|[—–-]")


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
        elif unit.size <= 40 and _PRINTED_IN.fullmatch(unit.cue):
            sheet.claim(i, Role.CREDIT, "where the text was printed", 0.9)
        elif unit.size <= 24 and cues.CLOSING.match(unit.cue):
            sheet.claim(i, Role.CREDIT, "says how the text ends", 0.9)


# (《某某周刊》2011年第14期) (《某某报》6月18日): a text's source, alone in brackets
_PRINTED_IN = re.compile(
    r"[(]\s*《[^《》]{2,20}》[^()。;,]{0,20}\d[^()。;]{0,8}[)]|[(]\s*《[^《》]{2,20}[报刊志网]》\s*[)]"
)


def claim_bracketed_lines(sheet: Sheet) -> None:
    """A whole line in brackets that names nobody is no heading."""
    for i, unit in enumerate(sheet.units):
        bracketed = 3 <= unit.size <= 40 and _IN_BRACKETS.fullmatch(unit.cue)
        if sheet.free(i) and bracketed and not read_authors(unit.cue.strip("()")):
            sheet.claim(i, Role.PARAGRAPH, "line in brackets", 0.75)


_IN_BRACKETS = re.compile(r"[(][^()]+[)]")


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
        and not cues.DECIMAL.match(unit.cue)
        and not (_ITEM_MARK.match(unit.cue) and cues.FINAL.search(unit.cue))
        and len(unit.lines) == 1
    )


_ITEM_MARK = re.compile(r"[◎□■○●◆◇☆★▲△·]\s*\S")  # ○雾到晚,收网板。


def _is_poem(sheet: Sheet, run: Sequence[int]) -> bool:
    if len(run) < 4 and not (
        len(run) >= 2 and all(sheet.units[i].hard_break for i in run[:-1])
    ):
        return False
    together = sum(not sheet.units[i].gap or sheet.units[i].hard_break for i in run)
    final = sum(cues.FINAL.search(sheet.units[i].cue) is not None for i in run)
    contact = sum(cues.CONTACT_WORD.match(sheet.units[i].cue) is not None for i in run)
    return together >= 0.5 * (len(run) - 1) and final <= 0.7 * len(run) and not contact


def claim_lone_lines(sheet: Sheet) -> None:
    """守住一城的灯火, between a finished text and the next page: no heading, for nothing
    stands below that it could head; a motto, a pull quote, an eye-catcher."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or not _display_line(sheet, i):
            continue
        if _heads_text(sheet, i) and not _cuts_a_sentence(sheet, i):
            continue
        above = sheet.above(i)
        ended = above is not None and (
            not sheet.free(above)
            and sheet.role(above) not in (Role.TITLE, Role.KICKER, Role.SUBTITLE)
            or sheet.free(above)
            and sheet.closed(above)
        )
        if not ended and above is not None and _is_couplet(unit):
            ended = sheet.units[above].size > SHORT  # it stands inside a sentence
        if ended and not _ROW_OF_COLUMNS.search(unit.text):
            sheet.claim(i, Role.SLOGAN, "short line with no text below", 0.6)


def _cuts_a_sentence(sheet: Sheet, i: int) -> bool:
    """种地要懂地 养畜要懂畜, between the halves of a sentence"""
    above = sheet.above(i)
    return (
        above is not None
        and _is_couplet(sheet.units[i])
        and sheet.free(above)
        and not sheet.closed(above)
        and cues.HALF_FINAL.search(sheet.units[above].cue) is None
    )


def _is_couplet(unit: Unit) -> bool:
    """Two halves of one length, set apart, without a mark."""
    halves = unit.cue.split()
    return (
        len(halves) == 2
        and len(halves[0]) == len(halves[1]) >= 4
        and unit.size == len(halves[0]) * 2
    )


# 7月16日—18日　亚洲港口设备展　新加坡: two wide blanks on one line
_ROW_OF_COLUMNS = re.compile(r"\S(?:\u3000| {2,}|\t)\S.*\S(?:\u3000| {2,}|\t)\S")


def _display_line(sheet: Sheet, i: int) -> bool:
    unit = sheet.units[i]
    return (
        4 <= unit.size <= 24
        and not (unit.level or unit.bold or unit.indent or unit.listed)
        and not is_numbered(unit)
        and not sheet.closed(i)
        and cues.CLAUSE.search(unit.cue) is None
        and not re.search(r"[。:;\d]", unit.cue)
        and not sentence_like(unit.cue)
        and not cues.NEVER_FIRST.match(unit.cue)
        and not read_authors(unit.cue)
    )


def _heads_text(sheet: Sheet, i: int) -> bool:
    """Text, a list or a lower heading stands below, whatever furniture comes between."""
    below = sheet.below(i)
    if below is None:
        return False
    if sheet.free(below):  # 米。 is the end of another text
        return sheet.units[below].size > _TAIL or not sheet.closed(below)
    return sheet.role(below) in _HEADED


_TAIL = 5  # characters of a closed line that no text begins with


_HEADED = frozenset({Role.PARAGRAPH, Role.LIST_ITEM, Role.VERSE, Role.NOTE, Role.JUMP})


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
        elif _is_row(sheet, i):
            sheet.claim(i, Role.LIST_ITEM, "row of names or days", 0.8)
        elif reason := _heading_reason(sheet, i):
            sheet.claim(i, Role.HEADING, *reason)


def _is_row(sheet: Sheet, i: int) -> bool:
    """A row of names, of a timetable, or of several columns that begins with a date."""
    unit = sheet.units[i]
    named = unit.cue.partition(":")[2] or unit.cue
    return bool(
        len(split_names(named)) >= 4
        or cues.WEEKDAY_ROW.match(unit.cue)
        or (
            _DATED_ROW.match(unit.cue)
            and not sheet.closed(i)
            and _ROW_OF_COLUMNS.search(unit.text)
        )
    )


# 7月16日—18日 / 12月上旬 / 9:30
_DATED_ROW = re.compile(
    r"(?:\d{1,2}月)?\d{1,2}[日号]|\d{1,2}月[上中下]旬|\d{1,2}[:.]\d\d"
)


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
    if _NUMBER_ALONE.fullmatch(unit.cue):
        return "a number alone", 0.9
    if unit.level or unit.bold:
        return "marked as a headline", 0.92
    if cues.CLAUSE.search(unit.cue) or cues.HALF_FINAL.search(unit.cue):
        return None
    if "。" in unit.cue:
        return None
    if (
        is_numbered(unit)
        or cues.DECIMAL.match(unit.cue)
        or cues.SPACED_NUMBER.match(unit.cue)
    ):
        return "numbered short line", 0.93
    if unit.size <= 32 and _heads_text(sheet, i) and not _may_be_tail(sheet, i):
        return "short line without a stop", 0.75
    return None


_NUMBER_ALONE = re.compile(r"[一二三四五六七八九十]{1,3}|[IVX]{1,5}|[Ⅰ-Ⅻ]")


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

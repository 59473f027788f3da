"""Claims for what only stations print: lists of programmes, what the listener hears.

In: a ``Sheet``.  Out: claims of list item, heading, note and contents.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import cues
from .flow import Role
from .fold import key
from .sheet import SHORT, Sheet


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


def claim_stage_directions(sheet: Sheet) -> None:
    """(音响:扫地声) (片花): no affiliation, no heading."""
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and unit.size <= 40 and cues.STAGE.match(unit.cue):
            sheet.claim(i, Role.NOTE, "what the listener hears", 0.8)

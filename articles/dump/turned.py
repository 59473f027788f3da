"""Heads turned round: the author's name above the headline, and labels set letter by letter.

In: a ``Sheet``.  Out: claims of byline, title and column label.  A page read column
by column, or from right to left, gives the name first and the headline after it, above
the text or below it.  Nothing but the place of the two lines tells this: a name that
signs a text has another text below it, a name that belongs to a headline has the
headline.
"""

from __future__ import annotations

import re

from . import cues
from . import dictionary as rjieba
from .banners import is_page
from .bylines import NAME_ABOVE
from .flow import FURNITURE_ROLES, Role, Unit
from .fold import squeeze
from .names import is_person
from .sheet import SHORT, Sheet, headline_like, sentence_like
from .writers import is_byline

_LONGEST = 24  # characters of a headline below its author's name
_MANY = 3  # lines set letter by letter that are a habit of the page


def claim_spaced_labels(sheet: Sheet) -> None:
    """江 上 风, 灶 间, 诗 笺: where a page sets several short lines letter by letter, and no
    name stands beside one, it is the name of a column."""
    if not is_page(sheet):
        return
    spaced = [i for i, unit in enumerate(sheet.units) if _letter_by_letter(unit)]
    if len(spaced) < _MANY:
        return
    for i in spaced:
        if sheet.free(i) and not _named(sheet, i):
            sheet.claim(i, Role.COLUMN_LABEL, "short line set letter by letter", 0.75)


def _letter_by_letter(unit: Unit) -> bool:
    letters = unit.cue.split()
    return (
        2 <= len(letters) <= 4
        and all(len(ch) == 1 and re.match(cues.HAN, ch) for ch in letters)
        and not (unit.level or unit.indent)
        and not cues.NOTICE.search(unit.cue)
        and not cues.CONTENTS_TITLE.match(unit.cue)
    )


def _named(sheet: Sheet, i: int) -> bool:
    """A headline whose author's name stands beside it, or itself such a name."""
    above, below = i - 1, i + 1
    if below >= len(sheet.units) or above < 0:
        return False
    if _letter_by_letter(sheet.units[above]):
        return True
    if _letter_by_letter(
        sheet.units[below]
    ):  # 秋 水, below it 阿 苇: of three, a label
        third = below + 1
        return not (third < len(sheet.units) and _letter_by_letter(sheet.units[third]))
    headed = sheet.short(above) and headline_like(sheet.units[above])
    headed = headed and sheet.role(above) in (None, Role.TITLE, Role.SUBTITLE)
    if _name_line(sheet, above) or (headed and not sheet.closed(above)):
        return True
    if _name_line(sheet, below):
        return not (_display(sheet, below + 1) and _text_below(sheet, below + 1))
    if is_person(squeeze(sheet.units[i].cue)) and _display(sheet, below):
        return sheet.closed(above) and not _text_below(sheet, below)
    return False


def _name_line(sheet: Sheet, i: int) -> bool:
    """A name and nothing else: 解长亭, or a byline by its mark."""
    if not 0 <= i < len(sheet.units) or sheet.role(i) not in (None, Role.BYLINE):
        return False
    unit = sheet.units[i]
    name = squeeze(unit.cue)
    whole = unit.size == 3 and " " not in unit.cue
    apart = unit.size == 2 and " " in unit.cue and not rjieba.has_word(name)
    return is_byline(unit) or ((whole or apart) and is_person(name) and not unit.level)


def claim_names_above(sheet: Sheet) -> None:
    """A name, and the headline below it: at the head of a text, or after its end."""
    pairs = [i for i in range(len(sheet.units)) if _pair(sheet, i)]
    habit = any(_tops_a_text(sheet, i) for i in pairs)
    for i in pairs:
        if habit or (_ended_above(sheet, i) and not _text_below(sheet, i + 1)):
            _claim_pair(sheet, i)


def _claim_pair(sheet: Sheet, i: int) -> None:
    label = sheet.labels[i]
    if label is not None and label.role is Role.BYLINE:
        sheet.labels[i] = None
    sheet.claim(i, Role.BYLINE, NAME_ABOVE, 0.75)
    sheet.claim(i + 1, Role.TITLE, "short line below its author's name", 0.75)


def _pair(sheet: Sheet, i: int) -> bool:
    """A name below a finished text, a label or the page's head; then a line of display."""
    if not _name_line(sheet, i) or not _display(sheet, i + 1):
        return False
    if is_byline(sheet.units[i + 1]) or _name_line(sheet, i + 1):
        return False
    above = i - 1
    if above < 0 or sheet.role(above) in FURNITURE_ROLES:
        return True
    return sheet.free(above) and not sheet.short(above)


def _ended_above(sheet: Sheet, i: int) -> bool:
    return i == 0 or not sheet.free(i - 1) or sheet.closed(i - 1)


def _tops_a_text(sheet: Sheet, i: int) -> bool:
    """A label or the page's head above the name, running text below the headline."""
    return (
        i > 0
        and sheet.role(i - 1) in FURNITURE_ROLES
        and sheet.role(i - 1) is not Role.PHOTO_CREDIT
        and _text_below(sheet, i + 1)
    )


def _text_below(sheet: Sheet, i: int) -> bool:
    below = i + 1
    if not sheet.free(below):
        return False
    unit = sheet.units[below]
    return unit.size > SHORT or unit.indent or sheet.closed(below)


def _display(sheet: Sheet, i: int) -> bool:
    if not sheet.free(i):
        return False
    unit = sheet.units[i]
    return (
        headline_like(unit)
        and unit.size <= _LONGEST
        and not sheet.closed(i)
        and not sentence_like(unit.cue)
        and not cues.DECORATED.match(unit.cue)
    )

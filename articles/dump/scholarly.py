"""Claims for the apparatus of a learned journal: notes, references, parts in English.

In: a ``Sheet``.  Out: claims of note, heading and list item.
"""

from __future__ import annotations

import re

from . import cues
from .flow import Role
from .masthead import issue_line
from .sheet import Sheet


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
            and (_stands_in_text(sheet, i) or sheet.role(i - 1) in _ENDS)
        ):
            sheet.claim(i, Role.NOTE, "footnote", 0.85)


_ENDS = (Role.NOTE, Role.AFFILIATION, Role.CREDIT)  # what stands below a text

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

"""The working sheet of the labelling: units and the claims made so far.

In: a ``Dump``.  Out: nothing of its own; ``label`` hands the sheet from rule
to rule.  What one rule has claimed, no later rule takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from . import cues
from .editions import edition_line, section_names
from .flow import FURNITURE_ROLES, Dump, Label, Role, Unit
from .fold import letters, squeeze

SHORT = 45  # a longer line is running text (a headline has two lines by then)
TITLE_MAX = 60

_SIGHT = 12  # units of furniture that a rule looks across

NUMBERS = (cues.CHAPTER, cues.SECTION, cues.ITEM, cues.BRACED, cues.ORDINAL)


@dataclass
class Sheet:
    """Units with their claims; indexes outside the dump are simply not free."""

    dump: Dump
    units: Sequence[Unit]
    labels: list[Label | None]
    keys: Mapping[int, str]  # of each unit its letters
    titles: dict[int, int] = field(default_factory=dict)  # unit -> contents entry

    def free(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.labels[index] is None

    def claim(
        self, index: int, role: Role, reason: str, confidence: float = 0.95
    ) -> None:
        if self.labels[index] is None:
            self.labels[index] = Label(role, reason, confidence)

    def role(self, index: int) -> Role | None:
        label = self.labels[index] if 0 <= index < len(self.units) else None
        return label.role if label else None

    def reason(self, index: int) -> str:
        label = self.labels[index] if 0 <= index < len(self.units) else None
        return label.reason if label else ""

    def short(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.units[index].size <= SHORT

    def closed(self, index: int) -> bool:
        cue = self.units[index].cue
        return bool(
            cues.FINAL.search(cue) or cues.REMARK.search(cue) or cues.SAID.match(cue)
        )

    def above(self, index: int) -> int | None:
        """The nearest unit above that is no page furniture (labels do count)."""
        for at in range(index - 1, max(-1, index - 1 - _SIGHT), -1):
            if not self._passes(at):
                return at
        return None

    def below(self, index: int) -> int | None:
        for at in range(index + 1, min(len(self.units), index + 1 + _SIGHT)):
            if not self._passes(at):
                return at
        return None

    @cached_property
    def sections(self) -> frozenset[str]:
        """Names of sections: from the contents list and from the heads of pages."""
        named = [squeeze(s) for s in self.dump.sections]
        editions = [
            edition
            for unit, label in zip(self.units, self.labels, strict=True)
            if (label is None or label.role is not Role.CONTENTS)
            and (edition := edition_line(unit))
        ]
        return frozenset([*named, *(n for n in section_names(editions) if n)])

    @cached_property
    def airy(self) -> bool:
        """A blank line stands above nearly every paragraph: lines without one belong together."""
        long = [u.gap for u in self.units if u.size > SHORT]
        return len(long) >= 3 and sum(long) >= 0.8 * len(long)

    def tight(self, index: int) -> bool:
        """Set right below the line above it, in a dump where that tells something."""
        return self.airy and not self.units[index].gap

    def _passes(self, at: int) -> bool:
        role = self.role(at)
        return role in FURNITURE_ROLES and role is not Role.COLUMN_LABEL


def open_sheet(dump: Dump) -> Sheet:
    labels = list(dump.labels or (None,) * len(dump.units))
    return Sheet(dump, dump.units, labels, _Keys(dump.units))


class _Keys(dict[int, str]):
    """The letters of units, made when they are asked for: of long ones they seldom are."""

    def __init__(self, units: Sequence[Unit]) -> None:
        super().__init__()
        self._units = units

    def __missing__(self, index: int) -> str:
        found = self[index] = letters(self._units[index].cue)
        return found


def is_sentence(unit: Unit) -> bool:
    """It ends like a sentence or a clause."""
    return bool(cues.FINAL.search(unit.cue) or cues.CLAUSE.search(unit.cue))


def is_numbered(unit: Unit) -> bool:
    """It begins with the number of a chapter, section or item."""
    return any(pattern.match(unit.cue) for pattern in NUMBERS)


def headline_like(unit: Unit) -> bool:
    """Short, unnumbered, not ending like a clause or a sentence."""
    return (
        (1 if unit.level else 2) <= unit.size <= TITLE_MAX
        and not unit.indent
        and cues.CONTACT_WORD.match(unit.cue) is None
        and cues.CLAUSE.search(unit.cue) is None
        and cues.JUMP_OUT.search(unit.cue) is None
        and not re.search(r"[。;]|:\Z", unit.cue)
        and not is_numbered(unit)
        and not cues.SPACED_NUMBER.match(unit.cue)
    )


# Words that a narrative sentence has and a headline has not: 目前,某村已…… / 谁知他又
_NARRATIVE = re.compile(
    r"(?:目前|近年来?|今年|去年|当时|后来|然而|但是?|因为|由于|为了|谁知|不仅|虽然|如果|随着|在|据|自|当)[^,]*,|^为.+,|"
    r"是指|作为[^,]*,|指出|表示|认为|介绍|告诉|说,|说:|坦言|他们?|她|却|又|还有|已经?|正在|曾|竟|才能?|一直|我们?的?[^,]{0,4}[,;]|”[^,]{1,8}说"
)
_NEVER_LAST = (
    "自了着和与及在是最更很一不将对把被从向为以个这那其等并而且也都就但由使让给"
)


# 拆的理由 河流的走向 最大的成就: words that end in such a letter and may end a line
_WHOLE_WORD = re.compile(
    r"(?:[理自缘事]由|[方走取意志风去]向|[变]更|[行作]为|[大天]使|[温饱共平]和|[第统专唯]一|[成]就|[首古京]都|[普]及|存在|现在)\Z"
)


def sentence_like(cue: str) -> bool:
    """A short line that talks like running text and was cut, not a heading."""
    if cue[-1:] in _NEVER_LAST and not _WHOLE_WORD.search(cue):
        return True
    opened = any(cue.count(a) > cue.count(b) for a, b in ("“”", "《》", "()"))
    return opened or _NARRATIVE.search(cue) is not None

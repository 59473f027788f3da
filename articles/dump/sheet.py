"""The working sheet of the labelling: units and the claims made so far.

In: a ``Dump``.  Out: nothing of its own; ``label`` hands the sheet from rule
to rule.  What one rule has claimed, no later rule takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from . import cues
from .flow import FURNITURE_ROLES, Dump, Label, Role, Unit
from .fold import key

SHORT = 45  # a longer line is running text (a headline has two lines by then)
TITLE_MAX = 60

NUMBERS = (cues.CHAPTER, cues.SECTION, cues.ITEM, cues.BRACED, cues.ORDINAL)


@dataclass
class Sheet:
    """Units with their claims; indexes outside the dump are simply not free."""

    dump: Dump
    units: Sequence[Unit]
    labels: list[Label | None]
    keys: list[str]
    titles: dict[int, int] = field(default_factory=dict)  # unit -> contents entry

    def free(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.labels[index] is None

    def claim(self, index: int, role: Role, reason: str, confidence: float = 0.95) -> None:
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
        return cues.FINAL.search(self.units[index].cue) is not None

    def above(self, index: int) -> int | None:
        """The nearest unit above that is no page furniture (labels do count)."""
        at = index - 1
        while at >= 0 and self._passes(at):
            at -= 1
        return at if at >= 0 else None

    def below(self, index: int) -> int | None:
        at = index + 1
        while at < len(self.units) and self._passes(at):
            at += 1
        return at if at < len(self.units) else None

    def _passes(self, at: int) -> bool:
        role = self.role(at)
        return role in FURNITURE_ROLES and role is not Role.COLUMN_LABEL


def open_sheet(dump: Dump) -> Sheet:
    labels = list(dump.labels or (None,) * len(dump.units))
    return Sheet(dump, dump.units, labels, [key(unit.text) for unit in dump.units])


def is_sentence(unit: Unit) -> bool:
    """It ends like a sentence or a clause."""
    return bool(cues.FINAL.search(unit.cue) or cues.CLAUSE.search(unit.cue))


def is_numbered(unit: Unit) -> bool:
    """It begins with the number of a chapter, section or item."""
    return any(pattern.match(unit.cue) for pattern in NUMBERS)

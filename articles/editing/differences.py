"""Printed → reading → corrected: each change of a paragraph with its rule or person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import Levenshtein

from articles.dump import BlockRole
from articles.dump.record import Change
from articles.dump.tidy import joined_text, tidy_block
from articles.editing.history import Hand
from articles.importing.origin import FURNITURE, imported_role_of
from articles.models import Block

ALIKE, LONGEST = 0.5, 20_000
# What the rules of ``articles.dump.tidy_rules`` do, in words.
RULES = {
    "doubled": _("叠印"), "markdown-head": _("标记"), "bold": _("标记"), "link": _("标记"),
    "autolink": _("标记"), "escape": _("标记"), "latex": _("算式"), "brackets": _("括号"),
    "punctuation": _("标点"), "quotes": _("引号"), "angles": _("书名号"),
    "ellipsis": _("省略号"), "dash": _("破折号"), "tilde": _("波浪号"),
    "conjunction": _("连词"), "blank": _("空格"), "letterspacing": _("字距"),
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A stretch of text: kept, or taken out (``old``) and put in (``new``) by ``by``."""

    kept: str = ""
    old: str = ""
    new: str = ""
    by: str = ""


@dataclass(frozen=True)
class Differences:
    """``tidied``: from print to the program's reading.  ``corrected``: to a person's."""

    block: Block
    hand: Hand | None

    @cached_property
    def joined(self) -> str:
        return joined_text(BlockRole(self.role), self.block.printed.split("\n"))

    @cached_property
    def role(self) -> str:
        role = imported_role_of(self.block)
        return "paragraph" if role in FURNITURE else role

    @cached_property
    def tidied(self) -> list[Run]:
        text, changes = tidy_block(BlockRole(self.role), self.block.printed.split("\n"))
        runs = list(_by_rules(self.joined, changes))
        program = self.block.base.get("text", self.block.text)
        if text != program:  # an older parser's reading
            return runs_between(self.joined, program)
        return runs

    @cached_property
    def corrected(self) -> list[Run]:
        if "text" not in self.block.base:
            return []
        by = self.hand.who if self.hand else ""
        return runs_between(self.block.base["text"], self.block.text, by)

    @property
    def any(self) -> bool:
        return bool(self.corrected) or any(run.by for run in self.tidied)


def differences(
    blocks: Iterable[Block], hands: dict[tuple[str, int, str], Hand]
) -> list[Differences]:
    return [
        Differences(block, hands.get(("block", block.pk, "text"))) for block in blocks
    ]


def runs_between(old: str, new: str, by: str = "") -> list[Run]:
    """Character by character; texts with little in common are shown one after the other."""
    if max(len(old), len(new)) > LONGEST or Levenshtein.normalized_similarity(
        old, new
    ) < ALIKE:  # fmt: skip
        return [Run(old=old, new=new, by=by)] if old != new else [Run(kept=old)]
    return [
        Run(kept=old[step.src_start : step.src_end])
        if step.tag == "equal"
        else Run(
            old=old[step.src_start : step.src_end],
            new=new[step.dest_start : step.dest_end],
            by=by,
        )
        for step in Levenshtein.opcodes(old, new)
    ]


def _by_rules(text: str, changes: Iterable[Change]) -> Iterator[Run]:
    at = 0
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if change.start < at:  # inside what another rule has replaced already
            continue
        if change.start > at:
            yield Run(kept=text[at : change.start])
        by = str(RULES.get(change.rule, change.rule))
        yield Run(old=text[change.start : change.end], new=change.text, by=by)
        at = change.end
    if at < len(text):
        yield Run(kept=text[at:])

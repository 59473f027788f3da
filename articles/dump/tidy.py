"""Printed text to reading text by named, logged rules.

In: the printed text of a block.  Out: the reading text and the list of
changes; applying the changes to the printed text gives the reading text
exactly.  Numbers, times, addresses and Latin text keep their marks.  A
misprint stays: this is for reading, never for rewriting.
"""

from __future__ import annotations

from collections.abc import Sequence

from .record import BlockRole, Change


def tidy(text: str) -> tuple[str, tuple[Change, ...]]:
    return text, ()


_OWN_LINES = frozenset({BlockRole.VERSE, BlockRole.LIST_ITEM})


def joined_text(role: BlockRole, lines: Sequence[str]) -> str:
    """How the printed lines of one block make one text.

    Pieces of a cut paragraph follow each other without a separator; verse and
    list items keep a line each; the lines of a headline are set apart by one
    space, as a catalogue records them.
    """
    if role in _OWN_LINES:
        return "\n".join(lines)
    if role in (BlockRole.TITLE, BlockRole.KICKER):
        return " ".join(lines)
    return "".join(lines)

"""What can go wrong with a dump, as classes: each message says where and what to do.

In: facts about the failure.  Out: exceptions whose text a person can act on.
Problems *inside* a readable dump are data (``record.Problem``), never exceptions.
"""

from __future__ import annotations


class DumpError(Exception):
    """Base of all refusals.  ``line`` and ``offset`` are set where they are known."""

    def __init__(
        self,
        source: str,
        what: str,
        advice: str,
        *,
        line: int | None = None,
        offset: int | None = None,
    ) -> None:
        self.source = source
        self.line = line
        self.offset = offset
        super().__init__(f"{_place(source, line, offset)}: {what}; {advice}")


class UndecodableDump(DumpError):
    """The bytes are no text in any encoding that can be told for certain."""


class EmptyDump(DumpError):
    """The file holds no line with a visible character."""


class DumpTooLarge(DumpError):
    """The file is over the documented limit (``lines.MAX_BYTES``, ``lines.MAX_LINES``)."""


class LedgerBroken(DumpError):
    """A line stands in no place or in two; the result was thrown away."""


def _place(source: str, line: int | None, offset: int | None) -> str:
    """``name:12`` or ``name: byte 345`` or just ``name``."""
    if line is not None:
        return f"{source}:{line}"
    if offset is not None:
        return f"{source}: byte {offset}"
    return source

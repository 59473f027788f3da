"""The printed lines behind what stands on a page, each with its number in the dump."""

from __future__ import annotations

from collections.abc import Iterable

from articles.importing.ledger import stored_lines
from articles.models import Block, SourceDump

Lines = list[tuple[int, str]]


def lines_of(block: Block) -> Lines:
    """In reading order, which may differ from the order of the numbers."""
    return list(zip(block.lines, block.printed.split("\n"), strict=False))


def lines_numbered(dump: SourceDump, numbers: Iterable[int]) -> dict[int, str]:
    """These lines of a stored dump, read from its bytes; a number that is none is left out."""
    wanted = set(numbers)
    if not wanted:
        return {}
    return {n: text for n, text in stored_lines(dump).items() if n in wanted}

"""The printed lines of a dump, by number, out of its ledger."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Block, SourceDump


def lines_of(block: Block) -> list[tuple[int, str]]:
    """The block's lines in reading order, each with its number and what is printed."""
    printed = block.printed.split("\n")
    return list(zip(block.lines, printed, strict=False))


def printed_lines(dump: SourceDump | int, numbers: Iterable[int]) -> dict[int, str]:
    """What is printed in these lines; a line that no block has is left out."""
    wanted = set(numbers)
    if not wanted:
        return {}
    blocks = Block.objects.filter(dump=dump).only("lines", "printed")
    found = (pair for block in blocks.iterator() for pair in lines_of(block))
    return {number: text for number, text in found if number in wanted}

"""What is searched of an article's blocks, folded: most of the work of indexing it.

In: blocks in reading order.  Out: a ``Passage``.  It comes from the blocks alone and
knows no database, so whoever has parsed a dump can make it in another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from articles.search.folding import BREAK, fold, runs, unfolded
from articles.search.tokens import Chain, chain_of, common_bits, swapped

HEADING = "heading"


class Text(NamedTuple):
    """What is searched of a block."""

    role: str
    text: str
    printed: str


@dataclass(frozen=True)
class Passage:
    """``text``: the runs, divided by BREAK.  ``headings``: those of the headings, each
    once.  ``unfolded``: letters that are not written as they fold.

    What an engine keeps of it is worked out when it is first asked for.
    """

    text: str
    headings: tuple[str, ...]
    unfolded: frozenset[str]

    @property
    def runs(self) -> list[str]:
        return self.text.split(BREAK) if self.text else []

    @cached_property
    def common(self) -> bytes:
        return common_bits(set(self.text))

    @cached_property
    def chain(self) -> Chain:
        """For SQLite."""
        return chain_of(self.runs)

    @cached_property
    def swapped(self) -> str:
        """For PostgreSQL."""
        return swapped(self.text)

    def prepare(self, vendor: str) -> Passage:
        """With what that engine will ask for, worked out now."""
        if vendor == "sqlite":
            _ = self.chain, self.common
        elif vendor == "postgresql":
            _ = self.swapped
        return self


def passage_of(blocks: Sequence[Text]) -> Passage:
    headings = [block.text for block in blocks if block.role == HEADING]
    texts = (text for block in blocks for text in (block.text, block.printed))
    return Passage(
        BREAK.join(_runs(blocks)),
        tuple(dict.fromkeys(run for heading in headings for run in runs(heading))),
        frozenset(unfolded("".join(texts))),
    )


def _runs(blocks: Iterable[Text]) -> Iterator[str]:
    """The reading text's runs, then those of the printed text that stand in none."""
    for block in blocks:
        text = fold(block.text)
        yield from filter(None, text.split(BREAK))
        if block.printed != block.text:
            yield from (run for run in runs(block.printed) if run not in text)

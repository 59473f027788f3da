"""An article's blocks as a compositor lays them out.

In: the blocks of one article in reading order.  Out: the lines of its head, and a
list of ``Piece``s (paragraph, heading, stanza, list, table, note, credit) that a
template prints without thinking.  Knows nothing of requests; escapes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from typing import Any, Protocol

from articles.models import Role, is_settled

# A reader's mark: where a joint is less sure than the first, or the place of a whole
# paragraph less sure than the second.
DOUBTFUL, MISPLACED = 0.9, 0.6
EDGE = 2  # characters marked on either side of a doubtful joint

HEAD_ROLES = frozenset({Role.TITLE, Role.KICKER, Role.BYLINE})
# The rule between a table's head and its body: "| --- | :-: |"
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")


class Passage(Protocol):
    """Of a block what typesetting asks."""

    anchor: str
    role: str
    text: str
    confidence: float
    printed: str
    lines: list[int]
    base: Mapping[str, Any]


@dataclass(frozen=True)
class Doubt:
    """What the parser was not sure of, and where: the note that a mark leads to."""

    anchor: str
    lines: tuple[int, ...]
    confidence: float
    joined: bool  # a joint between two lines; otherwise the whole paragraph's place

    @property
    def id(self) -> str:
        return f"doubt-{self.anchor}-{self.lines[-1]}"

    @property
    def line_label(self) -> str:
        """``88、90–92``"""
        parts, first = [], self.lines[0]
        for line, following in zip(self.lines, [*self.lines[1:], None], strict=True):
            if following != line + 1:
                parts.append(f"{first}–{line}" if line > first else str(line))
                first = following or line
        return "、".join(parts)

    @property
    def percent(self) -> str:
        return f"{self.confidence:.2f}"


@dataclass(frozen=True)
class Run:
    """A stretch of text.

    ``doubt``: it covers a doubtful joint.  ``line``: it begins where that line of
    the dump begins (only where the printed lines are shown beside the text).
    """

    text: str
    doubt: Doubt | None = None
    line: int | None = None


@dataclass(frozen=True)
class Setting:
    """One block, ready to print."""

    block: Passage
    runs: tuple[Run, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def placed_in_doubt(self) -> Doubt | None:
        return next((doubt for doubt in self.doubts if not doubt.joined), None)

    @cached_property
    def printed(self) -> list[tuple[int, str]]:
        """The dump's lines, numbered, in reading order."""
        return list(zip(self.block.lines, self.block.printed.split("\n"), strict=False))

    @property
    def verses(self) -> list[str]:
        return [line.strip() for line in self.block.text.split("\n") if line.strip()]

    @cached_property
    def table(self) -> list[list[str]]:
        """The rows of a table printed with pipes, its rule left out; else nothing."""
        rows = [row.strip() for row in self.block.text.split("\n") if row.strip()]
        if len(rows) < 2 or not all(row.startswith("|") for row in rows):
            return []
        cells = [
            row.strip("|").split("|") for row in rows if not _TABLE_RULE.fullmatch(row)
        ]
        return [[cell.strip() for cell in row] for row in cells]


@dataclass(frozen=True)
class Piece:
    """One block, or the items of one list.  ``kind`` chooses the mark-up."""

    kind: str
    settings: tuple[Setting, ...]

    @property
    def first(self) -> Setting:
        return self.settings[0]


@dataclass(frozen=True)
class Sheet:
    """A whole article: the printed blocks of its head, then the pieces of its text.

    Credit and affiliation stand last, wherever they were printed.
    """

    head: list[Setting]
    pieces: list[Piece]

    @property
    def first_line(self) -> int | None:
        """Of the dump: where to look for the article in it."""
        settings = [*self.head, *(s for piece in self.pieces for s in piece.settings)]
        return min((line for s in settings for line in s.block.lines), default=None)

    @cached_property
    def headings(self) -> list[Passage]:
        return [piece.first.block for piece in self.pieces if piece.kind == "heading"]

    @cached_property
    def doubts(self) -> list[Doubt]:
        return [
            doubt for piece in self.pieces for s in piece.settings for doubt in s.doubts
        ]


def set_article(blocks: Iterable[Passage]) -> Sheet:
    """For reading: doubtful joints are marked, the others are not seen."""
    return _sheet([_set(block) for block in blocks])


def set_beside_lines(blocks: Iterable[Passage]) -> Sheet:
    """For comparing with print: every joint is marked with the line that begins there."""
    return _sheet([_set_with_cuts(block) for block in blocks])


def _sheet(settings: list[Setting]) -> Sheet:
    pieces = list(_pieces(s for s in settings if s.block.role not in HEAD_ROLES))
    return Sheet(
        head=[s for s in settings if s.block.role in HEAD_ROLES],
        pieces=sorted(pieces, key=lambda piece: piece.kind == "credit"),
    )


def _pieces(settings: Iterable[Setting]) -> Iterator[Piece]:
    for kind, group in groupby(settings, key=_kind):
        if kind == "list":
            yield Piece(kind, tuple(group))
        else:
            yield from (Piece(kind, (setting,)) for setting in group)


def _kind(setting: Setting) -> str:
    role = setting.block.role
    if role in (Role.AFFILIATION, Role.CREDIT):
        return "credit"
    if setting.table:
        return "table"
    return "list" if role == Role.LIST_ITEM else str(role)


def _set(block: Passage) -> Setting:
    sure = block.confidence >= DOUBTFUL or is_settled(block.base)
    if sure or block.role in HEAD_ROLES:
        return Setting(block, (Run(block.text),))
    joints = _joints(block)
    if not joints and block.confidence >= MISPLACED:
        return Setting(block, (Run(block.text),))
    cuts = _cuts(block)
    if not joints or cuts is None:
        lines = tuple(block.lines)
        doubt = Doubt(block.anchor, lines, block.confidence, joined=False)
        return Setting(block, (Run(block.text),), (doubt,))
    doubts = {
        cuts[n]: Doubt(
            block.anchor, tuple(block.lines[n : n + 2]), block.confidence, True
        )
        for n in joints
    }
    return Setting(block, tuple(_runs(block.text, doubts)), tuple(doubts.values()))


def _set_with_cuts(block: Passage) -> Setting:
    cuts = _cuts(block)
    if not cuts:
        return Setting(block, (Run(block.text),))
    places = [0, *cuts, len(block.text)]
    lines: list[int | None] = [None, *block.lines[1:]]
    runs = [
        Run(block.text[start:end], line=line)
        for start, end, line in zip(places, places[1:], lines, strict=False)
    ]
    return Setting(block, tuple(runs))


def _joints(block: Passage) -> list[int]:
    """The joints worth a mark: those across a gap, or a step back.

    Lines that follow each other are a hard-wrapped paragraph or a stanza; a page or
    column break leaves blank lines, or other lines, between the halves.
    """
    if block.role == Role.VERSE or "|" in block.text:
        return []
    pairs = zip(block.lines, block.lines[1:], strict=False)
    return [n for n, (a, b) in enumerate(pairs) if b != a + 1]


def _cuts(block: Passage) -> list[int] | None:
    """Where in the reading text each printed line ends, or None where that is lost.

    Normalising changes punctuation and spaces but keeps letters, digits and Han, so
    the n-th of these in print is the n-th in the reading text.
    """
    printed = block.printed.split("\n")
    places = [i for i, c in enumerate(block.text) if c.isalnum()]
    if len(printed) != len(block.lines):
        return None
    ends = _ends(printed, "".join(block.text[i] for i in places))
    if ends is None:
        return None
    cuts = [0]
    for seen, line in zip(ends, printed, strict=False):
        after = places[seen - 1] + 1 if seen else 0
        before = places[seen] if seen < len(places) else len(block.text)
        cuts.append(max(cuts[-1], min(after + _tail(line), before)))
    return cuts[1:]


def _ends(printed: list[str], text: str) -> list[int] | None:
    """How many of ``text``'s letters stand before the end of each line but the last.

    Where a line was normalised by more than marks (a formula), the letters are
    counted from the side on which print and text still agree.
    """
    lines = ["".join(c for c in line if c.isalnum()) for line in printed]
    ends = list(accumulate(map(len, lines)))[:-1]
    if sum(map(len, lines)) == len(text):
        return ends
    found = []
    for n, end in enumerate(ends, start=1):
        rest = "".join(lines[n:])
        if text.startswith("".join(lines[:n])):
            found.append(end)
        elif text.endswith(rest):
            found.append(len(text) - len(rest))
        else:
            return None
    return found


def _tail(line: str) -> int:
    """How many marks end the line: they belong before the joint."""
    marks = [c for c in line if not c.isspace()]
    return next((n for n, c in enumerate(reversed(marks)) if c.isalnum()), len(marks))


def _runs(text: str, doubts: dict[int, Doubt]) -> Iterator[Run]:
    """``text`` cut so that EDGE characters on each side of a doubt stand apart."""
    at = 0
    for cut, doubt in sorted(doubts.items()):
        start, end = max(at, cut - EDGE), min(len(text), cut + EDGE)
        if start > at:
            yield Run(text[at:start])
        if end > start:
            yield Run(text[start:end], doubt)
        at = max(at, end)
    if at < len(text):
        yield Run(text[at:])

"""A text under revision: every change is logged against the printed text.

In: the printed text and, rule by rule, the places to replace.  Out: the text
so far and the changes in offsets of the *printed* text.  Where two rules touch
the same place their changes become one, so the log never overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .record import Change

Matches = Iterator[tuple[int, int, str]]  # start, end, what stands there instead


class Draft:
    """A text under revision of which nobody wants the log."""

    def __init__(self, printed: str) -> None:
        self.text = printed

    def apply(self, rule: str, matches: Matches) -> None:
        """Replace ``text[start:end]`` for each match; matches rise and do not overlap."""
        pieces: list[str] = []
        at = 0
        for start, end, new in matches:
            pieces += (self.text[at:start], new)
            at = end
        if pieces:
            self.text = "".join(pieces) + self.text[at:]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that stands for ``printed[start:end]``; without a rule it is the same."""

    text: str
    start: int
    end: int
    rule: str | None = None

    def split(self, at: int) -> tuple[_Piece, _Piece]:
        """Only unchanged text can be split."""
        middle = self.start + at
        return _Piece(self.text[:at], self.start, middle), _Piece(
            self.text[at:], middle, self.end
        )


class Revision(Draft):
    """The printed text with the edits made to it so far."""

    def __init__(self, printed: str) -> None:
        super().__init__(printed)
        self.printed = printed
        self._pieces = [_Piece(printed, 0, len(printed))]

    def apply(self, rule: str, matches: Matches) -> None:
        """The same, remembering what stood there."""
        wanted = [m for m in matches if self.text[m[0] : m[1]] != m[2]]
        for start, end, new in reversed(wanted):  # from the end, so offsets stay true
            self._replace(rule, start, end, new)
        if wanted:
            self.text = "".join(piece.text for piece in self._pieces)

    def _replace(self, rule: str, start: int, end: int, new: str) -> None:
        first, before = self._piece_at(start)
        kept: list[_Piece] = []
        head = ""
        piece = self._pieces[first]
        if before and piece.rule is None:
            left, piece = piece.split(before)
            kept.append(left)
        elif before:
            head = piece.text[:before]
        printed_start = piece.start
        at, position, tail, printed_end = first, start - len(head), "", printed_start
        rest: list[_Piece] = []
        while position < end:
            if position + len(piece.text) <= end:
                printed_end = piece.end
            elif piece.rule is None:
                cut, right = piece.split(end - position)
                printed_end = cut.end
                rest.append(right)
            else:
                printed_end, tail = piece.end, piece.text[end - position :]
            position += len(piece.text)
            at += 1
            if position < end:
                piece = self._pieces[at]
        if at == first:  # nothing is replaced: an insertion
            rest, at = ([piece] if piece.text or piece.rule else []), first + 1
        edit = _Piece(head + new + tail, printed_start, printed_end, rule)
        self._pieces[first:at] = [*kept, edit, *rest]

    def _piece_at(self, offset: int) -> tuple[int, int]:
        """The piece that holds the offset, and the offset within it."""
        for index, piece in enumerate(self._pieces):
            if offset < len(piece.text) or (index == len(self._pieces) - 1):
                return index, offset
            offset -= len(piece.text)
        return 0, 0

    def changes(self) -> tuple[Change, ...]:
        """What stands where instead of what was printed."""
        return tuple(
            Change(p.rule, p.start, p.end, p.text)
            for p in self._pieces
            if p.rule is not None and self.printed[p.start : p.end] != p.text
        )


def apply_changes(printed: str, changes: Iterable[Change]) -> str:
    """The reading text again, from the printed text and its log."""
    pieces: list[str] = []
    at = 0
    for change in changes:
        pieces += [printed[at : change.start], change.text]
        at = change.end
    return "".join(pieces) + printed[at:]

"""What editors hold: blocks that keep their lines whatever a new parse says of them.

In: the existing blocks and the newly parsed pieces.  Out: the pieces without the
lines that are held, so that every line still stands in exactly one place.  Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from articles.dump import Alternative, Block, ParsedIssue
from articles.importing.fields import CONFIDENCE_DIGITS, printed_text, reading_text


@dataclass(frozen=True, slots=True)
class Piece:
    """A block or a furniture entry of the new parse, in one form.

    ``article`` is the parser's local id, None for furniture; ``all_lines`` are the
    lines it had before held ones were taken out.
    """

    article: str | None
    role: str
    lines: tuple[int, ...]
    text: str
    confidence: float
    reasons: tuple[str, ...]
    alternative: Alternative | None
    all_lines: tuple[int, ...]
    source: Block | None  # None for furniture


def pieces_of(parsed: ParsedIssue) -> list[Piece]:
    """Every block in reading order, then the furniture in printed order."""
    blocks = [_from_block(a.id, b) for a in parsed.articles for b in a.blocks]
    furniture = [
        Piece(
            None, piece.role.value, piece.lines, printed_text(piece.lines, parsed.printed),
            piece.confidence, piece.reasons, None, piece.lines, None,
        )
        for piece in parsed.furniture
    ]  # fmt: skip
    return blocks + furniture


def without_lines(
    pieces: Sequence[Piece], held: Collection[int], printed: Mapping[int, str]
) -> list[Piece]:
    """The pieces less the held lines; a piece of held lines only disappears."""
    if not held:
        return list(pieces)
    rest = []
    for piece in pieces:
        lines = tuple(n for n in piece.lines if n not in held)
        if len(lines) == len(piece.lines):
            rest.append(piece)
        elif lines:
            text = text_of(piece, lines, printed)
            rest.append(replace(piece, lines=lines, text=text))
    return rest


def text_of(piece: Piece, lines: Sequence[int], printed: Mapping[int, str]) -> str:
    if piece.source is None:
        return printed_text(lines, printed)
    return reading_text(piece.source, lines, printed)


def alternative_value(
    found: Alternative | None, ids: Mapping[str, str]
) -> dict[str, Any] | None:
    """The next-best decision as it is stored: with the article's permanent id."""
    if found is None:
        return None
    article = ids.get(found.article) if found.article else None
    return {
        "lines": list(found.lines),
        "article": article,
        "confidence": round(found.confidence, CONFIDENCE_DIGITS),
    }


def _from_block(article: str, block: Block) -> Piece:
    return Piece(
        article, block.role.value, block.lines, block.text, block.confidence,
        block.reasons, block.alternative, block.lines, block,
    )  # fmt: skip

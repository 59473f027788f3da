"""What a paragraph remembers of the import, whatever is done to it.

Acts change a block's lines, role, home or text and then call ``settle_base``: it
works out, from the origins of the lines (articles.importing.origin), what the block has
to protect so that no import undoes the act, and nothing more.  So joining what was cut
leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from articles.importing.origin import (
    FURNITURE,
    KEPT,
    Origin,
    counterpart,
    is_whole,
    machine_text,
    of_lines,
)
from articles.importing.protect import plain_value
from articles.models import Article, Block

SETTLED = ("lines", "article", "role", "text")


def printed_lines(block: Block) -> list[str]:
    return block.printed.split("\n")


def program_text(block: Block) -> str:
    """What the program reads in the block's lines, whatever an editor made of it."""
    return str(block.base.get("text", block.text))


def settle_base(block: Block, origins: Iterable[Origin], program: str) -> None:
    """Sets ``base`` (unsaved); ``program`` is what the program would have as text."""
    found = of_lines(origins, block.lines)
    mine = counterpart(found, block.lines)
    base = {k: v for k, v in block.base.items() if k not in SETTLED}
    if is_whole(found, block.lines):
        for name in KEPT:
            setattr(block, name, mine[name])
    else:
        base["lines"] = found
        block.alternative = mine["alternative"]
    for name in ("article", "role"):
        if plain_value(block, name) != mine[name]:
            base[name] = mine[name]
    if block.text != program:
        base["text"] = program
    block.base = base


def imported_role(origins: Iterable[Origin], lines: list[int]) -> str:
    return str(counterpart(of_lines(origins, lines), lines)["role"])


def reread(block: Block, role: str) -> str:
    """The text for another role: a person's wording stays, the program's is made anew."""
    corrected = block.text not in (
        program_text(block),
        machine_text(block.role, printed_lines(block)),
    )
    if corrected or role in FURNITURE:
        return block.text
    return machine_text(role, printed_lines(block))


def cut_text(text: str, head: str, tail: str) -> tuple[str, str]:
    """Cuts a corrected text where the program's reading of it falls apart."""
    offset = _offset(head + tail, text, len(head))
    return text[:offset].rstrip(), text[offset:].lstrip()


def free_anchor(article: Article, wanted: str, but: int | None = None) -> str:
    """An anchor that no other block of the article has."""
    rows = article.blocks.exclude(pk=but).filter(anchor__startswith=wanted)
    taken = set(rows.values_list("anchor", flat=True))
    anchor, suffix = wanted, 1
    while anchor in taken:
        suffix += 1
        anchor = f"{wanted}-{suffix}"
    return anchor


def _offset(old: str, new: str, at: int) -> int:
    """Where the character ``at`` of ``old`` is in ``new``."""
    for step in Levenshtein.opcodes(old, new):
        if step.src_start <= at <= step.src_end:
            if step.tag == "equal":
                return step.dest_start + at - step.src_start
            return step.dest_start if at == step.src_start else step.dest_end
    return len(new)

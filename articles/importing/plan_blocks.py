"""Where every line goes: which block row keeps it, moves, or comes new.

In: the existing blocks, the pairs of articles, the new parse.  Out: ``BlockPlans``
that hold every line of the dump exactly once.  An editor's block keeps its lines,
and what the editor changed of it; a paragraph that is still there keeps its row, and
so its anchor and its bookmarks.  Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles.dump import FurnitureRole, ParsedIssue
from articles.importing.claims import (
    Piece,
    alternative_value,
    pieces_of,
    text_of,
    without_lines,
)
from articles.importing.existing import CLAIMING_FIELDS, Existing, home_of
from articles.importing.fields import CONFIDENCE_DIGITS, characters, printed_text
from articles.importing.match import pair_by_lines
from articles.importing.order import put_in_order
from articles.importing.origin import Origin, is_whole
from articles.importing.protect import Conflict, Merge, merge, plain_value
from articles.models import Block, is_settled

if TYPE_CHECKING:
    from articles.importing.plan_articles import Pairs

COLUMNS = ("role", "lines", "printed", "text", "confidence", "reasons", "alternative")
READ = frozenset({"role", "text", "printed", "article", "position"})
FURNITURE = frozenset(role.value for role in FurnitureRole)


@dataclass(slots=True)
class BlockPlan:
    """``home``: the public id of its article, None for furniture.

    ``fixed``: an editor placed it, so it stays behind the paragraph it stands behind.
    ``foreign``: it belongs to another dump than the imported one and only stands here.
    ``followed``: its article was merged into this one by an editor, who has not seen it.
    """

    row: Block | None
    home: str | None
    values: dict[str, Any]
    base: dict[str, Any] = field(default_factory=dict)
    fixed: bool = False
    foreign: bool = False
    followed: bool = False
    conflicts: list[Conflict] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class BlockPlans:
    """``dropped`` rows have lost their lines to others.

    ``orphans`` are edited, and the new dump has none of their lines: they stay in
    their article, as paragraphs of the dump that was replaced.
    """

    blocks: list[BlockPlan] = field(default_factory=list)
    dropped: list[Block] = field(default_factory=list)
    orphans: list[Block] = field(default_factory=list)

    def characters(self) -> dict[str, int]:
        """字数 by article."""
        counts: dict[str, int] = defaultdict(int)
        for plan in self.blocks:
            if plan.home:
                counts[plan.home] += characters(
                    plan.values["role"], plan.values["text"]
                )
        return counts

    def homes_of_new_words(self) -> set[str | None]:
        """Articles that a paragraph comes into, leaves, or reads differently in."""
        changed = [b for b in self.blocks if b.row is None or READ & set(b.changed)]
        rows = [*self.dropped, *(b.row for b in changed if b.row)]
        return {b.home for b in changed} | {home_of(row) for row in rows}

    def confidence(self) -> dict[str, float]:
        """The lowest confidence of each article's blocks that nobody has looked at."""
        lowest: dict[str, float] = {}
        for plan in self.blocks:
            if plan.home and not is_settled(plan.base):
                known = lowest.get(plan.home, 1.0)
                lowest[plan.home] = min(known, plan.values["confidence"])
        return lowest


def plan_blocks(existing: Existing, pairs: Pairs, parsed: ParsedIssue) -> BlockPlans:
    pieces = pieces_of(parsed)
    plans = BlockPlans()
    claiming, free = _claims(existing, pairs, plans)
    held = {n for block in claiming for n in existing.lines[block.pk]}
    rest = without_lines(pieces, held, parsed.printed)
    rows = _pair_rows(existing, free, rest, parsed)
    for number, piece in enumerate(rest):
        plan = _plan_piece(piece, rows.get(number), pairs, parsed)
        _follow_merge(plan, existing)
        plans.blocks.append(plan)
    kept = {row.pk for row in rows.values()}
    plans.dropped = [block for block in free if block.pk not in kept]
    owner = {line: piece for piece in pieces for line in piece.lines}
    for block in claiming:
        lines = existing.lines[block.pk]
        plans.blocks.append(_plan_claim(block, lines, owner, pairs, parsed))
    for block in (*plans.orphans, *existing.others):
        plans.blocks.append(_as_it_is(block))
    put_in_order(plans.blocks, _reading_order(pieces), existing)
    for plan in plans.blocks:
        _forget_looking(plan)
        _note_changes(plan)
    return plans


def _reading_order(pieces: list[Piece]) -> dict[int, int]:
    return {n: place for place, n in enumerate(n for p in pieces for n in p.lines)}


def _as_it_is(block: Block) -> BlockPlan:
    values = {name: getattr(block, name) for name in COLUMNS}
    return BlockPlan(
        block, home_of(block), values, dict(block.base), fixed=True, foreign=True
    )


def _claims(
    existing: Existing, pairs: Pairs, plans: BlockPlans
) -> tuple[list[Block], list[Block]]:
    """Blocks that keep their lines, and those that a new parse may rearrange."""
    claiming, free = [], []
    for block in existing.own:
        claims = block.base.keys() & CLAIMING_FIELDS or home_of(block) in pairs.held
        if not claims:
            free.append(block)
        elif existing.lines[block.pk]:
            claiming.append(block)
        else:
            plans.orphans.append(block)
    return claiming, free


def _pair_rows(
    existing: Existing, free: list[Block], rest: list[Piece], parsed: ParsedIssue
) -> dict[int, Block]:
    weight = {n: len(text) for n, text in parsed.printed.items()}
    by_pk = {block.pk: block for block in free}
    old = {pk: existing.lines[pk] for pk in by_pk}
    new = {number: piece.lines for number, piece in enumerate(rest)}
    return {n: by_pk[pk] for n, pk in pair_by_lines(old, new, weight).items()}


def _plan_piece(
    piece: Piece, row: Block | None, pairs: Pairs, parsed: ParsedIssue
) -> BlockPlan:
    home = pairs.ids[piece.article] if piece.article else None
    values = _values(piece, piece.lines, piece.role, piece.text, pairs, parsed)
    return BlockPlan(row, home, values, dict(row.base) if row else {})


def _follow_merge(plan: BlockPlan, existing: Existing) -> None:
    """New lines of an article that an editor merged into another go there, too."""
    home = existing.merged_into(plan.home)
    if home is None:
        return
    plan.base["article"], plan.home, plan.followed = plan.home, home, True
    if plan.values["role"] == "title":  # as the headline did that was merged
        plan.base["role"], plan.values["role"] = "title", "heading"


def _plan_claim(
    block: Block,
    lines: tuple[int, ...],
    owner: Mapping[int, Piece],
    pairs: Pairs,
    parsed: ParsedIssue,
) -> BlockPlan:
    """An editor's block: it keeps its lines, and what of it is protected."""
    piece = _counterpart(owner, lines)
    new = {
        "article": pairs.ids[piece.article] if piece.article else None,
        "role": piece.role,
        # Of a paragraph that an editor cut or joined: what the program would read in
        # the lines that it has now.
        "text": text_of(piece, lines, parsed.printed),
    }
    present = {name: plain_value(block, name) for name in new}
    merged = merge(present, block.base, new)
    _renew_origins(merged, lines, owner, pairs)
    home, role = merged.values["article"], merged.values["role"]
    if home_of(block) in pairs.held:
        home = home_of(block)
    if (role in FURNITURE) != (home is None):  # the two sides name no possible pair
        home, role = present["article"], present["role"]
    values = _values(piece, lines, role, merged.values["text"], pairs, parsed)
    if list(lines) != list(piece.all_lines):
        values["confidence"], values["reasons"] = block.confidence, block.reasons
    fixed = (
        bool({"article", "position"} & block.base.keys())
        or home_of(block) in pairs.held
    )
    return BlockPlan(
        block,
        home,
        values,
        merged.base,
        fixed=fixed,
        conflicts=merged.conflicts,
        agreed=merged.agreed,
    )


def _values(
    piece: Piece,
    lines: tuple[int, ...],
    role: str,
    text: str,
    pairs: Pairs,
    parsed: ParsedIssue,
) -> dict[str, Any]:
    return {
        "role": role,
        "lines": list(lines),
        "printed": printed_text(lines, parsed.printed),
        "text": text,
        "confidence": round(piece.confidence, CONFIDENCE_DIGITS),
        "reasons": list(piece.reasons),
        "alternative": alternative_value(piece.alternative, pairs.ids),
    }


def _renew_origins(
    merged: Merge, lines: tuple[int, ...], owner: Mapping[int, Piece], pairs: Pairs
) -> None:
    """Of which newly parsed paragraphs the lines of a cut or joined one are."""
    if "lines" not in merged.base:
        return
    origins = [_origin(p, pairs) for p in dict.fromkeys(owner[n] for n in lines)]
    if is_whole(origins, lines):
        del merged.base["lines"]
        merged.agreed.append("lines")
    else:
        merged.base["lines"] = origins


def _origin(piece: Piece, pairs: Pairs) -> Origin:
    return {
        "lines": list(piece.all_lines),
        "role": piece.role,
        "article": pairs.ids[piece.article] if piece.article else None,
        "confidence": round(piece.confidence, CONFIDENCE_DIGITS),
        "reasons": list(piece.reasons),
        "alternative": alternative_value(piece.alternative, pairs.ids),
    }


def _counterpart(owner: Mapping[int, Piece], lines: tuple[int, ...]) -> Piece:
    """The new piece that has most of these lines."""
    found = [owner[n] for n in lines]
    return max(found, key=found.count)


def _forget_looking(plan: BlockPlan) -> None:
    """Somebody looked at other words, or at another place: the doubt is a new one."""
    row = plan.row
    if row is None or "confidence" not in plan.base:
        return
    if row.printed != plan.values["printed"] or home_of(row) != plan.home:
        del plan.base["confidence"]


def _note_changes(plan: BlockPlan) -> None:
    if plan.row is None:
        return
    plan.changed = [n for n, v in plan.values.items() if getattr(plan.row, n) != v]
    if plan.base != plan.row.base:
        plan.changed.append("base")
    if home_of(plan.row) != plan.home:
        plan.changed.append("article")

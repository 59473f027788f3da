"""Bookmarks and highlights follow their paragraph, wherever an import puts it.

In: a plan that is about to be applied.  Out: rows that point to the blocks that will
be there.  A paragraph that is merged into another takes its bookmarks along; of one
that becomes furniture they keep the quotation, and wait for the reader.
"""

from __future__ import annotations

from articles.bookmarks.following import Moves, follow_blocks, renumber_lines
from articles.bookmarks.passages import settle
from articles.importing.plan import ImportPlan
from articles.models import Article, SourceDump


def follow_bookmarks(plan: ImportPlan, articles: dict[str, Article]) -> None:
    """Before the blocks are changed."""
    follow_blocks(_moves(plan, articles))


def follow_highlights(
    plan: ImportPlan, dump: SourceDump, articles: dict[str, Article]
) -> None:
    """After the blocks were changed.  Nobody has marked a dump that is new."""
    if not plan.renumbered:
        return
    for old, numbers in plan.renumbered.items():
        if old != dump.pk:
            renumber_lines(old, dump, numbers)
    settle(article.pk for article in articles.values())


def _moves(plan: ImportPlan, articles: dict[str, Article]) -> Moves:
    moves = {}
    for block in plan.blocks:
        if block.row and "article" in block.changed:
            home = articles[block.home] if block.home else None
            moves[block.row.pk] = (block.row if home else None, home)
    owner = {n: b for b in plan.blocks if not b.foreign for n in b.values["lines"]}
    for row in plan.dropped:
        heir = next((owner[n] for n in plan.new_lines(row) if n in owner), None)
        home = articles[heir.home] if heir and heir.home else None
        moves[row.pk] = (heir.row if heir and home else None, home)
    return moves

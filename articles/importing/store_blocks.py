"""Writes the blocks of a plan and keeps bookmarks and highlights in their places.

In: a plan, the stored dump, the articles by public id.  Out: nothing.
"""

from __future__ import annotations

from typing import Any

from articles.bulk import insert_values
from articles.importing.follow import follow_bookmarks, follow_highlights
from articles.importing.plan import ImportPlan
from articles.importing.plan_blocks import COLUMNS, BlockPlan
from articles.importing.rows import Rows
from articles.models import Article, Block, SourceDump

UPDATED = ("dump", "article", "position", "anchor", "base", *COLUMNS)
INSERTED = ("dump_id", "article_id", "position", "anchor", "base", *COLUMNS)


def store_blocks(plan: ImportPlan, dump: SourceDump, rows: Rows) -> None:
    articles = dict(rows.by_id)
    for block in (b.row for b in plan.blocks if b.row):
        if block.article:
            articles.setdefault(block.article.public_id, block.article)
    moved = {b.row.pk: b for b in plan.blocks if b.row and "article" in b.changed}
    follow_bookmarks(plan, articles)
    Block.objects.filter(pk__in=[block.pk for block in plan.dropped]).delete()
    anchors = _Anchors(plan)
    _update(plan, dump, articles, anchors, set(moved))
    fresh = (b for b in plan.blocks if b.row is None)
    insert_values(Block, INSERTED, (_values(b, dump, articles, anchors) for b in fresh))
    follow_highlights(plan, dump, articles)


def _values(
    plan: BlockPlan, dump: SourceDump, articles: dict[str, Article], anchors: _Anchors
) -> list[Any]:
    """Of a new block, in the order of ``INSERTED``."""
    values = plan.values
    anchor = anchors.free(plan.home, f"p{values['lines'][0]}")
    home = articles[plan.home].pk if plan.home else None
    columns = (values[name] for name in COLUMNS)
    return [dump.pk, home, values["position"], anchor, plan.base, *columns]


def _update(
    plan: ImportPlan,
    dump: SourceDump,
    articles: dict[str, Article],
    anchors: _Anchors,
    moved: set[int],
) -> None:
    changed = []
    for block in plan.blocks:
        row = block.row
        if row is None or not (block.changed or _to_new_dump(block, dump)):
            continue
        for name, value in block.values.items():
            setattr(row, name, value)
        row.base = block.base
        row.article = articles[block.home] if block.home else None
        if not block.foreign:
            row.dump = dump
        if row.pk in moved:
            row.anchor = anchors.free(block.home, row.anchor)
        changed.append(row)
    _park_anchors([row for row in changed if row.pk in moved])
    Block.objects.bulk_update(changed, UPDATED, batch_size=100)


def _to_new_dump(block: BlockPlan, dump: SourceDump) -> bool:
    return bool(block.row and not block.foreign and block.row.dump_id != dump.pk)


def _park_anchors(rows: list[Block]) -> None:
    """Two paragraphs that change places must not meet under one anchor on the way."""
    parked = [Block(pk=row.pk, anchor=f"~{row.pk}"[:16]) for row in rows]
    Block.objects.bulk_update(parked, ["anchor"], batch_size=500)


class _Anchors:
    """Gives each block an anchor that its article does not have yet."""

    def __init__(self, plan: ImportPlan) -> None:
        self.taken = {
            (b.home, b.row.anchor)
            for b in plan.blocks
            if b.row and b.home and "article" not in b.changed
        }

    def free(self, home: str | None, wanted: str) -> str:
        if home is None:
            return wanted
        anchor, suffix = wanted, 1
        while (home, anchor) in self.taken:
            suffix += 1
            anchor = f"{wanted}-{suffix}"
        self.taken.add((home, anchor))
        return anchor

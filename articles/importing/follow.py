"""Bookmarks follow their paragraph, wherever an import puts it.

In: a plan that is about to be applied.  Out: bookmark rows that point to the blocks
that will be there.  A paragraph that is merged into another takes its bookmarks
along; one that becomes furniture leaves them on the article.
"""

from __future__ import annotations

from articles.importing.plan import ImportPlan
from articles.models import Article, Block, Bookmark

# block id → (the block a bookmark shall point to, its article)
Moves = dict[int, tuple[Block | None, Article | None]]


def follow_bookmarks(plan: ImportPlan, articles: dict[str, Article]) -> None:
    moves = _moves(plan, articles)
    if not moves:
        return
    marked = list(Bookmark.objects.filter(block__in=moves).order_by("pk"))
    if not marked:
        return
    for bookmark in marked:
        block, article = moves[bookmark.block_id]  # type: ignore[index]
        bookmark.block, bookmark.article_id = (
            block,
            article.pk if article else bookmark.article_id,
        )
    _drop_doubles(marked)


def _moves(plan: ImportPlan, articles: dict[str, Article]) -> Moves:
    moves: Moves = {}
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


def _drop_doubles(marked: list[Bookmark]) -> None:
    """A shelf holds a paragraph once: of bookmarks that now coincide the first stays."""
    mine = {bookmark.pk for bookmark in marked}
    articles = {bookmark.article_id for bookmark in marked}
    there = Bookmark.objects.filter(article__in=articles).exclude(pk__in=mine)
    seen = {_place(bookmark) for bookmark in there}
    kept = []
    for bookmark in marked:
        if _place(bookmark) in seen:
            bookmark.delete()
        else:
            seen.add(_place(bookmark))
            kept.append(bookmark)
    Bookmark.objects.bulk_update(kept, ["block", "article"])


def _place(bookmark: Bookmark) -> tuple[object, ...]:
    return bookmark.user_id, bookmark.shelf, bookmark.article_id, bookmark.block_id

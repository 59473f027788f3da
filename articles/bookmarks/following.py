"""Bookmarks stay on their paragraph, wherever an import puts it.

Importing calls this with what it is about to do to blocks; what becomes of the
highlights afterwards is ``passages.settle``.
"""

from __future__ import annotations

from collections.abc import Mapping

from articles.bookmarks.records import chunks, earliest, union_of_notes
from articles.models import (
    Article,
    Block,
    Bookmark,
    Highlight,
    ReadingPlace,
    SourceDump,
)

# block id → (the block a bookmark shall point to, the article it is in)
Moves = Mapping[int, tuple[Block | None, Article | None]]


def follow_blocks(moves: Moves) -> None:
    """A bookmark whose paragraph has no place any more keeps its quotation, and waits."""
    marked = [
        bookmark
        for ids in chunks(moves)
        for bookmark in Bookmark.objects.filter(block__in=ids).order_by("pk")
    ]
    if not marked:
        return
    for bookmark in marked:
        block, article = moves[bookmark.block_id]  # type: ignore[index]
        bookmark.block = block
        bookmark.article_id = article.pk if article else bookmark.article_id
    kept = _without_doubles(marked)
    Bookmark.objects.bulk_update(kept, ["block", "article"], batch_size=200)


def follow_articles(gone: Article, into: Article) -> None:
    """An article went into another: who kept the one has the other on the shelf now."""
    kept = list(Bookmark.objects.filter(article=gone).order_by("pk"))
    for bookmark in kept:
        bookmark.article = into
    Bookmark.objects.bulk_update(
        _without_doubles(kept) if kept else [], ["article"], batch_size=200
    )
    there = ReadingPlace.objects.filter(article=into).values("shelf")
    ReadingPlace.objects.filter(article=gone).exclude(shelf__in=there).update(
        article=into
    )


def renumber_lines(old: int, dump: SourceDump, numbers: Mapping[int, int]) -> None:
    """The lines of a replaced dump, in the numbers of the one that replaces it."""
    rows = list(Highlight.objects.filter(dump_id=old).only("lines"))
    for row in rows:
        row.dump = dump
        row.lines = [numbers[n] for n in row.lines if n in numbers]
    Highlight.objects.bulk_update(rows, ["dump", "lines"], batch_size=200)


def _without_doubles(marked: list[Bookmark]) -> list[Bookmark]:
    """A shelf holds a paragraph once: what coincides now becomes one, nothing lost."""
    mine = {bookmark.pk for bookmark in marked}
    articles = {bookmark.article_id for bookmark in marked}
    there = Bookmark.objects.filter(article__in=articles).exclude(pk__in=mine)
    seen = {_place(bookmark): bookmark for bookmark in there}
    kept = []
    for bookmark in marked:
        twin = seen.setdefault(_place(bookmark), bookmark)
        if twin is bookmark:
            kept.append(bookmark)
        else:
            _join(twin, bookmark)
    return kept


def _join(twin: Bookmark, double: Bookmark) -> None:
    twin.note = union_of_notes(twin.note, double.note)
    twin.created = earliest(twin.created, double.created)
    twin.read = earliest(twin.read, double.read)
    twin.tags.add(*double.tags.all())
    double.delete()
    twin.save(update_fields=["note", "created", "read"])


def _place(bookmark: Bookmark) -> tuple[object, ...]:
    if bookmark.block_id:
        return bookmark.shelf_id, "paragraph", bookmark.block_id
    return bookmark.shelf_id, "article", bookmark.article_id, bookmark.quote

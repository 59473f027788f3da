"""Shelves for tests: things put on them, and what stands on them as plain data."""

from __future__ import annotations

from typing import Any

from articles.bookmarks.passages import Selection, take_passage
from articles.models import Article, Block, Bookmark, Bookshelf, Highlight, Tag


def put_on(
    shelf: Bookshelf, article: Article, *, tags: str = "", **fields: Any
) -> Bookmark:
    """A bookmark; ``block=`` makes it one of a paragraph."""
    if block := fields.get("block"):
        fields.setdefault("quote", block.text[:100])
    row = Bookmark.objects.create(shelf=shelf, article=article, **fields)
    row.tags.set(
        Tag.objects.get_or_create(shelf=shelf, name=n)[0] for n in tags.split()
    )
    return row


def mark(shelf: Bookshelf, block: Block, exact: str, note: str = "") -> Highlight:
    take_passage(shelf, block, Selection(exact), note)
    return shelf.highlights.latest("pk")


def contents(shelf: Bookshelf) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a reader would miss, in an order of its own."""
    shelf = Bookshelf.objects.get(pk=shelf.pk)
    return {
        "bookmarks": sorted(
            (b.article_id, b.block_id or 0, b.quote, b.note, str(b.created), str(b.read), _tags(b))
            for b in shelf.bookmarks.all()
        ),
        "highlights": sorted(
            (h.article_id, h.block_id or 0, h.paragraph, h.start, h.end, h.note,
             str(h.created), _tags(h))
            for h in shelf.highlights.all()
        ),
        "places": sorted(
            (p.article_id, p.block_id or 0, str(p.updated)) for p in shelf.places.all()
        ),
    }  # fmt: skip


def _tags(thing: Bookmark | Highlight) -> tuple[str, ...]:
    return tuple(sorted(tag.name for tag in thing.tags.all()))

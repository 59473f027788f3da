"""Bookmarks and highlights as plain data: the one form in which they travel.

Merging, exporting, importing and undoing all turn a shelf into records and records
into a shelf (``joining``), so what survives one of them survives all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles.models import Bookmark, Bookshelf, Highlight


@dataclass(frozen=True)
class BookmarkRecord:
    """``anchor`` names the paragraph, ``quote`` is its opening; both empty for a whole
    article.  ``block`` is the row's id, known within this database only."""

    article: str
    anchor: str = ""
    quote: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    created: datetime | None = None
    read: datetime | None = None
    block: int | None = None


@dataclass(frozen=True)
class HighlightRecord:
    """Characters ``start`` to ``end`` of ``paragraph``, printed on ``lines`` of the
    dump whose hash is ``source``."""

    article: str
    paragraph: str
    start: int
    end: int
    anchor: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    created: datetime | None = None
    source: str = ""
    lines: tuple[int, ...] = ()
    block: int | None = None


@dataclass(frozen=True)
class PlaceRecord:
    article: str
    anchor: str
    updated: datetime | None = None


@dataclass(frozen=True)
class Records:
    bookmarks: list[BookmarkRecord] = field(default_factory=list)
    highlights: list[HighlightRecord] = field(default_factory=list)
    places: list[PlaceRecord] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.bookmarks) + len(self.highlights)

    def articles(self) -> set[str]:
        return {r.article for r in (*self.bookmarks, *self.highlights, *self.places)}

    def tags(self) -> Iterator[str]:
        for record in (*self.bookmarks, *self.highlights):
            yield from record.tags


def records_of(shelf: Bookshelf) -> Records:
    """Everything on a shelf, in a fixed number of queries."""
    return Records(
        bookmark_records(shelf.bookmarks.all()),
        highlight_records(shelf.highlights.all()),
        [
            PlaceRecord(
                p.article.public_id, p.block.anchor if p.block else "", p.updated
            )
            for p in shelf.places.select_related("article", "block")
        ],
    )


def bookmark_records(rows: QuerySet[Bookmark]) -> list[BookmarkRecord]:
    return [
        BookmarkRecord(
            article=row.article.public_id,
            anchor=row.block.anchor if row.block else "",
            quote=row.quote,
            note=row.note,
            tags=tuple(tag.name for tag in row.tags.all()),
            created=row.created,
            read=row.read,
            block=row.block_id,
        )
        for row in _with_names(rows).iterator(1000)
    ]


def highlight_records(rows: QuerySet[Highlight]) -> list[HighlightRecord]:
    return [
        HighlightRecord(
            article=row.article.public_id,
            paragraph=row.paragraph,
            start=row.start,
            end=row.end,
            anchor=row.block.anchor if row.block else "",
            note=row.note,
            tags=tuple(tag.name for tag in row.tags.all()),
            created=row.created,
            source=row.dump.sha256 if row.dump else "",
            lines=tuple(row.lines),
            block=row.block_id,
        )
        for row in _with_names(rows).iterator(1000)
    ]


def _with_names(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Only what a record needs: not the dumps' bytes, not the blocks' texts."""
    names = ["article__public_id", "block__anchor"]
    if rows.model is Highlight:
        names.append("dump__sha256")
    own = [f.attname for f in rows.model._meta.concrete_fields]
    related = {name.split("__")[0] for name in names}
    return (
        rows.select_related(*related)
        .only(*own, *names)
        .prefetch_related("tags")
        .order_by("created", "pk")
    )


def as_json(records: Records) -> dict[str, Any]:
    """For a JSON column of this database; files have their own form (formats.json)."""
    return {
        kind: [_plain(asdict(record)) for record in getattr(records, kind)]
        for kind in ("bookmarks", "highlights")
    }


def from_json(stored: dict[str, Any]) -> Records:
    return Records(
        [BookmarkRecord(**_typed(r)) for r in stored["bookmarks"]],
        [HighlightRecord(**_typed(r)) for r in stored["highlights"]],
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in values.items()
    }


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    for key in ("created", "read"):
        if values.get(key):
            values[key] = datetime.fromisoformat(values[key])
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


def union_of_notes(first: str, second: str) -> str:
    """``first``, and what ``second`` says more, by paragraphs; so the same notes
    joined again change nothing."""
    if not first.strip():
        return second
    missing = [p for p in _paragraphs(second) if p not in _paragraphs(first)]
    return "\n\n".join([first.rstrip(), *missing]) if missing else first


def _paragraphs(note: str) -> list[str]:
    return [p.strip() for p in note.split("\n\n") if p.strip()]


def earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def chunks(items: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists that a query may name without running into SQLite's limit of variables."""
    rest = list(items)
    for start in range(0, len(rest), size):
        yield rest[start : start + size]

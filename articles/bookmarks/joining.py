"""Records into a shelf, as a union.

Merging an anonymous shelf into an account's, importing a file and undoing are this one
operation.  What is there already stays: of two bookmarks on the same place one is left,
with the earliest date, both notes and all tags.  Doing it again changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.bookmarks.places import Place, Surroundings, place_of
from articles.bookmarks.records import (
    BookmarkRecord,
    HighlightRecord,
    PlaceRecord,
    Records,
    chunks,
    earliest,
    records_of,
    union_of_notes,
)
from articles.bookmarks.shelf import MAX_KEPT, ShelfFull, locked, shelf_of
from articles.bookmarks.tags import MAX_TAGS, ensure_tags
from articles.models import (
    Bookmark,
    Bookshelf,
    Discard,
    Highlight,
    Kept,
    ReadingPlace,
    Tag,
)
from articles.models.bookmark import this_second
from articles.models.shelf import tag_key


@dataclass
class Outcome:
    """``unknown`` names articles that this portal does not have."""

    added: int = 0
    joined: int = 0
    unchanged: int = 0
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """How much a shelf may come to hold of each kind."""

    things: float = MAX_KEPT
    tags: float = MAX_TAGS


UNLIMITED = Room(math.inf, math.inf)


@transaction.atomic
def merge_into_account(stored_id: Any, user: Any) -> None:
    """What an anonymous session kept becomes the account's; the session's shelf ends.

    Twice, or from two devices at once, gives what one after the other gives.
    """
    try:
        pk = UUID(stored_id)
    except (ValueError, AttributeError, TypeError):
        return
    account = locked(shelf_of(user))
    session = Bookshelf.objects.select_for_update().filter(pk=pk, user=None).first()
    if session is None:
        return
    _unite(account, records_of(session), UNLIMITED)  # no sign-in fails over it
    Discard.objects.filter(shelf=session).update(shelf=account)
    session.delete()


@transaction.atomic
def put(shelf: Bookshelf, records: Records) -> Outcome:
    """Raises ShelfFull or TooManyTags; then nothing is put."""
    return _unite(locked(shelf), records, Room())


def _unite(shelf: Bookshelf, records: Records, room: Room) -> Outcome:
    around = Surroundings.of(records)
    tags = ensure_tags(shelf, records.tags(), room.tags)
    outcome = Outcome(unknown=sorted(records.articles() - around.articles.keys()))
    _Bookmarks(shelf, around, tags, outcome, room).put(records.bookmarks)
    _Highlights(shelf, around, tags, outcome, room).put(records.highlights)
    _put_places(shelf, around, records.places)
    return outcome


class _Union:
    """What bookmarks and highlights have in common: find the like, join or add."""

    model: type[Kept]
    written: tuple[str, ...]

    def __init__(
        self,
        shelf: Bookshelf,
        around: Surroundings,
        tags: dict[str, Tag],
        outcome: Outcome,
        room: Room,
    ) -> None:
        self.shelf, self.around, self.tags, self.outcome = shelf, around, tags, outcome
        self.room = room
        self.fresh: list[Any] = []
        self.changed: list[Any] = []
        self.wanted: list[tuple[Any, set[int]]] = []

    def put(self, records: list[Any]) -> None:
        there = self._there() if records else {}
        for record in records:
            if record.article not in self.around.articles:
                continue
            row = self.row(record)
            twin = there.setdefault(self.identity(row), row)
            tags = {
                self.tags[key].pk
                for key in map(tag_key, record.tags)
                if key in self.tags
            }
            if twin is row:
                self._add(row, tags)
            else:
                self._join(twin, row, tags)
        self._write()

    def row(self, record: Any) -> Any:
        raise NotImplementedError

    def identity(self, row: Any) -> tuple[object, ...]:
        raise NotImplementedError

    def take_over(self, twin: Any, row: Any) -> None:
        """Joins the fields that only this kind has."""

    def _there(self) -> dict[tuple[object, ...], Any]:
        rows: list[Any] = []
        for ids in chunks(self.around.articles.values()):
            found = self.model.objects.filter(shelf=self.shelf, article__in=ids)
            rows += found.select_related("block").prefetch_related("tags")
        return {self.identity(row): row for row in rows}

    def _add(self, row: Any, tags: set[int]) -> None:
        self.fresh.append(row)
        self.wanted.append((row, tags))
        self.outcome.added += 1

    def _join(self, twin: Any, row: Any, tags: set[int]) -> None:
        before = [getattr(twin, name) for name in self.written]
        twin.note = union_of_notes(twin.note, row.note)
        twin.created = earliest(twin.created, row.created)
        self.take_over(twin, row)
        new_tags = tags - {tag.pk for tag in twin.tags.all()} if twin.pk else tags
        changes = before != [getattr(twin, name) for name in self.written]
        if changes and twin.pk:
            self.changed.append(twin)
        if new_tags:
            self.wanted.append((twin, new_tags))
        if changes or new_tags:
            self.outcome.joined += 1
        else:
            self.outcome.unchanged += 1

    def _write(self) -> None:
        held = self.model.objects.filter(shelf=self.shelf).count() if self.fresh else 0
        if held + len(self.fresh) > self.room.things:
            raise ShelfFull
        self.model.objects.bulk_create(self.fresh, batch_size=500)
        self.model.objects.bulk_update(self.changed, self.written, batch_size=100)
        through = self.model.tags.through  # type: ignore[attr-defined]
        column = f"{self.model._meta.model_name}_id"
        links = [
            through(**{column: row.pk, "tag_id": tag})
            for row, tags in self.wanted
            for tag in tags
        ]
        through.objects.bulk_create(links, ignore_conflicts=True, batch_size=500)


class _Bookmarks(_Union):
    model = Bookmark
    written = ("note", "created", "read")

    def row(self, record: BookmarkRecord) -> Bookmark:
        block = self.around.paragraph(record)
        lost = bool(record.anchor or record.quote) and block is None
        quote = record.quote or (block.text if block else record.anchor if lost else "")
        return Bookmark(
            shelf=self.shelf,
            article_id=self.around.articles[record.article],
            block=block,
            quote=quote[: Bookmark._meta.get_field("quote").max_length],
            note=record.note,
            created=record.created or this_second(),
            read=record.read,
        )

    def identity(self, row: Bookmark) -> tuple[object, ...]:
        if row.block_id:
            return ("paragraph", row.block_id)
        return ("article", row.article_id, row.quote)

    def take_over(self, twin: Bookmark, row: Bookmark) -> None:
        twin.read = earliest(twin.read, row.read)


class _Highlights(_Union):
    model = Highlight
    written = ("note", "created")

    def row(self, record: HighlightRecord) -> Highlight:
        row = self.around.highlight(record)
        row.shelf = self.shelf
        row.created = row.created or this_second()
        return row

    def identity(self, row: Highlight) -> tuple[object, ...]:
        place: Place | None = place_of(row)
        if place:
            return ("found", place.block.pk, place.start, place.end)
        return ("lost", row.article_id, row.paragraph, row.start, row.end)


def _put_places(
    shelf: Bookshelf, around: Surroundings, records: list[PlaceRecord]
) -> None:
    """Of two places in one article the later one stays."""
    there = {p.article_id: p for p in shelf.places.all()} if records else {}
    latest: dict[int, ReadingPlace] = {}
    for record in records:
        article = around.articles.get(record.article)
        block = around.anchored(record.article, record.anchor)
        if article is None or block is None:
            continue
        row = there.get(article) or latest.get(article)
        updated = record.updated or this_second()
        if row is None:
            latest[article] = ReadingPlace(
                shelf=shelf, article_id=article, block=block, updated=updated
            )
        elif updated > row.updated:
            row.block, row.updated = block, updated
    ReadingPlace.objects.bulk_create(latest.values(), batch_size=500)
    ReadingPlace.objects.bulk_update(
        there.values(), ["block", "updated"], batch_size=200
    )

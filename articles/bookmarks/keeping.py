"""Putting on a shelf and taking off it, one thing or many, and undoing that.

Every function is one transaction that holds the shelf's row, so that two devices of a
reader wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles.bookmarks.joining import Outcome, put
from articles.bookmarks.records import (
    BookmarkRecord,
    Records,
    as_json,
    bookmark_records,
    chunks,
    from_json,
    highlight_records,
)
from articles.bookmarks.shelf import locked
from articles.bookmarks.tags import ensure_tags
from articles.models import (
    Article,
    Block,
    Bookmark,
    Bookshelf,
    Discard,
    Highlight,
    Kept,
    Tag,
)
from articles.models.bookmark import this_second

MAX_NOTE = 10_000
DISCARDS_KEPT = 50  # the latest; older ones go when a shelf takes off more


def keep(shelf: Bookshelf, article: Article, block: Block | None = None) -> Outcome:
    """Puts an article (or one paragraph of it) on the shelf; twice is once.

    Raises ShelfFull.
    """
    record = BookmarkRecord(
        article=article.public_id,
        anchor=block.anchor if block else "",
        block=block.pk if block else None,
    )
    return put(shelf, Records(bookmarks=[record]))


@transaction.atomic
def take_off(
    shelf: Bookshelf,
    bookmarks: QuerySet[Bookmark] | None = None,
    highlights: QuerySet[Highlight] | None = None,
) -> Discard | None:
    """Takes these off, and keeps what they were for ``put_back``."""
    locked(shelf)
    mine: list[QuerySet[Any]] = [
        (bookmarks if bookmarks is not None else Bookmark.objects.none()).filter(
            shelf=shelf
        ),
        (highlights if highlights is not None else Highlight.objects.none()).filter(
            shelf=shelf
        ),
    ]
    records = Records(bookmark_records(mine[0]), highlight_records(mine[1]))
    if not len(records):
        return None
    for rows in mine:
        for ids in chunks(_ids(rows)):
            rows.model.objects.filter(pk__in=ids).delete()
    discard = Discard.objects.create(
        shelf=shelf, records=as_json(records), size=len(records)
    )
    _forget_old(shelf)
    return discard


@transaction.atomic
def put_back(shelf: Bookshelf, discard: Discard) -> Outcome:
    locked(shelf)
    outcome = put(shelf, from_json(discard.records))
    discard.delete()
    return outcome


def _forget_old(shelf: Bookshelf) -> None:
    old = shelf.discards.order_by("-created", "-pk")[DISCARDS_KEPT:]
    Discard.objects.filter(pk__in=[discard.pk for discard in old]).delete()


@transaction.atomic
def write_note(thing: Kept, note: str) -> None:
    locked(thing.shelf)
    thing.note = note.replace("\r\n", "\n").strip()[:MAX_NOTE]
    thing.save(update_fields=["note"])


@transaction.atomic
def set_tags(thing: Kept, names: Iterable[str]) -> None:
    """Exactly these.  Raises TooManyTags."""
    shelf = locked(thing.shelf)
    thing.tags.set(ensure_tags(shelf, names).values())


@transaction.atomic
def mark_read(shelf: Bookshelf, bookmarks: QuerySet[Bookmark]) -> int:
    """Those that were read already keep their date."""
    locked(shelf)
    return _set_read(bookmarks.filter(shelf=shelf, read=None), this_second())


@transaction.atomic
def mark_unread(shelf: Bookshelf, bookmarks: QuerySet[Bookmark]) -> int:
    locked(shelf)
    return _set_read(bookmarks.filter(shelf=shelf, read__isnull=False), None)


def _set_read(rows: QuerySet[Bookmark], moment: datetime | None) -> int:
    found = [Bookmark.objects.filter(pk__in=ids) for ids in chunks(_ids(rows))]
    return sum(some.update(read=moment) for some in found)


@transaction.atomic
def add_tags(shelf: Bookshelf, rows: QuerySet[Any], names: Iterable[str]) -> int:
    """Returns how many things now have the tags.  Raises TooManyTags."""
    tags = ensure_tags(locked(shelf), names).values()
    ids = _ids(rows.filter(shelf=shelf))
    column = f"{rows.model._meta.model_name}_id"
    through = rows.model.tags.through
    links = [through(**{column: pk, "tag_id": tag.pk}) for pk in ids for tag in tags]
    through.objects.bulk_create(links, ignore_conflicts=True, batch_size=500)
    return len(ids)


@transaction.atomic
def remove_tag(shelf: Bookshelf, rows: QuerySet[Any], tag: Tag) -> int:
    locked(shelf)
    through = rows.model.tags.through
    column = f"{rows.model._meta.model_name}__in"
    found = through.objects.filter(
        tag=tag, **{column: rows.filter(shelf=shelf).order_by()}
    )
    return found.delete()[0]


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))

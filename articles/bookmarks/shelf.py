"""Whose shelf a request means.

A signed-in reader's is the account's.  An anonymous reader's is one whose random id
the session knows; it is made with the first thing put on it and not before, and looking
writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import (
    Article,
    Bookmark,
    Bookshelf,
    Discard,
    Highlight,
    ReadingPlace,
    ShareLink,
    Tag,
)

SESSION_KEY = "shelf"
MAX_COUNT = 999  # the header's number; more is shown as 999+
MAX_KEPT = 20_000  # bookmarks or highlights on one shelf


class ShelfFull(Exception):
    """A shelf holds no more than MAX_KEPT things of a kind."""


@dataclass(frozen=True)
class Shelf:
    """``owner`` finds the Bookshelf row, or is empty for a reader without any."""

    owner: dict[str, Any]

    @classmethod
    def of(cls, request: HttpRequest) -> Shelf:
        """The request's shelf.  Reads no database for a reader without a session."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return cls({})
        if request.user.is_authenticated:
            return cls({"user": request.user})
        return cls.anonymous(request.session.get(SESSION_KEY, ""))

    @classmethod
    def anonymous(cls, stored: Any) -> Shelf:
        """A forged or damaged id is no shelf, nor is an account's."""
        try:
            return cls({"pk": UUID(stored), "user": None})
        except (ValueError, AttributeError, TypeError):
            return cls({})

    def row(self) -> Bookshelf | None:
        return Bookshelf.objects.filter(**self.owner).first() if self.owner else None

    def bookmarks(self) -> QuerySet[Bookmark]:
        return self._mine(Bookmark.objects.all())

    def highlights(self) -> QuerySet[Highlight]:
        return self._mine(Highlight.objects.all())

    def tags(self) -> QuerySet[Tag]:
        return self._mine(Tag.objects.all())

    def places(self) -> QuerySet[ReadingPlace]:
        return self._mine(ReadingPlace.objects.all())

    def unfinished(self, limit: int) -> list[ReadingPlace]:
        """The articles to go on with, last read first, each with its paragraph."""
        found = self.places().filter(article__withdrawn=False, block__isnull=False)
        return list(found.select_related("article", "block")[:limit])

    def discards(self) -> QuerySet[Discard]:
        return self._mine(Discard.objects.all())

    def links(self) -> QuerySet[ShareLink]:
        return self._mine(ShareLink.objects.all())

    def _mine(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.owner:
            return rows.none()
        return rows.filter(**{f"shelf__{name}": v for name, v in self.owner.items()})

    @cached_property
    def count(self) -> int:
        """Bookmarks, at most MAX_COUNT + 1, whatever the shelf holds."""
        ids = self.bookmarks().order_by().values_list("pk")
        return len(ids[: MAX_COUNT + 1])

    @property
    def count_label(self) -> str:
        return f"{MAX_COUNT}+" if self.count > MAX_COUNT else str(self.count)

    def kept_among(self, articles: Iterable[Article]) -> set[int]:
        """The ids of those of ``articles`` that have a bookmark here themselves."""
        if not self.owner:
            return set()
        ids = [article.pk for article in articles]
        whole = self.bookmarks().filter(article__in=ids, block=None, quote="")
        return set(whole.order_by().values_list("article_id", flat=True))


def open_shelf(request: HttpRequest) -> Bookshelf:
    """The request's shelf, made now if the reader has none.

    Writes the session, so that an anonymous shelf that is in use never runs out.
    """
    if request.user.is_authenticated:
        return shelf_of(request.user)
    row = Shelf.anonymous(request.session.get(SESSION_KEY, "")).row()
    row = row or Bookshelf.objects.create()
    request.session[SESSION_KEY] = str(row.pk)
    return row


def shelf_of(user: Any) -> Bookshelf:
    """An account's shelf; two requests that make it at once make one."""
    found = Bookshelf.objects.filter(user=user).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Bookshelf.objects.create(user=user)
    except IntegrityError:
        return Bookshelf.objects.get(user=user)


def locked(shelf: Bookshelf) -> Bookshelf:
    """The row, held until the transaction ends: whoever writes to a shelf waits here.

    Raises Bookshelf.DoesNotExist when it was merged into another meanwhile.
    """
    row = Bookshelf.objects.select_for_update().get(pk=shelf.pk)
    Bookshelf.objects.filter(pk=row.pk).update(touched=timezone.now())
    return row

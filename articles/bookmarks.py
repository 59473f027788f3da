"""A reader's shelf: who owns it, what stands on it, and the functions that write.

A signed-in reader's shelf is the account's; an anonymous reader's is a random id
in the session, made with the first bookmark and not before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Article, Block, Bookmark

SESSION_KEY = "shelf"
MAX_COUNT = 999  # the header's number; more is shown as 999+


@dataclass(frozen=True)
class Shelf:
    """``owner`` holds the fields that make a bookmark this reader's, or nothing yet."""

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
    def anonymous(cls, stored: str) -> Shelf:
        """A forged or damaged id is no shelf."""
        try:
            return cls({"shelf": UUID(stored)})
        except (ValueError, AttributeError, TypeError):
            return cls({})

    def bookmarks(self) -> QuerySet[Bookmark]:
        if not self.owner:
            return Bookmark.objects.none()
        return Bookmark.objects.filter(**self.owner)

    def with_articles(self) -> QuerySet[Bookmark]:
        """The bookmarks with all that the shelf's page shows of them."""
        return (
            self.bookmarks()
            .select_related("article__issue__publication", "article__section", "block")
            .prefetch_related("article__authorships__author")
        )

    @cached_property
    def count(self) -> int:
        """At most MAX_COUNT + 1, whatever the shelf holds."""
        return len(self.bookmarks().values_list("pk")[: MAX_COUNT + 1])

    @property
    def count_label(self) -> str:
        return f"{MAX_COUNT}+" if self.count > MAX_COUNT else str(self.count)

    def kept_among(self, articles: Iterable[Article]) -> set[int]:
        """The ids of those of ``articles`` that have a bookmark here."""
        if not self.owner:
            return set()
        ids = [article.pk for article in articles]
        return set(
            self.bookmarks().filter(article__in=ids).values_list("article_id", flat=True)
        )


def open_shelf(request: HttpRequest) -> Shelf:
    """The request's shelf, made now if the reader has none.  Writes the session."""
    if request.user.is_authenticated:
        return Shelf({"user": request.user})
    shelf = Shelf.anonymous(request.session.get(SESSION_KEY, ""))
    if not shelf.owner:
        shelf = Shelf({"shelf": uuid4()})
        request.session[SESSION_KEY] = str(shelf.owner["shelf"])
    return shelf


@transaction.atomic
def keep(shelf: Shelf, article: Article, block: Block | None = None) -> Bookmark:
    """Puts an article (or one paragraph of it) on the shelf; twice is once."""
    bookmark, _ = Bookmark.objects.get_or_create(
        **shelf.owner, article=article, block=block
    )
    return bookmark


@transaction.atomic
def take_off(shelf: Shelf, article: Article, block: Block | None = None) -> None:
    """Takes it off again; what is not there stays not there."""
    shelf.bookmarks().filter(article=article, block=block).delete()

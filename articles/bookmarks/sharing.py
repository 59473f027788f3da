"""Showing a shelf, or what has one tag on it, to whoever has the link."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from articles.bookmarks.shelf import locked
from articles.models import Bookmark, Bookshelf, ShareLink, Tag

MAX_LINKS = 50
TITLE_LENGTH = 100


class TooManyLinks(Exception):
    """A shelf has no more than MAX_LINKS links."""


@transaction.atomic
def share(
    shelf: Bookshelf, *, title: str, tag: Tag | None, with_notes: bool
) -> ShareLink:
    """A new link that nobody can guess.  Deleting its row revokes it.

    Only an account's shelf is shared: an anonymous one could become part of another
    person's shelf at that person's next sign-in.  Raises TooManyLinks, ValueError.
    """
    if locked(shelf).user_id is None:
        raise ValueError("An anonymous shelf is not shared.")
    if shelf.links.count() >= MAX_LINKS:
        raise TooManyLinks
    title = " ".join(title.split())[:TITLE_LENGTH]
    return ShareLink.objects.create(
        shelf=shelf, title=title, tag=tag, with_notes=with_notes
    )


def shared_bookmarks(link: ShareLink) -> QuerySet[Bookmark]:
    """What the link shows: articles and paragraphs that readers may see, no highlights."""
    rows = Bookmark.objects.filter(shelf=link.shelf_id, article__withdrawn=False)
    if link.tag_id:
        rows = rows.filter(tags=link.tag_id)
    return rows.select_related("article__issue__publication", "block").prefetch_related(
        "article__authorships__author"
    )

"""Where a reader stopped: the paragraph, not how far the page was scrolled."""

from __future__ import annotations

from django.db import transaction

from articles.bookmarks.shelf import locked
from articles.models import Article, Block, Bookmark, Bookshelf, ReadingPlace, Role
from articles.models.bookmark import this_second

PLACES_KEPT = 200
BODY_ROLES = (Role.HEADING, Role.PARAGRAPH, Role.VERSE, Role.LIST_ITEM)


@transaction.atomic
def remember(shelf: Bookshelf, article: Article, block: Block) -> None:
    """At the article's end there is nothing to go on with: the place goes, and a
    bookmark on the article counts as read."""
    locked(shelf)
    last = (
        article.blocks.filter(role__in=BODY_ROLES).order_by("-position", "-pk").first()
    )
    if last is None or (block.position, block.pk) >= (last.position, last.pk):
        forget(shelf, article)
        unread = Bookmark.objects.filter(
            shelf=shelf, article=article, block=None, read=None
        )
        unread.filter(quote="").update(read=this_second())
        return
    ReadingPlace.objects.update_or_create(
        shelf=shelf,
        article=article,
        defaults={"block": block, "updated": this_second()},
    )
    old = shelf.places.order_by("-updated", "-pk").values_list("pk", flat=True)
    ReadingPlace.objects.filter(pk__in=list(old[PLACES_KEPT:])).delete()


def forget(shelf: Bookshelf, article: Article) -> None:
    ReadingPlace.objects.filter(shelf=shelf, article=article).delete()

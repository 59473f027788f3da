"""A reader's tags: made by naming them, renamed, merged, removed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.bookmarks.shelf import locked
from articles.models import Bookmark, Bookshelf, Highlight, Kept, Tag
from articles.models.shelf import TAG_LENGTH, tag_key

MAX_TAGS = 1000  # on one shelf
SEPARATORS = str.maketrans("，、；;\n\t", ",,,,,,")


class TooManyTags(Exception):
    """A shelf has no more than MAX_TAGS tags."""


def split_tags(typed: str) -> list[str]:
    """``"党史， AI,ai"`` → ``["党史", "AI"]``: commas of either width, each tag once."""
    names = (clean_tag(part) for part in typed.translate(SEPARATORS).split(","))
    return unique(name for name in names if name)


def clean_tag(name: str) -> str:
    """One line without controls or commas, no longer than a tag may be."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in name)
    return " ".join(visible.translate(SEPARATORS).replace(",", " ").split())[
        :TAG_LENGTH
    ].strip()


def unique(names: Iterable[str]) -> list[str]:
    """The first spelling of each tag."""
    return list({tag_key(name): name for name in reversed(list(names))}.values())[::-1]


def ensure_tags(
    shelf: Bookshelf, names: Iterable[str], most: float = MAX_TAGS
) -> dict[str, Tag]:
    """The shelf's tags of these names by key, made where missing.

    Call with the shelf locked.  Raises TooManyTags.
    """
    wanted = {
        tag_key(name): name for name in unique(filter(None, map(clean_tag, names)))
    }
    if not wanted:
        return {}
    known = {tag.key: tag for tag in shelf.tags.all()}
    fresh = [
        Tag(shelf=shelf, name=name, key=key)
        for key, name in wanted.items()
        if key not in known
    ]
    if fresh and len(known) + len(fresh) > most:
        raise TooManyTags
    made = {tag.key: tag for tag in Tag.objects.bulk_create(fresh, batch_size=500)}
    return {key: (known | made)[key] for key in wanted}


def counted(tags: QuerySet[Tag]) -> QuerySet[Tag]:
    """Adds ``bookmark_count`` and ``highlight_count``."""
    return tags.annotate(
        bookmark_count=_count(Bookmark), highlight_count=_count(Highlight)
    ).order_by("key")


def _count(model: type[Kept]) -> Coalesce:
    uses = model.tags.through.objects.filter(tag=OuterRef("pk")).order_by()  # type: ignore[attr-defined]
    counts = uses.values("tag").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


@transaction.atomic
def rename_tag(shelf: Bookshelf, tag: Tag, name: str) -> Tag:
    """Renames, or merges into the tag that is called so already.

    Returns the tag that stays.  Raises ValueError for a name that is none.
    """
    locked(shelf)
    name = clean_tag(name)
    if not name:
        raise ValueError("A tag needs a name.")
    other = shelf.tags.filter(key=tag_key(name)).exclude(pk=tag.pk).first()
    if other is None:
        tag.name = name
        tag.save()
        return tag
    for model in (Bookmark, Highlight):
        _move(model.tags.through, tag, other)
    tag.links.update(tag=other)
    tag.delete()
    return other


def _move(through: type, tag: Tag, other: Tag) -> None:
    rows = list(through.objects.filter(tag=tag))  # type: ignore[attr-defined]
    for row in rows:
        row.pk, row.tag = None, other
    through.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)  # type: ignore[attr-defined]

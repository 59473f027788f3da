"""Highlights: taking a passage, confirming its place, settling after a change of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F, Q, QuerySet

from articles.bookmarks.joining import Outcome, put
from articles.bookmarks.places import Place, find_moved, place_of, settle_on
from articles.bookmarks.records import (
    HighlightRecord,
    Records,
    bookmark_records,
    chunks,
)
from articles.bookmarks.shelf import locked
from articles.models import Block, Bookmark, Bookshelf, Highlight

MAX_LENGTH = 5000  # characters of one passage
SETTLED = ("article", "block", "paragraph", "start", "end", "dump", "lines")


class NotThere(ValueError):
    """The passage that was named does not stand in the paragraph."""


@dataclass(frozen=True)
class Selection:
    """What a browser says was selected; its white space is not the text's."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def take_passage(
    shelf: Bookshelf, block: Block, selection: Selection, note: str = ""
) -> Outcome:
    """Raises NotThere when the selection is not, or not surely, in the block."""
    start, end = find_selection(block.text, selection)
    record = HighlightRecord(
        article=block.article.public_id,  # type: ignore[union-attr]
        paragraph=block.text,
        start=start,
        end=end,
        anchor=block.anchor,
        note=note,
        source=block.dump.sha256,
        lines=tuple(block.lines),
        block=block.pk,
    )
    return put(shelf, Records(highlights=[record]))


def find_selection(text: str, selection: Selection) -> tuple[int, int]:
    """Where the selected characters stand, white space aside.

    Raises NotThere when they do not, or when their surroundings fit two places.
    """
    places = [i for i, c in enumerate(text) if not c.isspace()]
    bare = "".join(text[i] for i in places)
    exact, prefix, suffix = map(
        _bare, (selection.exact, selection.prefix, selection.suffix)
    )
    if not exact or len(selection.exact) > MAX_LENGTH:
        raise NotThere
    found = _all_places(bare, exact)
    fitting = [
        at
        for at in found
        if bare[:at].endswith(prefix) and bare.startswith(suffix, at + len(exact))
    ]
    chosen = found if len(found) == 1 else fitting
    if len(chosen) != 1:
        raise NotThere
    at = chosen[0]
    return places[at], places[at + len(exact) - 1] + 1


def _bare(text: str) -> str:
    return "".join(text.split())


def _all_places(text: str, part: str) -> list[int]:
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def unsettled(highlights: QuerySet[Highlight]) -> QuerySet[Highlight]:
    """Those whose paragraph has changed or is gone; the rest stand where they stood."""
    return highlights.filter(
        Q(block=None)
        | ~Q(block__text=F("paragraph"))
        | Q(block__article=None)
        | ~Q(block__article=F("article"))
    )


def places_of(highlights: Iterable[Highlight]) -> dict[int, Place]:
    """The place of each that has one; the others wait to be confirmed."""
    rows = list(highlights)
    found = {row.pk: place for row in rows if (place := place_of(row))}
    return found | find_moved(row for row in rows if row.pk not in found)


@transaction.atomic
def settle(articles: Iterable[int]) -> int:
    """After texts have changed: remembers where each passage of these articles is now.

    What cannot be found for certain is left as it was taken.  Returns how many moved.
    """
    moved: dict[int, Highlight] = {}
    for ids in chunks(articles):
        for mine in ({"article__in": ids}, {"block__article__in": ids}):
            rows = unsettled(Highlight.objects.filter(**mine)).select_related("block")
            moved.update(_settled(rows))
    Highlight.objects.bulk_update(moved.values(), SETTLED, batch_size=100)
    return len(moved)


def _settled(rows: Iterable[Highlight]) -> dict[int, Highlight]:
    by_id = {row.pk: row for row in rows}
    places = places_of(by_id.values())
    for pk, place in places.items():
        settle_on(by_id[pk], place)
    return {pk: by_id[pk] for pk in places}


@transaction.atomic
def confirm(highlight: Highlight, block: Block, start: int, end: int) -> None:
    """The reader says where the passage stands now.

    Raises NotThere when no such passage is in the block any more.
    """
    locked(highlight.shelf)
    block = Block.objects.select_for_update().get(pk=block.pk)
    if not 0 <= start < end <= len(block.text) or block.article_id is None:
        raise NotThere
    settle_on(highlight, Place(block, start, end))
    highlight.save(update_fields=SETTLED)


@transaction.atomic
def confirm_paragraph(bookmark: Bookmark, block: Block) -> None:
    """The reader says which paragraph a bookmark means now.

    Where that one has a bookmark already, the two become one.
    """
    shelf = locked(bookmark.shelf)
    record = replace(
        bookmark_records(shelf.bookmarks.filter(pk=bookmark.pk))[0], block=block.pk
    )
    bookmark.delete()
    put(shelf, Records(bookmarks=[replace(record, quote="", anchor=block.anchor)]))

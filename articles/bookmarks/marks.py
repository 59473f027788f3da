"""What a reader has left in an article: for the script that shows it in the text."""

from __future__ import annotations

from typing import Any

from articles.bookmarks.passages import places_of
from articles.bookmarks.places import Place
from articles.bookmarks.shelf import Shelf
from articles.models import Article, Highlight

MARKS_SHOWN = 500


def marks_in(mine: Shelf, article: Article) -> dict[str, Any]:
    """``highlights`` whose place is certain, anchors of ``kept`` paragraphs, and the
    ``place`` where the reader stopped.  No query for a reader who keeps nothing."""
    if not mine.owner:
        return {"highlights": [], "kept": [], "place": ""}
    kept = mine.bookmarks().filter(article=article, block__isnull=False).order_by()
    place = mine.places().filter(article=article, block__isnull=False)
    return {
        "highlights": highlights_in(mine, article),
        "kept": list(kept.values_list("block__anchor", flat=True)),
        "place": place.values_list("block__anchor", flat=True).first() or "",
    }


def highlights_in(mine: Shelf, article: Article) -> list[dict[str, Any]]:
    rows = mine.highlights().filter(article=article).select_related("block")
    found = {row.pk: row for row in rows[:MARKS_SHOWN]}
    places = places_of(found.values())
    return [
        _mark(found[pk], place)
        for pk, place in sorted(places.items())
        if place.block.article_id == article.pk
    ]


def _mark(row: Highlight, place: Place) -> dict[str, Any]:
    """``start`` counts characters without white space: pages set that as they need."""
    text = place.block.text
    return {
        "id": row.pk,
        "block": place.block.anchor,
        "start": len("".join(text[: place.start].split())),
        "text": "".join(text[place.start : place.end].split()),
        "note": row.note,
    }

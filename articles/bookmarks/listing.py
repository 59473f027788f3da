"""What a shelf's page shows of it: filter, search, order, one page.

In: the parameters of an address.  Out: the ids of everything that matches, in order,
and the rows of one page.  A shelf is bounded (MAX_KEPT), so its ids fit in memory, and
bulk actions work on exactly what the page counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from articles.bookmarks.passages import places_of, unsettled
from articles.bookmarks.places import Place
from articles.models import (
    Article,
    ArticleTopic,
    Authorship,
    Bookmark,
    Bookshelf,
    Highlight,
    Tag,
)
from articles.models.shelf import tag_key
from articles.pages.paging import Page, window_page
from articles.querysets import STANDING

PAGE_SIZE = 50
MAX_QUERY = 100
MAX_TERMS = 8
STATES = ("unread", "read", "untagged", "noted", "lost")
ORDERS = {
    "newest": ("-created", "-id"),
    "oldest": ("created", "id"),
    "issue": (
        "-article__issue__sort_date",
        "-article__issue_id",
        "article__position",
        "id",
    ),
    "printed": (
        "article__issue__sort_date",
        "article__issue_id",
        "article__position",
        "id",
    ),
}


@dataclass(frozen=True)
class Wanted:
    """A filter as the address says it; what the address cannot mean is left out."""

    query: str = ""
    tags: tuple[str, ...] = ()
    state: str = ""
    topic: str = ""
    order: str = "newest"

    @classmethod
    def of(cls, params: Any) -> Wanted:
        state, order = params.get("state", ""), params.get("order", "")
        return cls(
            query=_clean(params.get("q", "")),
            tags=tuple(dict.fromkeys(filter(None, map(_clean, params.getlist("tag"))))),
            state=state if state in STATES else "",
            topic=_clean(params.get("topic", "")),
            order=order if order in ORDERS else "newest",
        )

    def address(self) -> str:
        """The parameters that say this again."""
        return urlencode(
            [("tag", name) for name in self.tags]
            + [
                (key, value)
                for key, value in (
                    ("q", self.query),
                    ("state", self.state),
                    ("topic", self.topic),
                    ("order", self.order if self.order != "newest" else ""),
                )
                if value
            ]
        )

    @property
    def narrows(self) -> bool:
        return bool(self.query or self.tags or self.state or self.topic)


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()[:MAX_QUERY]


class Listing:
    """Everything of a shelf that is wanted, and the page of it that was asked for."""

    def __init__(self, rows: QuerySet[Any], wanted: Wanted, params: Mapping[str, Any]):
        self.wanted = wanted
        self.matching = self._filtered(rows)
        ordered = self.matching.order_by(*ORDERS[wanted.order])
        self.ids: list[int] = list(ordered.values_list("pk", flat=True))
        self.page: Page[int] = window_page(self.ids, params, PAGE_SIZE)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def rows(self) -> list[Any]:
        """The page's rows with all that is shown of them."""
        found = {row.pk: row for row in self._with_all().filter(pk__in=self.page.rows)}
        return [found[pk] for pk in self.page.rows if pk in found]

    def _with_all(self) -> QuerySet[Any]:
        raise NotImplementedError

    def _filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.wanted
        for name in wanted.tags:
            through = rows.model.tags.through.objects
            column = f"{rows.model._meta.model_name}_id"
            rows = rows.filter(
                Exists(
                    through.filter(**{column: OuterRef("pk")}, tag__key=tag_key(name))
                )
            )
        for term in wanted.query.split()[:MAX_TERMS]:
            rows = rows.filter(self._mentions(rows.model, term))
        if wanted.topic:
            rows = rows.filter(_has_topic(wanted.topic))
        return self._in_state(rows, wanted.state)

    def _in_state(self, rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        if state == "untagged":
            return rows.filter(tags=None)
        if state == "noted":
            return rows.exclude(note="")
        return rows

    def _mentions(self, model: type, term: str) -> Q:
        """The reader's own words, and those the article is known by."""
        names = Authorship.objects.filter(
            article=OuterRef("article_id"), author__name__icontains=term
        )
        column = f"{model._meta.model_name}s"  # type: ignore[attr-defined]
        tagged = Tag.objects.filter(
            **{column: OuterRef("pk")}, key__contains=tag_key(term)
        )
        return (
            Q(note__icontains=term)
            | Q(article__title__icontains=term)
            | Q(article__subtitle__icontains=term)
            | Q(article__issue__publication__title__icontains=term)
            | Exists(tagged)
            | Exists(names)
        )


def _has_topic(slug: str) -> Exists:
    return Exists(
        ArticleTopic.objects.filter(
            article=OuterRef("article_id"), topic__slug=slug, decision__in=STANDING
        )
    )


class BookmarkListing(Listing):
    def _with_all(self) -> QuerySet[Bookmark]:
        return Bookmark.objects.select_related(
            "article__issue__publication", "article__section", "block"
        ).prefetch_related("tags", "article__authorships__author")

    def _in_state(self, rows: QuerySet[Bookmark], state: str) -> QuerySet[Bookmark]:
        if state in ("read", "unread"):
            return rows.filter(read__isnull=state == "unread")
        if state == "lost":
            return rows.filter(block=None).exclude(quote="")
        return super()._in_state(rows, state)

    def _mentions(self, model: type, term: str) -> Q:
        return super()._mentions(model, term) | Q(quote__icontains=term)


class HighlightListing(Listing):
    def _filtered(self, rows: QuerySet[Highlight]) -> QuerySet[Highlight]:
        passage = Substr("paragraph", F("start") + 1, F("end") - F("start"))
        return super()._filtered(rows.annotate(passage=passage))

    def _with_all(self) -> QuerySet[Highlight]:
        return Highlight.objects.select_related(
            "article__issue__publication", "article__section", "block__article"
        ).prefetch_related("tags", "article__authorships__author")

    def _in_state(self, rows: QuerySet[Highlight], state: str) -> QuerySet[Highlight]:
        if state == "lost":
            return rows.filter(pk__in=lost_ids(rows))
        return super()._in_state(rows, state)

    def _mentions(self, model: type, term: str) -> Q:
        return super()._mentions(model, term) | Q(passage__icontains=term)

    @cached_property
    def places(self) -> dict[int, Place]:
        """Where each highlight of the page stands; who is not here waits."""
        return places_of(self.rows)


def lost_ids(rows: QuerySet[Highlight]) -> list[int]:
    """Those that wait to be confirmed.  Looks closely only at what has changed."""
    changed = list(unsettled(rows).select_related("block"))
    found = places_of(changed)
    return [row.pk for row in changed if row.pk not in found]


def kept_articles(shelf: Bookshelf, wanted: Wanted) -> QuerySet[Article]:
    """The articles of a shelf's wanted bookmarks that readers may see, each once, those
    kept first in front."""
    rows = BookmarkListing(shelf.bookmarks.all(), wanted, {}).matching
    since = Min("bookmarks__created", filter=Q(bookmarks__in=rows.values("pk")))
    return (
        Article.objects.published()
        .filter(bookmarks__in=rows.values("pk"))
        .annotate(kept_since=since)
        .order_by("kept_since", "pk")
    )

"""A list of articles with its figures: what topic, author and section pages show.

At most WINDOW articles are looked at.  A list that fits in the window is sorted by
date and counted exactly, by year and by publication.  A longer one is walked along
its index, last imported first, and its figures are those of the window and say so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import caches
from django.db.models import F

from articles.models import Article
from articles.pages.counts import FIGURES, KEPT_FOR
from articles.pages.paging import PAGE_SIZE, Page, parse_id, window_page
from articles.querysets import COUNT_CAP, ArticleQuerySet

WINDOW = COUNT_CAP


class Place(NamedTuple):
    """Where one article of a list stands."""

    id: int
    issue: int
    position: int
    day: date | None
    year: int | None
    publication: str  # slug
    publication_title: str


@dataclass(frozen=True)
class Window:
    """The newest articles of a list, at most WINDOW, and whether there are more."""

    places: list[Place]
    capped: bool
    along: str
    known_by_year: dict[int, int] | None = None

    @cached_property
    def total_label(self) -> str:
        return f"{WINDOW}+" if self.capped else str(len(self.places))

    @cached_property
    def by_year(self) -> dict[int, int]:
        """Articles a year, oldest first; the undated ones are left out."""
        if self.known_by_year is not None:
            return self.known_by_year
        years = Counter(place.year for place in self.places if place.year)
        return dict(sorted(years.items()))

    @cached_property
    def publications(self) -> list[tuple[str, str]]:
        """Slug and title, most frequent first."""
        found = Counter((p.publication, p.publication_title) for p in self.places)
        return [publication for publication, _ in found.most_common()]

    @cached_property
    def ids(self) -> list[int]:
        """Newest issue first, in printed order within an issue; undated ones last."""
        day = self._sort_day
        return [
            p.id
            for p in sorted(
                self.places, key=lambda p: (day(p), -p.issue, p.position, p.id)
            )
        ]

    @staticmethod
    def _sort_day(place: Place) -> int:
        return -place.day.toordinal() if place.day else 0


def look_at(articles: ArticleQuerySet, along: str = "-id") -> Window:
    """``along``: the order the list's index has, e.g. ``-article_topics__article_id``."""
    rows = articles.order_by(along).values_list(
        "id",
        "issue_id",
        "position",
        "issue__sort_date",
        "issue__year",
        "issue__publication__slug",
        "issue__publication__title",
    )[: WINDOW + 1]
    places = [Place(*row) for row in rows]
    return Window(places[:WINDOW], len(places) > WINDOW, along)


def figures_of(articles: ArticleQuerySet, along: str, name: str) -> Window:
    """``look_at``; of a long list only the figures, which are kept under ``name``.

    To look at a thousand articles takes longer than all else that a page does.
    ``name`` says which list this is, and of which state of the collection.
    """
    key = f"years:{hashlib.sha256(name.encode()).hexdigest()}"
    if (by_year := caches[FIGURES].get(key)) is not None:
        return Window([], True, along, by_year)
    window = look_at(articles, along)
    if window.capped:
        caches[FIGURES].set(key, window.by_year, KEPT_FOR)
    return window


def page_of(
    articles: ArticleQuerySet,
    window: Window,
    params: Mapping[str, Any],
    size: int = PAGE_SIZE,
) -> Page[Article]:
    """The page of the list that ``params`` ask for, each article with all of its row."""
    page = page_ids(articles, window, params, size)
    found = Article.objects.with_listing().in_bulk(page.rows)
    return Page(
        [found[pk] for pk in page.rows if pk in found], page.previous, page.next
    )


def page_ids(
    articles: ArticleQuerySet,
    window: Window,
    params: Mapping[str, Any],
    size: int = PAGE_SIZE,
) -> Page[int]:
    """The same, as ids (``articles.pages.rows`` says what a line shows)."""
    if window.capped:
        return _walk(articles, window.along.lstrip("-"), params, size)
    return window_page(window.ids, params, size)


def _walk(
    articles: ArticleQuerySet, field: str, params: Mapping[str, Any], size: int
) -> Page[int]:
    """A page along an index whose ``field`` is the article's id, newest first.

    A second filter() over a relation would join its table a second time, and give an
    article of two topics twice; an annotation stays on the join that is there.
    """
    before, after = parse_id(params.get("before")), parse_id(params.get("after"))
    articles = articles.annotate(walked=F(field)).order_by("-walked")
    if before is not None:
        up = articles.filter(walked__gt=before).order_by("walked")
        found = list(up.values_list("walked", flat=True)[: size + 1])
        rows = found[:size][::-1]
        return Page(rows, *_ends(rows, earlier=len(found) > size, later=True))
    if after is not None:
        articles = articles.filter(walked__lt=after)
    found = list(articles.values_list("walked", flat=True)[: size + 1])
    rows = found[:size]
    return Page(rows, *_ends(rows, earlier=after is not None, later=len(found) > size))


def _ends(
    rows: list[int], *, earlier: bool, later: bool
) -> tuple[int | None, int | None]:
    """The ids to ask for the pages before and after with."""
    if not rows:
        return None, None
    return (rows[0] if earlier else None), (rows[-1] if later else None)

"""What search engines should know of: every page that stays, with its last change.

One sitemap while the portal has at most WHOLE pages, an index of sitemaps beyond.
A sitemap is a range of ids, so the last one is found as fast as the first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.urls import reverse

from articles.models import Article, Author, Issue, Publication, Section, Topic

WHOLE = 50_000  # addresses a sitemap may have
PART = 5_000  # addresses in each of several: a smaller answer, sooner
PAGES = ("home", "publications", "topics", "authors", "sections")


class IdRanges(Paginator):
    """Page n holds the ids from (n - 1) * size to n * size; ids never come back."""

    def __init__(self, rows: QuerySet, size: int) -> None:
        super().__init__(rows, size)
        self.last = rows.aggregate(last=Max("pk"))["last"] or 0

    @property
    def num_pages(self) -> int:  # type: ignore[override]
        return max(1, -(-self.last // self.per_page))

    def page(self, number: int | str) -> Page:
        """Raises PageNotAnInteger or EmptyPage."""
        number = self.validate_number(number)
        end = number * self.per_page
        rows = self.object_list.filter(pk__gt=end - self.per_page, pk__lte=end)
        return Page(list(rows.order_by("pk")), number, self)


class Rows(Sitemap):
    """The pages of one table."""

    def __init__(self, rows: Callable[[], QuerySet], limit: int) -> None:
        self.rows, self.limit = rows, limit

    def items(self) -> QuerySet:
        return self.rows()

    @property
    def paginator(self) -> IdRanges:
        return IdRanges(self.rows(), self.limit)

    def get_latest_lastmod(self) -> datetime | None:
        return None


class Articles(Rows):
    def lastmod(self, article: Article) -> datetime:
        return article.modified

    def get_latest_lastmod(self) -> datetime | None:
        return self.rows().aggregate(latest=Max("modified"))["latest"]


class Lists(Sitemap):
    """The front page and the lists; they are few."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(f"articles:{item}")


def sitemaps(limit: int) -> dict[str, Sitemap]:
    return {
        "pages": Lists(),
        "articles": Articles(_articles, limit),
        "issues": Rows(_issues, limit),
        "publications": Rows(lambda: Publication.objects.only("slug"), limit),
        "topics": Rows(lambda: Topic.objects.standing().only("slug"), limit),
        "authors": Rows(lambda: Author.objects.standing().only("slug"), limit),
        "sections": Rows(_sections, limit),
    }


def fits_in_one(maps: dict[str, Sitemap]) -> bool:
    """Reckoned by the highest ids, which costs nothing; gaps only bring the index sooner."""
    tables = [one for one in maps.values() if isinstance(one, Rows)]
    return len(PAGES) + sum(one.paginator.last for one in tables) <= WHOLE


def _articles() -> QuerySet[Article]:
    return Article.objects.published().only("public_id", "modified")


def _issues() -> QuerySet[Issue]:
    rows = Issue.objects.select_related("publication")
    return rows.only("key", "publication__slug")


def _sections() -> QuerySet[Section]:
    rows = Section.objects.select_related("publication")
    return rows.only("slug", "publication__slug")

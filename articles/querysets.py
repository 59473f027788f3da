"""Every read that more than one page needs.

Views and exports call these; nothing else filters the tables.  None of them costs
more because a table has grown: counts stop at COUNT_CAP, lists are read along an
index (articles.pages.paging).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

if TYPE_CHECKING:
    from articles.models import Author, Issue, Publication, Section, Topic

COUNT_CAP = 1000  # a count beyond it is shown as "1000+"
# articles.models.Decision, all but DECLINED; the models import this module
STANDING = ["suggested", "accepted"]


# From an article to whatever its record names.
_PATHS = {
    "publication": "issue__publication",
    "issue": "issue",
    "section": "section",
    "author": "authorships__author",
    "topic": "article_topics__topic",
}


class CappedCount(Subquery):
    """How many rows a subquery has, counting no further than COUNT_CAP + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()

    def __init__(self, queryset: QuerySet, **extra: Any) -> None:
        super().__init__(queryset.order_by().values("pk")[: COUNT_CAP + 1], **extra)


class ArticleQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What readers may see."""
        return self.filter(withdrawn=False)

    def update(self, **fields: Any) -> int:
        """Every write moves ``modified``, which harvesters and feeds go by.

        ``bulk_update`` comes here too.  Whatever changes what an article's record
        says without writing its row (its authors, its issue) calls ``touch``.
        """
        return super().update(**{"modified": timezone.now(), **fields})

    def touch(self) -> int:
        return self.update()

    def naming(self, row: models.Model) -> Self:
        """Those whose record says something of this issue, author, topic …"""
        return self.filter(**{_PATHS[row._meta.model_name]: row})

    def in_printed_order(self) -> Self:
        return self.order_by("position", "id")

    def newest_first(self) -> Self:
        return self.order_by("-issue__sort_date", "-issue_id", "position", "id")

    def with_listing(self) -> Self:
        """All that a line in a list shows, in a fixed number of queries."""
        return self.select_related(
            "issue__publication", "section__publication"
        ).prefetch_related("authorships__author")

    def about(self, topic: Topic) -> Self:
        """Those that have the topic, by rule or by an editor, and not declined."""
        return self.filter(
            article_topics__topic=topic, article_topics__decision__in=STANDING
        )

    def signed_by(self, author: Author) -> Self:
        return self.filter(authorships__author=author)

    def under(self, section: Section) -> Self:
        return self.filter(section=section)


class PublicationQuerySet(models.QuerySet):
    def with_span(self) -> Self:
        """Adds ``first_year``, ``last_year`` and the capped ``issue_count``."""
        issues = _model("Issue").objects.filter(publication=OuterRef("pk"))
        dated = issues.filter(sort_date__isnull=False)
        return self.annotate(
            first_year=Subquery(
                dated.order_by("sort_date").values("sort_date__year")[:1]
            ),
            last_year=Subquery(
                dated.order_by("-sort_date").values("sort_date__year")[:1]
            ),
            issue_count=CappedCount(issues),
        )


class IssueQuerySet(models.QuerySet):
    def newest(self, limit: int) -> list[Issue]:
        """The newest dated issues; undated ones, last imported first, fill the rest."""
        issues = self.select_related("publication")
        dated = issues.filter(sort_date__isnull=False).order_by("-sort_date", "-id")
        found = list(dated[:limit])
        if room := limit - len(found):
            found += issues.filter(sort_date__isnull=True).order_by("-id")[:room]
        return found

    def span(self) -> list[int]:
        """Every year from the first issue's to the last's; two looks at an index."""
        days = self.filter(sort_date__isnull=False).values_list("sort_date", flat=True)
        first, last = (
            days.order_by("sort_date").first(),
            days.order_by("-sort_date").first(),
        )
        return list(range(first.year, last.year + 1)) if first and last else []

    def years(self, publication: Publication) -> list[int]:
        """The years a publication has issues of, newest first.

        One look at the index for each year of its span, so a daily of fifty years
        costs no more than a yearly of fifty years.
        """
        run = self.filter(publication=publication, sort_date__isnull=False)
        ends = run.aggregate(
            first=models.Min("sort_date"), last=models.Max("sort_date")
        )
        if ends["first"] is None:
            return []
        span = range(ends["last"].year, ends["first"].year - 1, -1)
        found = _exists_for(
            {f"y{year}": run.filter(sort_date__year=year) for year in span}
        )
        return [year for year in span if found[f"y{year}"]]


class TopicQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that have not been merged into another."""
        return self.filter(merged_into=None)

    def with_counts(self) -> Self:
        """Adds the capped ``article_count``."""
        uses = _model("ArticleTopic").objects.filter(
            topic=OuterRef("pk"), decision__in=STANDING, article__withdrawn=False
        )
        return self.annotate(article_count=CappedCount(uses))


class AuthorQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that have not been merged into another."""
        return self.filter(merged_into=None)

    def with_counts(self) -> Self:
        signed = _model("Authorship").objects.filter(
            author=OuterRef("pk"), article__withdrawn=False
        )
        return self.annotate(article_count=CappedCount(signed))

    def initial(self, letter: str) -> Self:
        """Those whose pinyin begins with ``letter``; ``#`` is everyone else's."""
        return self.filter(_initial(letter))

    def initials(self) -> dict[str, bool]:
        """For a–z and ``#``: is there an author?  One look at the index for each."""
        return _exists_for({letter: self.initial(letter) for letter in INITIALS})


class SectionQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        articles = _model("Article").objects.filter(
            section=OuterRef("pk"), withdrawn=False
        )
        return self.annotate(article_count=CappedCount(articles))


INITIALS = "abcdefghijklmnopqrstuvwxyz#"


def _initial(letter: str) -> Q:
    """A range, for an index serves it on both engines in any collation.

    No syllable begins with a doubled z, so "azz" stands after every "a…".
    """
    if letter == "#":
        return Q(sort_key__lt="a") | Q(sort_key__gt="zzz")
    return Q(sort_key__gte=letter, sort_key__lt=f"{letter}zz")


def _exists_for(queries: dict[str, QuerySet]) -> dict[str, bool]:
    """Answers many yes-or-no questions in one statement."""
    names = {f"found_{n}": name for n, name in enumerate(queries)}
    row = (
        _model("Publication")
        .objects.order_by()
        .annotate(**{key: Exists(queries[name]) for key, name in names.items()})
        .values(*names)
        .first()
    )
    return {name: bool(row and row[key]) for key, name in names.items()}


def _model(name: str) -> type[models.Model]:
    """Looked up late: the models import this module."""
    from django.apps import apps

    return apps.get_model("articles", name)

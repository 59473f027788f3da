"""An issue's contents as the printed list has them, and how well its text is placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Func, IntegerField, Q, Sum

from articles.models import ArticleKind, Issue, IssueKind
from articles.models.block import BY_HAND
from articles.pages.prepared import Prepared
from articles.pages.typeset import DOUBTFUL

BOXES = frozenset(
    {ArticleKind.SIDEBAR, ArticleKind.NOTICE, ArticleKind.CHRONICLE, ArticleKind.ADVERT}
)


class Named(Protocol):
    name: str


class Listed(Protocol):
    """What is asked of an article of the list."""

    kind: str
    page: int | None
    section_id: int | None
    section: Named | None


One = TypeVar("One", bound=Listed)


@dataclass
class Group(Generic[One]):
    """What stands under one heading.  ``page`` is set where a new 版 begins."""

    section: Named | None = None
    page: int | None = None
    articles: list[One] = field(default_factory=list)


def group_contents(issue: Issue, articles: Iterable[One]) -> list[Group[One]]:
    """Never regrouped: a heading that returns in print returns here.

    A box or notice without a section stays under the heading it was printed under.
    """
    paged = issue.kind == IssueKind.NEWSPAPER_PAGE
    groups: list[Group[One]] = []
    current: tuple[int | None, int | None] | None = None
    for article in articles:
        sheet = article.page if paged else None
        boxed = article.section_id is None and article.kind in BOXES
        if (
            current is None
            or current[0] != sheet
            or not (boxed or current[1] == article.section_id)
        ):
            new_sheet = current is None or current[0] != sheet
            groups.append(Group(article.section, sheet if new_sheet else None))
            current = (sheet, article.section_id)
        groups[-1].articles.append(article)
    return groups


@dataclass(frozen=True)
class Quality:
    """Every line of the issue's dumps is counted once: the ledger is complete."""

    lines: int  # all that are not blank
    in_articles: int
    in_doubt: int
    statuses: Counter[str]

    @cached_property
    def placed_percent(self) -> int:
        return self.in_articles * 100 // self.lines if self.lines else 0


def measure(issue: Issue, statuses: Iterable[str]) -> Quality:
    [counts] = _counted.rows(issue.pk)
    lines, in_articles, doubtful, settled = (count or 0 for count in counts)
    return Quality(lines, in_articles, doubtful - settled, Counter(statuses))


class _Length(Func):
    """How many lines a block has."""

    function = "json_array_length"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_array_length", **extra)


_DOUBTFUL = Q(dumps__blocks__confidence__lt=DOUBTFUL)
_SETTLED = Q(  # any of the keys that ``is_settled`` looks for
    *(("dumps__blocks__base__has_key", key) for key in sorted(BY_HAND)),
    _connector=Q.OR,
)
_counted = Prepared(
    lambda issue: (
        Issue.objects.filter(pk=issue)
        .order_by()
        .values("pk")
        .annotate(
            lines=_sum(Q()),
            placed=_sum(Q(dumps__blocks__article__isnull=False)),
            doubtful=_sum(_DOUBTFUL),
            settled=_sum(_DOUBTFUL & _SETTLED),
        )
        .values_list("lines", "placed", "doubtful", "settled")
    )
)


def _sum(those: Q) -> Sum:
    return Sum(_Length("dumps__blocks__lines"), filter=those & Q(dumps__current=True))

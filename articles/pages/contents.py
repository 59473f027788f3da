"""An issue's contents as the printed list has them, and how well its text is placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from articles.models import ArticleKind, Block, Issue, IssueKind, is_settled
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
    blocks = Block.objects.filter(dump__issue=issue, dump__current=True)
    lines = in_articles = in_doubt = 0
    for article, numbers, confidence, base in blocks.values_list(
        "article_id", "lines", "confidence", "base"
    ):
        lines += len(numbers)
        in_articles += len(numbers) if article else 0
        doubtful = confidence < DOUBTFUL and not is_settled(base)
        in_doubt += len(numbers) if doubtful else 0
    return Quality(lines, in_articles, in_doubt, Counter(statuses))

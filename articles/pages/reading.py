"""What stands around an article's text: its place, its other readings, its length."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Article, Issue
from articles.pages.contents import Group, group_contents

NEAR = 200  # positions before and after the article that its page lists
# Silent reading of Chinese prose, slow and quick: 3,000 characters take 7–10 minutes.
CHARACTERS_A_MINUTE = (300, 430)


@dataclass(frozen=True)
class PlaceInIssue:
    """The contents around an article.  At an end of the issue the way leads on."""

    groups: list[Group]
    previous: Article | None
    next: Article | None
    previous_issue: Issue | None
    next_issue: Issue | None


def place_in_issue(article: Article) -> PlaceInIssue:
    near = list(
        Article.objects.published()
        .filter(
            issue=article.issue_id,
            position__range=(article.position - NEAR, article.position + NEAR),
        )
        .in_printed_order()
        .select_related("section")
        .only("public_id", "title", "kind", "page", "position", "section__name")
    )
    at = next(n for n, other in enumerate(near) if other.pk == article.pk)
    first, last = at == 0, at == len(near) - 1
    before = after = None
    if first or last:
        issues = Issue.objects.select_related("publication")
        before, after = issues.neighbours(article.issue)
    return PlaceInIssue(
        group_contents(article.issue, near),
        None if first else near[at - 1],
        None if last else near[at + 1],
        before if first else None,
        after if last else None,
    )


@dataclass(frozen=True)
class OtherReading:
    """Other printed forms of the title or the authors.

    ``body`` is set where the contents list and the body disagree: the body's form;
    ``others`` are the contents list's then.
    """

    what: str  # "title" or "author"
    others: list[str]
    body: str = ""


def other_readings(article: Article) -> list[OtherReading]:
    body = dict(
        article.problems.filter(code__in=["title-mismatch", "author-mismatch"])
        .order_by("-id")
        .values_list("code", "chosen")
    )
    titles = [form for form in article.title_variants if form != article.title]
    found = [
        OtherReading("title", titles, body.get("title-mismatch", "")),
        OtherReading(
            "author", article.author_variants, body.get("author-mismatch", "")
        ),
    ]
    return [reading for reading in found if reading.others]


def minutes_to_read(characters: int) -> tuple[int, int]:
    """The least and the most, which are the same for a short text."""
    slow, quick = CHARACTERS_A_MINUTE
    return max(1, round(characters / quick)), max(1, round(characters / slow))

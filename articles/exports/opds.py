"""OPDS 1.2: the catalogue through which reading apps find the issues.

Navigation feeds lead to acquisition feeds, whose entries are issues with their EPUB.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse

from articles.exports.atom import LONG_AGO, Entry, Link
from articles.exports.citations.record import certain_date, iso_date, main_language
from articles.exports.epub import MEDIA_TYPE as EPUB
from articles.exports.plain import one_line
from articles.models import Article, Issue, Publication
from articles.querysets import IssueQuerySet

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"


def navigation_entry(
    title: str, href: str, kind: str, updated: datetime, summary: str = ""
) -> Entry:
    """A door to another feed; ``kind`` is that feed's media type."""
    return Entry(
        href,
        one_line(title),
        updated,
        [Link("subsection", href, kind)],
        summary=summary,
    )


def publication_entries(publications: Iterable[Publication], base: str) -> list[Entry]:
    return [
        navigation_entry(
            publication.title,
            base + reverse("articles:opds-publication", args=[publication.slug]),
            ACQUISITION,
            LONG_AGO,
            one_line(publication.description or publication.publisher),
        )
        for publication in publications
    ]


def with_changes(issues: IssueQuerySet) -> IssueQuerySet:
    """Adds ``changed``, when anything in the issue last was."""
    articles = Article.objects.filter(issue=OuterRef("pk")).order_by().values("issue")
    latest = articles.annotate(latest=Max("modified")).values("latest")
    return issues.select_related("publication").annotate(changed=Subquery(latest))


def issue_entry(issue: Issue, base: str) -> Entry:
    """``issue`` comes from ``with_changes``."""
    page = issue.get_absolute_url()
    year, number = issue.key.split("/")
    epub = reverse("articles:issue-epub", args=[issue.publication.slug, year, number])
    cover = f"{base}{page}cover.svg"
    return Entry(
        id=base + page,
        title=one_line(f"{issue.publication.title} {issue.label()}"),
        updated=issue.changed or LONG_AGO,
        links=[
            Link(OPEN_ACCESS, base + epub, EPUB),
            Link("alternate", base + page, "text/html"),
            Link("http://opds-spec.org/image", cover, "image/svg+xml"),
            Link("http://opds-spec.org/image/thumbnail", cover, "image/svg+xml"),
        ],
        issued=iso_date(certain_date(issue.date)) or str(issue.year or ""),
        language=main_language(issue.publication.languages),
        publisher=one_line(issue.publication.publisher),
    )

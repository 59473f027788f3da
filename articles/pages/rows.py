"""Articles as lists name them: one question to the database for a page of any list.

In: the ids of a page, or a place in an issue.  Out: ``Line``s, each with what its line
shows, and no model that could be asked for more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet

from articles.models import Article, Authorship, Issue
from articles.pages.addresses import address
from articles.pages.paging import PAGE_SIZE, Page, keyset_page, parse_id
from articles.pages.prepared import Columns, Gathered, Prepared, from_json

CONTENTS_SIZE = 400

_ISSUE = Columns(
    Issue, "id", "kind", "key", "year", "volume", "number", "total_number", "date"
)
_signed = Authorship.objects.filter(article=OuterRef("pk")).order_by("position", "id")
_COLUMNS = (
    "id", "public_id", "title", "subtitle", "kind", "page", "status", "section_id",
    "section__name", "section__slug", "section__publication__slug", "signed",
)  # fmt: skip
_OF_ISSUE = ("issue__publication__slug", "issue__publication__title")


class Heading(NamedTuple):
    """A section, as it heads a part of a list."""

    name: str
    slug: str
    publication: str  # slug

    @property
    def address(self) -> str:
        return address("section", self.publication, self.slug)


class Line(NamedTuple):
    """``authors``: names and slugs, as signed."""

    pk: int
    public_id: str
    title: str
    subtitle: str
    kind: str
    page: int | None
    status: str
    section_id: int | None
    section: Heading | None
    authors: list[tuple[str, str]]


class Where(NamedTuple):
    """The issue of an article, where a list goes across issues."""

    issue: Issue
    publication: str  # slug
    publication_title: str

    @property
    def address(self) -> str:
        return address("issue", self.publication, *self.issue.key.split("/"))


def lines_of_issue(issue: Issue, params: Mapping[str, Any]) -> Page[Line]:
    """A page of its contents in printed order; nearly always all of them."""
    if parse_id(params.get("after")) is None and parse_id(params.get("before")) is None:
        rows = [_line(row) for row in _first_lines.rows(issue.pk)]
        more = len(rows) > CONTENTS_SIZE
        rows = rows[:CONTENTS_SIZE]
        return Page(rows, None, rows[-1].pk if more else None)
    page = keyset_page(
        issue.articles.published(), ["position", "id"], params, CONTENTS_SIZE
    )
    rows = _named(issue.articles.filter(pk__in=[article.pk for article in page]))
    lines = rows.in_printed_order().values_list(*_COLUMNS)
    return Page([_line(row) for row in lines], page.previous, page.next)


def lines_by_id(ids: Sequence[int]) -> list[tuple[Line, Where]]:
    """In the order of ``ids``, of which there are no more than a page has."""
    asked = [*ids, *[0] * (PAGE_SIZE - len(ids))]
    size = len(_ISSUE.names)
    found = {}
    for *row, of_issue_1, of_issue_2 in _by_id.rows(*asked):
        issue = _ISSUE.row(row[-size:])
        where = Where(issue, of_issue_1, of_issue_2)
        found[row[0]] = (_line(row[:-size]), where)
    return [found[pk] for pk in ids if pk in found]


def _named(articles: QuerySet) -> QuerySet:
    return articles.annotate(signed=Gathered(_signed, "author__name", "author__slug"))


_first_lines = Prepared(
    lambda issue: (
        _named(Article.objects.published().filter(issue=issue))
        .in_printed_order()
        .values_list(*_COLUMNS)[: CONTENTS_SIZE + 1]
    )
)
_by_id = Prepared(
    lambda *ids: (
        _named(Article.objects.filter(pk__in=ids))
        .order_by()
        .values_list(*_COLUMNS, *_ISSUE.under("issue__"), *_OF_ISSUE)
    ),
    parameters=PAGE_SIZE,
)


def _line(row: Sequence[Any]) -> Line:
    *plain, section_id, name, slug, publication, authors = row
    section = Heading(name, slug, publication) if section_id else None
    return Line(*plain, section_id, section, from_json(authors) or [])

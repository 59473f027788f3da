"""The values that templates/articles/issue.html is filled in with."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from articles.bookmarks import Shelf
from articles.models import Issue, SourceDump
from articles.pages.addresses import address
from articles.pages.beside import issue_after, issue_before
from articles.pages.contents import group_contents, measure
from articles.pages.prepared import Prepared
from articles.pages.row_html import contents_html, pager_html
from articles.pages.rows import lines_of_issue
from articles.pages.stencil import Value
from articles.pages.tongue import lang_attribute

Values = dict[str, Value]


def issue_values(request: HttpRequest, issue: Issue) -> Values:
    page = lines_of_issue(issue, request.GET)
    kept = Shelf.of(request).kept_among(page)
    quality = measure(issue, (line.status for line in page))
    imprint = {
        "issue": issue,
        "quality": quality,
        "dumps": _current_dumps(issue),
        "zh": lang_attribute(),
    }
    publication = issue.publication
    return {
        "publication": publication.title,
        "publication_url": address("publication", publication.slug),
        "scope": f"{publication.slug}/{issue.key}",
        "stem": issue.get_absolute_url().removesuffix("/"),
        "label": issue.label(),
        "year": str(issue.year or ""),
        "imprint": mark_safe(render_to_string("articles/_imprint.html", imprint)),
        "contents": contents_html(issue, group_contents(issue, page), kept),
        "pager": pager_html(page, request.GET),
        **_beside(issue),
    }


def _beside(issue: Issue) -> Values:
    values: Values = {}
    for name, way in (("previous", issue_before), ("next", issue_after)):
        other = way(issue.pk)
        values[name] = other.label if other else ""
        values[f"{name}_url"] = other.address if other else ""
    return values


class _Dump(NamedTuple):
    pk: int
    name: str
    page: int | None


_current = Prepared(
    lambda issue: (
        SourceDump.objects.filter(issue=issue, current=True)
        .order_by("page")
        .values_list("id", "name", "page")
    )
)


def _current_dumps(issue: Issue) -> list[_Dump]:
    return [_Dump(*row) for row in _current.rows(issue.pk)]

"""The values that templates/articles/issue.html is filled in with."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from articles.bookmarks import Shelf
from articles.models import Issue, SourceDump
from articles.pages.addresses import address
from articles.pages.contents import group_contents, measure
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
    issues = Issue.objects.select_related("publication")
    values: Values = {}
    for name, other in zip(("previous", "next"), issues.neighbours(issue), strict=True):
        values[name] = other.label() if other else ""
        values[f"{name}_url"] = other.get_absolute_url() if other else ""
    return values


def _current_dumps(issue: Issue) -> list[SourceDump]:
    """Without their bytes: a page of links needs none."""
    return list(issue.dumps.filter(current=True).defer("content").order_by("page"))

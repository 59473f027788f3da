"""The lines of lists as HTML: of an issue's contents, of a topic, author or section.

In: ``Line``s of articles.pages.rows.  Out: safe strings, filled in by the stencil.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from articles.models import ArticleKind, Issue, IssueKind
from articles.pages.addresses import address, addresses
from articles.pages.contents import Group
from articles.pages.paging import Page
from articles.pages.rows import Line, Where
from articles.pages.stencil import Fixed, Value, escape, fill

APART = "\u3000"  # between the names of a printed contents list


def contents_html(
    issue: Issue, groups: Iterable[Group[Line]], kept: Collection[int]
) -> SafeString:
    """As the printed contents list has them, each with its bookmark."""
    numbered = issue.kind == IssueKind.MAGAZINE
    parts = []
    for n, group in enumerate(groups):
        parts.append(_heads(group, first=n == 0))
        rows = "".join(_in_contents(line, kept, numbered) for line in group.articles)
        parts.append(f"<ol>{rows}</ol>\n")
    return mark_safe("".join(parts))


def rows_html(
    lines: Iterable[tuple[Line, Where]], kept: Collection[int], trail: str
) -> SafeString:
    """``trail``: what the links of this list end with."""
    issues: dict[int, Value] = {}
    return mark_safe("".join(_in_list(*one, kept, trail, issues) for one in lines))


def pager_html(page: Page[Any], params: QueryDict) -> SafeString:
    """Links to the pages before and after, keeping the filters."""
    kept = params.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    query = kept.urlencode()
    values = {"previous": str(page.previous or ""), "next": str(page.next or "")}
    return fill(
        "includes/pager.html", {**values, "query": f"{query}&" if query else ""}
    )


def _heads(group: Group[Line], *, first: bool) -> SafeString:
    section = group.section
    values: dict[str, Value] = {
        "sheet": str(group.page or ""),
        "section": section.name if section else "",
        "section_url": section.address if section else "",
        "ruled": not first and not group.page,
    }
    return fill("articles/_contents_heads.html", values)


def _in_contents(line: Line, kept: Collection[int], numbered: bool) -> SafeString:
    boxed = line.kind != ArticleKind.ARTICLE
    return fill(
        "articles/_contents_row.html",
        {
            "kind": Fixed(line.kind),
            "kind_label": str(ArticleKind(line.kind).label) if boxed else "",
            "who": APART.join(name for name, _ in line.authors),
            "page": str(line.page or "") if numbered else "",
            **_common(line, kept),
        },
    )


def _in_list(
    line: Line,
    where: Where,
    kept: Collection[int],
    trail: str,
    labels: dict[int, Value],
) -> SafeString:
    issue = where.issue
    author = addresses("author")
    signed = [f'<a href="{author(slug)}">{escape(n)}</a>' for n, slug in line.authors]
    return fill(
        "articles/_article_row.html",
        {
            **_common(line, kept),
            "trail": trail,
            "by": mark_safe("、".join(signed)),
            "issue_url": where.address,
            "publication": where.publication_title,
            "issue_label": labels.get(issue.pk)
            or labels.setdefault(issue.pk, issue.label()),
            "section": line.section.name if line.section else "",
            "section_url": line.section.address if line.section else "",
            "page": str(line.page or ""),
            "issue_kind": Fixed(issue.kind),
        },
    )


def _common(line: Line, kept: Collection[int]) -> dict[str, Value]:
    return {
        "url": address("article", line.public_id),
        "title": line.title,
        "subtitle": line.subtitle,
        "public_id": line.public_id,
        "is_kept": line.pk in kept,
    }

"""What several templates of the reading pages need."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.models import Issue, IssueKind
from articles.querysets import COUNT_CAP

register = template.Library()


@register.filter
def capped(count: int) -> str:
    """``37``, or ``1000+`` where counting stopped."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


@register.filter
def short_label(issue: Issue) -> str:
    """``2021年第5期`` without the total number, which the cover has."""
    if issue.kind == IssueKind.MAGAZINE and issue.year and issue.number:
        return _("%(year)d年第%(number)d期") % vars(issue)
    return issue.label()


@register.inclusion_tag("includes/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Links to the pages before and after, keeping the filters."""
    request: HttpRequest = context["request"]
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    query = kept.urlencode()
    return {"page": page, "query": f"{query}&" if query else ""}

"""What several templates of the reading pages need."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Issue, IssueKind, Publication
from articles.pages.row_html import pager_html
from articles.querysets import COUNT_CAP

register = template.Library()
# BCP 47, as far as a browser cares: "zh-Hant-TW"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@register.filter
def capped(count: int) -> str:
    """``37``, or ``1000+`` where counting stopped."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


@register.filter
def main_language(publication: Publication) -> str:
    """The first of a publication's languages, as a ``lang`` attribute may have it."""
    first = publication.languages.split(",")[0].strip()
    return first if _LANGUAGE.fullmatch(first) else "zh-Hans"


@register.filter
def short_label(issue: Issue) -> str:
    """``2021年第5期`` without the total number, which the cover has."""
    if issue.kind == IssueKind.MAGAZINE and issue.year and issue.number:
        return _("%(year)d年第%(number)d期") % vars(issue)
    return issue.label()


@register.simple_tag(takes_context=True)
def pager(context: dict[str, Any], page: Any) -> SafeString:
    """Links to the pages before and after, keeping the filters."""
    return pager_html(page, context["request"].GET)

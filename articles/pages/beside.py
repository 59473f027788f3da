"""The issues of a publication just before and just after one, with a query each."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Exists, Q, QuerySet, Subquery

from articles.models import Issue
from articles.pages.addresses import address
from articles.pages.prepared import Columns, Prepared

_ISSUE = Columns(
    Issue, "id", "kind", "key", "year", "volume", "number", "total_number", "date"
)


class Beside(NamedTuple):
    label: str
    address: str


def issue_before(issue: int) -> Beside | None:
    return _first_of(_before_dated, issue) or _first_of(_before_undated, issue)


def issue_after(issue: int) -> Beside | None:
    return _first_of(_after_dated, issue) or _first_of(_after_undated, issue)


def _first_of(question: Prepared, issue: int) -> Beside | None:
    for slug, *row in question.rows(issue):
        found = _ISSUE.row(row)
        return Beside(found.label(), address("issue", slug, *found.key.split("/")))
    return None


def _run(issue: int) -> QuerySet:
    """Of the issue's publication; columns as ``_first_of`` takes them."""
    here = Issue.objects.filter(pk=issue)
    run = Issue.objects.filter(publication=Subquery(here.values("publication")))
    return run.values_list("publication__slug", *_ISSUE.names)


def _undated(issue: int) -> QuerySet:
    """Those without a date; none where the issue has one."""
    itself = Issue.objects.filter(pk=issue, sort_date__isnull=True)
    return _run(issue).filter(Exists(itself), sort_date__isnull=True)


def _day(issue: int) -> Subquery:
    return Subquery(Issue.objects.filter(pk=issue).values("sort_date"))


_before_dated = Prepared(
    lambda issue: (
        _run(issue)
        .filter(Q(sort_date__lt=_day(issue)) | Q(id__lt=issue))
        .filter(sort_date__lte=_day(issue))
        .order_by("-sort_date", "-id")[:1]
    )
)
_after_dated = Prepared(
    lambda issue: (
        _run(issue)
        .filter(Q(sort_date__gt=_day(issue)) | Q(id__gt=issue))
        .filter(sort_date__gte=_day(issue))
        .order_by("sort_date", "id")[:1]
    )
)
_before_undated = Prepared(
    lambda issue: _undated(issue).filter(id__lt=issue).order_by("-id")[:1]
)
_after_undated = Prepared(
    lambda issue: _undated(issue).filter(id__gt=issue).order_by("id")[:1]
)

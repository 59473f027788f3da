"""Filters that an index answers, whatever the size of the table.

A publication's articles are found by its issues, newest WINDOW first: a list of the
admin shows no more than that anyway.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import CappedPaginator
from articles.models import (
    ArticleTopic,
    Author,
    Authorship,
    Issue,
    Publication,
    Topic,
)
from articles.pages.paging import parse_id
from articles.querysets import STANDING

WINDOW = 300  # issues
OFFERED = 60  # publications by name; any other is reached from its own page
DOUBTFUL = 0.8
CAP = CappedPaginator.CAP


class OfPublication(admin.SimpleListFilter):
    """Issues of a publication; with ``issue_path`` whatever belongs to its issues."""

    title = _("刊物")
    parameter_name = "publication"
    issue_path = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Publication.objects.order_by("sort_key", "title", "id").values_list(
            "pk", "title"
        )
        offered = dict(rows[:OFFERED])
        if (chosen := parse_id(self.value())) is not None and chosen not in offered:
            offered.update(dict(rows.filter(pk=chosen)))
        return [(str(pk), title) for pk, title in offered.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if (chosen := parse_id(self.value())) is None:
            return queryset
        if not self.issue_path:
            return queryset.filter(publication=chosen)
        return queryset.filter(pk__in=self._newest(queryset.model, chosen))

    def _newest(self, model: type[Model], publication: int) -> list[int]:
        """Ids only, so that what is sorted to be shown is never more than a list shows."""
        issues = {f"{self.issue_path}__in": newest_issues(publication)}
        rows = model._base_manager.filter(**issues).order_by(
            f"-{self.issue_path}_id", "pk"
        )
        return list(rows.values_list("pk", flat=True)[:CAP])


def publication_filter(issue_path: str) -> type[OfPublication]:
    """A filter by publication for a model that reaches its issue by ``issue_path``."""
    return type("OfPublicationBy", (OfPublication,), {"issue_path": issue_path})


def newest_issues(publication: int) -> list[int]:
    issues = Issue.objects.filter(publication=publication).order_by("-sort_date", "-id")
    return list(issues.values_list("pk", flat=True)[:WINDOW])


class Doubtful(admin.SimpleListFilter):
    """The most doubtful articles first (see ``ArticleAdmin.get_ordering``)."""

    title = _("把握")
    parameter_name = "doubtful"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("存疑"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return (
            queryset.filter(confidence__lt=DOUBTFUL)
            if self.value() == "1"
            else queryset
        )


class Withdrawn(admin.SimpleListFilter):
    title = _("撤下")
    parameter_name = "withdrawn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("已撤下"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(withdrawn=True) if self.value() == "1" else queryset


class Chosen(admin.SimpleListFilter):
    """A filter that a link from elsewhere sets; it offers only what is chosen."""

    model: type[Model]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        if (chosen := parse_id(self.value())) is None:
            return []
        rows = self.model._base_manager.filter(pk=chosen)
        return [(str(row.pk), str(row)) for row in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = parse_id(self.value())
        return (
            queryset
            if chosen is None
            else queryset.filter(pk__in=self.articles(chosen))
        )

    def articles(self, chosen: int) -> list[int]:
        raise NotImplementedError


class OfIssue(Chosen):
    title, parameter_name, model = _("刊期"), "issue", Issue

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = parse_id(self.value())
        return queryset if chosen is None else queryset.filter(issue=chosen)


class OfAuthor(Chosen):
    title, parameter_name, model = _("作者"), "author", Author

    def articles(self, chosen: int) -> list[int]:
        return _newest_articles(Authorship.objects.filter(author=chosen))


class OfTopic(Chosen):
    title, parameter_name, model = _("主题"), "topic", Topic

    def articles(self, chosen: int) -> list[int]:
        rows = ArticleTopic.objects.filter(topic=chosen, decision__in=STANDING)
        return _newest_articles(rows)


def _newest_articles(rows: QuerySet) -> list[int]:
    """Read along the index of author or topic, no further than a list shows."""
    ids = rows.order_by("-article_id").values_list("article_id", flat=True)
    return list(ids[:CAP])

"""Filters of the lists, with labels of our own: django-filter has none for zh-hans."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Publication, PublicationKind
from articles.pages.listing import Window
from articles.querysets import ArticleQuerySet

MOST_PUBLICATIONS = 300
# Of the year and of the publication: values and labels.
Choices = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]


class ArticleFilter(django_filters.FilterSet):
    """By year and publication; only what the list has is offered."""

    year = django_filters.ChoiceFilter(
        label=_("年份"), field_name="issue__year", empty_label=_("全部年份")
    )
    publication = django_filters.ChoiceFilter(
        label=_("刊物"),
        field_name="issue__publication__slug",
        empty_label=_("全部刊物"),
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, data: Any, queryset: ArticleQuerySet, choices: Choices) -> None:
        super().__init__(data, queryset=queryset)
        for name, values in zip(("year", "publication"), choices, strict=True):
            self.filters[name].extra["choices"] = values
            if len(values) < 2 and not (data or {}).get(name):
                del self.filters[name]

    @property
    def narrows(self) -> bool:
        """Has the reader chosen anything that holds?"""
        return self.form.is_valid() and any(self.form.cleaned_data.values())


def offered(window: Window) -> Choices:
    """A list too long for its window may have articles of any year and publication."""
    years = Issue.objects.span() if window.capped else list(window.by_year)
    publications = _all_publications() if window.capped else window.publications
    return tuple((str(year), str(year)) for year in reversed(years)), tuple(
        publications
    )


def _all_publications() -> list[tuple[str, str]]:
    return list(Publication.objects.values_list("slug", "title")[:MOST_PUBLICATIONS])


class PublicationFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=PublicationKind.choices, empty_label=_("全部类型")
    )

    class Meta:
        model = Publication
        fields: list[str] = []

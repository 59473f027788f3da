"""Filters of the lists, with labels of our own: django-filter has none for zh-hans."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from articles.listing import Window
from articles.models import Article, Publication, PublicationKind
from articles.querysets import ArticleQuerySet


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

    def __init__(self, data: Any, queryset: ArticleQuerySet, window: Window) -> None:
        super().__init__(data, queryset=queryset)
        years = [
            (str(year), str(year)) for year in sorted(window.by_year, reverse=True)
        ]
        self.filters["year"].extra["choices"] = years
        self.filters["publication"].extra["choices"] = window.publications
        for name, choices in (("year", years), ("publication", window.publications)):
            if len(choices) < 2 and not (data or {}).get(name):
                del self.filters[name]

    @property
    def narrows(self) -> bool:
        """Has the reader chosen anything that holds?"""
        return self.form.is_valid() and any(self.form.cleaned_data.values())


class PublicationFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=PublicationKind.choices, empty_label=_("全部类型")
    )

    class Meta:
        model = Publication
        fields: list[str] = []

"""Filters of the lists, with labels of our own: django-filter has none for zh-hans."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Publication, PublicationKind
from articles.pages.listing import Window
from articles.querysets import ArticleQuerySet

MOST_PUBLICATIONS = 300


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
        years = Issue.objects.span() if window.capped else list(window.by_year)
        choices = {
            "year": [(str(year), str(year)) for year in reversed(years)],
            "publication": _all_publications()
            if window.capped
            else window.publications,
        }
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = offered
            if len(offered) < 2 and not (data or {}).get(name):
                del self.filters[name]

    @property
    def narrows(self) -> bool:
        """Has the reader chosen anything that holds?"""
        return self.form.is_valid() and any(self.form.cleaned_data.values())


def _all_publications() -> list[tuple[str, str]]:
    """A list too long for its window may have articles of any of them."""
    return list(Publication.objects.values_list("slug", "title")[:MOST_PUBLICATIONS])


class PublicationFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=PublicationKind.choices, empty_label=_("全部类型")
    )

    class Meta:
        model = Publication
        fields: list[str] = []

"""Narrowing a search by facets: what may stand in its address.

``?publication=heshi&year=2023&section=heshi/shiping&topic=xiangcun&author=su-ruochuan
&kind=poem&issue=heshi/2023/4``.  A value that does not exist is an error of the form.
As any FilterSet it filters articles (``qs``); ``facets()`` says the same to the index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Article,
    ArticleKind,
    Author,
    Issue,
    Publication,
    Section,
    Topic,
)
from articles.search.facets import facet_token
from articles.search.query import FIRST_YEAR, LAST_YEAR, Facets


class _AddressField(forms.CharField):
    """The row an address such as ``heshi/2023/4`` names: ``lookups`` joined by slashes."""

    def __init__(
        self, *, model: type[Model], lookups: tuple[str, str], **options: Any
    ) -> None:
        self.model, self.lookups = model, lookups
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Model | None:
        text = super().clean(value)
        if not text:
            return None
        parts = dict(zip(self.lookups, text.strip("/").split("/", 1), strict=False))
        found = self.model._default_manager.filter(**parts).first()
        if found is None or len(parts) < len(self.lookups):
            raise ValidationError(_("没有“%(value)s”。"), params={"value": text})
        return found


class _AddressFilter(django_filters.Filter):
    field_class = _AddressField


class _YearFilter(django_filters.Filter):
    field_class = forms.IntegerField


def _by_slug(model: type[Model], label: Any, field_name: str) -> django_filters.Filter:
    return django_filters.ModelChoiceFilter(
        label=label,
        field_name=field_name,
        queryset=model._default_manager.all(),
        to_field_name="slug",
        error_messages={"invalid_choice": _("没有“%(value)s”。")},
    )


class SearchFilter(django_filters.FilterSet):
    publication = _by_slug(Publication, _("刊物"), "issue__publication")
    issue = _AddressFilter(
        label=_("刊期"),
        field_name="issue",
        model=Issue,
        lookups=("publication__slug", "key"),
    )
    year = _YearFilter(
        label=_("年份"),
        field_name="issue__year",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    section = _AddressFilter(
        label=_("栏目"),
        field_name="section",
        model=Section,
        lookups=("publication__slug", "slug"),
    )
    topic = _by_slug(Topic, _("主题"), "article_topics__topic")
    author = _by_slug(Author, _("作者"), "authors")
    kind = django_filters.ChoiceFilter(
        label=_("类型"),
        choices=ArticleKind.choices,
        error_messages={"invalid_choice": _("没有“%(value)s”。")},
    )

    class Meta:
        model = Article
        fields: list[str] = []

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """By facet what the reader chose: a row, a year or a kind.  Empty on errors."""
        if not self.form.is_valid():
            return {}
        return {
            name: self.form.cleaned_data[name]
            for name in self.filters
            if self.form.cleaned_data[name] not in (None, "")
        }

    def facets(self) -> Iterator[Facets]:
        for name, value in self.chosen.items():
            yield Facets(
                (facet_token(name, value.pk if isinstance(value, Model) else value),)
            )

    def errors_by_label(self) -> list[str]:
        """``年份：请输入整数。`` for each value that cannot be used."""
        fields = self.form.fields
        return [
            f"{fields[name].label}：{' '.join(map(str, errors))}"
            for name, errors in self.form.errors.items()
        ]

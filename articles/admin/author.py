"""Authors: one record, many printed forms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import LinesField, list_field
from articles.admin.links import list_link
from articles.admin.protected import ProtectedAdmin
from articles.admin.publication import MergingAdmin, NamedAdmin
from articles.editing.names import AUTHOR_NAMES, author_renamed
from articles.editing.slugs import author_slug, author_sort_key
from articles.models import Article, Author


@admin.register(Author)
class AuthorAdmin(MergingAdmin, NamedAdmin, ProtectedAdmin):
    merge_address = "desk:merge-authors"
    list_display = [
        "name",
        "disambiguation",
        "kind",
        "sort_key",
        "printed_as",
        "articles",
    ]
    search_fields = ["name"]
    sortable_by = ["name", "sort_key"]
    ordering = ["sort_key", "id"]
    fields = ["name", "kind", "disambiguation", "variants", "sort_key", "slug"]

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.name == "variants":
            return list_field(db_field, LinesField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Author, form: Any, change: bool
    ) -> None:
        """A renamed author keeps the old name as a printed form, and sorts anew."""
        if not change:
            obj.slug, obj.sort_key = author_slug(obj), author_sort_key(obj)
            obj.save()
            return
        if "name" in form.changed_data:
            _rename(obj, form)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Also a name that is handed back to the import is another name."""
        super().save_related(request, form, formsets, change)
        if AUTHOR_NAMES & {edit.field for edit in form.edits}:
            author_renamed(form.instance)

    @admin.display(description=_("印作"))
    def printed_as(self, obj: Author) -> str:
        return "、".join(obj.variants)

    @admin.display(description=_("文章"))
    def articles(self, obj: Author) -> SafeString:
        return list_link(Article, _("各篇"), author=obj.pk)


def _rename(author: Author, form: Any) -> None:
    old = form.initial["name"]
    if old not in author.variants and old != author.name:
        author.variants = [*author.variants, old]
        form.changed_data.append("variants")
    if "sort_key" not in form.changed_data:
        author.sort_key = author_sort_key(author)
        form.changed_data.append("sort_key")

"""Topics and the words by which the rule finds them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import TermsField, list_field
from articles.admin.links import list_link
from articles.admin.publication import MergingAdmin, NamedAdmin
from articles.admin.seen import SeenForm
from articles.editing.names import TOPIC_NAMES, topic_renamed
from articles.models import Article, Origin, Topic


@admin.register(Topic)
class TopicAdmin(MergingAdmin, NamedAdmin):
    merge_address = "desk:merge-topics"
    form = SeenForm
    list_display = ["name", "origin", "words", "articles"]
    list_filter = ["origin"]
    search_fields = ["name"]
    fields = ["name", "sort_key", "slug", "description", "terms"]

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.name == "terms":
            field = list_field(db_field, TermsField)
            field.help_text = _("一行一词，后面可写权重，如“乡村 2”")
            field.widget.attrs["rows"] = 12
            return field
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Topic, form: Any, change: bool
    ) -> None:
        """What an editor has touched, ``load_topics`` leaves alone."""
        obj.origin = Origin.EDITOR if form.changed_data else obj.origin
        super().save_model(request, obj, form, change)
        if TOPIC_NAMES & set(form.changed_data):
            topic_renamed(obj)

    @admin.display(description=_("用词"))
    def words(self, obj: Topic) -> str:
        return "、".join(term["term"] for term in obj.terms[:8])

    @admin.display(description=_("文章"))
    def articles(self, obj: Topic) -> SafeString:
        return list_link(Article, _("各篇"), topic=obj.pk)

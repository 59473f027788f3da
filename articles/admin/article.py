"""An article's page: every field beside its printed evidence, every paragraph beside
its printed lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.choosing import SectionChoice
from articles.admin.doubts import with_lines
from articles.admin.evidence import PrintedEvidence
from articles.admin.fields import LinesField, list_field
from articles.admin.filters import (
    Doubtful,
    OfAuthor,
    OfIssue,
    OfTopic,
    Withdrawn,
    publication_filter,
)
from articles.admin.inlines import AuthorshipInline, BlockInline, TopicInline
from articles.admin.links import link
from articles.admin.lookup import find_articles
from articles.admin.protected import ProtectedAdmin, ProtectedForm, marks_of
from articles.editing import articles as editing
from articles.editing.history import Edit, last_hands
from articles.editing.release import release
from articles.models import Article
from articles.pages.paging import parse_id

DOUBTS_SHOWN = 50
LISTS = {"title_variants", "author_variants"}


class ArticleForm(ProtectedForm):
    """Offers the columns of the article's own publication."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "section" not in self.fields:
            return
        choice = self.fields["section"].widget.widget
        choice.publication = self.instance.issue.publication_id
        if section := self.instance.section:
            choice.know(section.pk, section.name)
        self.fields["section"].queryset = self.instance.issue.publication.sections


@admin.register(Article)
class ArticleAdmin(PrintedEvidence, ProtectedAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines = [AuthorshipInline, TopicInline, BlockInline]
    autocomplete_fields = ["section"]
    actions = ["withdraw", "restore"]
    search_fields = ["title"]
    search_help_text = _("题名与正文中的词，或文章编号")
    ordering = ["-id"]
    list_display = [
        "title", "signed_by", "issue_link", "page", "kind", "status", "sureness", "edited",
    ]  # fmt: skip
    list_filter = [
        publication_filter("issue"), "kind", "status", Doubtful, Withdrawn, OfIssue, OfAuthor,
        OfTopic,
    ]  # fmt: skip
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("kicker", "printed_kicker"),
                    ("title", "printed_title"),
                    "subtitle",
                    "title_variants",
                ]
            },
        ),
        (
            _("署名与来源"),
            {
                "fields": [
                    ("authors_mark", "printed_byline"),
                    "author_variants",
                    ("affiliation", "printed_affiliation"),
                    ("source_credit", "printed_credit"),
                ]
            },
        ),
        (
            _("归属"),
            {
                "fields": [
                    "section",
                    ("kind", "page", "position"),
                    ("status", "withdrawn"),
                    ("issue_link", "dump_link"),
                    ("number", "characters", "sureness"),
                ]
            },
        ),
    ]
    readonly_fields = [
        "printed_kicker", "printed_title", "printed_byline", "printed_affiliation",
        "printed_credit", "authors_mark", "issue_link", "dump_link", "number", "characters",
        "sureness",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith(
            "_changelist"
        ):
            return queryset.prefetch_related(
                "issue__publication", "authorships__author"
            )
        return queryset.select_related("issue__publication", "section", "dump").defer(
            "dump__content"
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come out of dumps: an added one would have no printed line."""
        return False

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """An order that an index has, for each way of narrowing the list."""
        if request.GET.get(Doubtful.parameter_name):
            return ["confidence", "-id"]
        if "issue" in request.GET:
            return ["position", "id"]
        if "publication" in request.GET:
            return ["-issue_id", "position", "id"]
        return ["-id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return find_articles(queryset, search_term), False

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in LISTS:
            field = list_field(db_field, LinesField)
            field.help_text = _("一行一种写法")
            field.widget.attrs["rows"] = 2
            return field
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "section":
            kwargs["widget"] = SectionChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if article := context.get("original"):
            problems = article.problems.order_by("state", "id")
            context["doubts"] = with_lines(problems[:DOUBTS_SHOWN])
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """ "Save and continue" stays on the same page of paragraphs."""
        response = super().response_change(request, obj)
        page = parse_id(request.GET.get("blocks"))
        if (
            page
            and "_continue" in request.POST
            and isinstance(response, HttpResponseRedirect)
        ):
            glue = "&" if "?" in response.url else "?"
            return HttpResponseRedirect(f"{response.url}{glue}blocks={page}")
        return response

    def release(self, row: Article, value: str) -> list[Edit]:
        """``title``, or ``block-55-text`` for a paragraph of this article."""
        if not value.startswith("block-"):
            return release(row, value)
        _block, pk, field = (value.split("-", 2) + ["", ""])[:3]
        block = row.blocks.filter(pk=parse_id(pk)).first()
        return release(block, field) if block else []

    @admin.display(description=_("作者"))
    def authors_mark(self, obj: Article) -> SafeString | str:
        """The authors are edited below; here stands whether an editor has."""
        mark = marks_of(obj, last_hands(obj)).get("authors") if obj.base else None
        return mark.html() if mark else _("见下“署名”")

    @admin.display(description=_("作者"))
    def signed_by(self, obj: Article) -> str:
        return "、".join(str(row.author) for row in obj.authorships.all())

    @admin.display(description=_("刊期"))
    def issue_link(self, obj: Article) -> SafeString | str:
        return link(obj.issue)

    @admin.display(description=_("文本"))
    def dump_link(self, obj: Article) -> SafeString | str:
        return link(obj.dump)

    @admin.display(description=_("把握"))
    def sureness(self, obj: Article) -> str:
        return f"{obj.confidence:.2f}"

    @admin.display(description=_("人工改过"), empty_value="")
    def edited(self, obj: Article) -> str | None:
        return "✓" if obj.base else None

    @admin.display(description=_("文章编号"))
    def number(self, obj: Article) -> str:
        return obj.public_id

    @admin.action(
        description=_("撤下：读者不再看到，地址与内容保留"), permissions=["change"]
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._tell(request, editing.withdraw(queryset, request.user))

    @admin.action(description=_("恢复"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._tell(request, editing.restore(queryset, request.user))

    def _tell(self, request: HttpRequest, changed: int) -> None:
        text = ngettext("%d 篇已更改。", "%d 篇已更改。", changed) % changed
        self.message_user(request, text, messages.SUCCESS)

"""The files that were imported: to be looked at and taken home, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import ReadOnlyAdmin
from articles.admin.doubts import with_lines
from articles.admin.filters import publication_filter
from articles.admin.links import link, list_link
from articles.admin.lookup import begins, either
from articles.editing.printed import lines_of
from articles.models import Article, SourceDump

FURNITURE_SHOWN = 300
PROBLEMS_SHOWN = 100


@admin.register(SourceDump)
class SourceDumpAdmin(ReadOnlyAdmin):
    list_display = ["name", "issue_link", "page", "current", "encoding", "imported_at"]
    list_filter = [publication_filter("issue")]
    search_fields = ["name"]
    search_help_text = _("文件名或 SHA-256 的开头")
    ordering = ["-id"]
    change_form_template = "admin/articles/sourcedump/change_form.html"
    fields = [
        "name", "download", "issue_link", "articles", "page", "current", "encoding", "size",
        "sha256", "parser_version", "imported_at",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Never the bytes: a list of fifty would read fifty files."""
        queryset = super().get_queryset(request).defer("content")
        return queryset.prefetch_related("issue__publication")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        return either(
            queryset, begins("name", term), begins("sha256", term.lower())
        ), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_view)
        name = "articles_sourcedump_download"
        return [path("<int:pk>/download/", view, name=name), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file as it came, byte for byte; a browser must not try to show it."""
        dump = get_object_or_404(SourceDump, pk=pk)
        if not self.has_view_permission(request, dump):
            raise PermissionDenied
        response = HttpResponse(
            bytes(dump.content), content_type="application/octet-stream"
        )
        response["Content-Disposition"] = content_disposition_header(True, dump.name)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= _shown(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("刊期"))
    def issue_link(self, obj: SourceDump) -> SafeString | str:
        return link(obj.issue)

    @admin.display(description=_("文章"))
    def articles(self, obj: SourceDump) -> SafeString:
        return list_link(Article, _("本期各篇"), issue=obj.issue_id)

    @admin.display(description=_("字节"))
    def size(self, obj: SourceDump) -> int:
        """Asked of the database, which need not read the bytes to know."""
        rows = SourceDump.objects.filter(pk=obj.pk)
        return rows.values_list(Length("content"), flat=True)[0]

    @admin.display(description=_("下载"))
    def download(self, obj: SourceDump) -> SafeString:
        url = reverse("admin:articles_sourcedump_download", args=[obj.pk])
        return format_html('<a href="{}" download>{}</a>', url, _("原文件"))


def _shown(dump: SourceDump) -> dict[str, Any]:
    """Its problems, and what stands outside every article, with the printed lines."""
    problems = dump.problems.order_by("state", "id")
    blocks = dump.blocks.filter(article=None).order_by("position", "id")
    shown = list(blocks[: FURNITURE_SHOWN + 1])
    return {
        "doubts": with_lines(problems[:PROBLEMS_SHOWN]),
        "furniture": [
            (b.get_role_display(), lines_of(b)) for b in shown[:FURNITURE_SHOWN]
        ],
        "more_furniture": len(shown) > FURNITURE_SHOWN,
    }

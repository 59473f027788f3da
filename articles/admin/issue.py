"""Issues: what is printed on them, their articles, and saying which issue one is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import OfPublication
from articles.admin.links import change_url, link, list_link
from articles.admin.lookup import find_issues
from articles.admin.protected import ProtectedAdmin
from articles.editing import issues as editing
from articles.models import Article, Issue, Publication, PublicationKind

ARTICLES_SHOWN = 200
DUMPS_SHOWN = 100


class IdentifyForm(forms.Form):
    """Which issue of which publication this is; what is left blank stays as known."""

    publication = forms.ModelChoiceField(
        Publication.objects.all(), label=_("刊物"), required=False
    )
    title = forms.CharField(
        label=_("新刊物"),
        max_length=200,
        required=False,
        help_text=_("还没有的刊物，写刊名"),
    )
    year = forms.IntegerField(
        label=_("年"), min_value=1, max_value=9999, required=False
    )
    volume = forms.IntegerField(
        label=_("卷"), min_value=1, max_value=32767, required=False
    )
    number = forms.IntegerField(
        label=_("期"), min_value=1, max_value=32767, required=False
    )
    total_number = forms.IntegerField(
        label=_("总期"), min_value=1, max_value=2**31 - 1, required=False
    )
    date = forms.CharField(
        label=_("日期"),
        max_length=20,
        required=False,
        help_text=_("2021-05-10、2021-05 或 2021；不详则留空"),
    )

    def __init__(self, *args: Any, admin_site: admin.AdminSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = Issue._meta.get_field("publication")
        self.fields["publication"].widget = AutocompleteSelect(field, admin_site)
        self.fields["publication"].widget.choices = self.fields["publication"].choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen, title = said.get("publication"), said.get("title")
        if bool(chosen) == bool(title):
            raise forms.ValidationError(_("选一种刊物，或写一个新的刊名。"))
        return said

    def said(self) -> dict[str, Any]:
        """What the editor said, as ``editing.issues.identify`` takes it."""
        said = dict(self.cleaned_data)
        chosen, title = said.pop("publication"), said.pop("title")
        return {"publication": chosen.title if chosen else title, **said}


@admin.register(Issue)
class IssueAdmin(ProtectedAdmin):
    """What an issue is, is no field here: its address depends on it (``identify``)."""

    change_form_template = "admin/articles/issue/change_form.html"
    list_display = ["label", "publication_link", "kind", "sort_date", "articles"]
    list_select_related = ["publication"]
    list_filter = [OfPublication]
    search_fields = ["key"]
    search_help_text = _("刊名（或拼音）的开头，可加年份与期数，如“河石 2023 4”")
    ordering = ["-id"]
    readonly_fields = [
        "publication_link", "label", "kind", "year", "volume", "number", "total_number", "date",
        "address",
    ]  # fmt: skip
    fields = [*readonly_fields, "masthead", "staff"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Issues come out of dumps."""
        return False

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["-sort_date", "-id"] if "publication" in request.GET else ["-id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return (
            find_issues(queryset, search_term) if search_term.strip() else queryset
        ), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.identify_view)
        urls = [path("<int:pk>/identify/", view, name="articles_issue_identify")]
        return urls + super().get_urls()

    def identify_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = get_object_or_404(Issue.objects.select_related("publication"), pk=pk)
        if not self.has_change_permission(request, issue):
            raise PermissionDenied
        form = IdentifyForm(
            request.POST or None, initial=_known(issue), admin_site=self.admin_site
        )
        if request.method == "POST" and form.is_valid():
            known = self._identify(request, issue, form)
            if known:
                return HttpResponseRedirect(change_url(known))
        return TemplateResponse(
            request,
            "admin/articles/issue/identify.html",
            self._identify_context(request, issue, form),
        )

    def _identify(
        self, request: HttpRequest, issue: Issue, form: IdentifyForm
    ) -> Issue | None:
        """The issue it is now, or None with the reason among the form's errors."""
        try:
            known = editing.identify(issue, request.user, **form.said())
        except editing.Refused as refusal:
            form.add_error(None, str(refusal))
            return None
        self.message_user(request, _("已定为：%s") % known, messages.SUCCESS)
        return known

    def _identify_context(
        self, request: HttpRequest, issue: Issue, form: IdentifyForm
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": _("定刊期"),
            "subtitle": str(issue),
            "form": form,
            "media": self.media + form.media,
            "original": issue,
            "opts": self.opts,
            "dumps": issue.dumps.defer("content").order_by("page", "-current")[
                :DUMPS_SHOWN
            ],
        }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= _shown(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("刊期"))
    def label(self, obj: Issue) -> str:
        return obj.label()

    @admin.display(description=_("刊物"))
    def publication_link(self, obj: Issue) -> SafeString | str:
        return link(obj.publication)

    @admin.display(description=_("文章"))
    def articles(self, obj: Issue) -> SafeString:
        return list_link(Article, _("各篇"), issue=obj.pk)

    @admin.display(description=_("网址"))
    def address(self, obj: Issue) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', obj.get_absolute_url())


def _known(issue: Issue) -> dict[str, Any]:
    """What is known already, to begin with."""
    unknown = issue.publication.kind == PublicationKind.UNIDENTIFIED
    names = ("year", "volume", "number", "total_number", "date")
    known = {name: getattr(issue, name) for name in names}
    return known | {"publication": None if unknown else issue.publication_id}


def _shown(issue: Issue) -> dict[str, Any]:
    """Its articles in printed order with their authors, and its dumps."""
    rows = issue.articles.in_printed_order().select_related("section")
    articles = list(rows.prefetch_related("authorships__author")[: ARTICLES_SHOWN + 1])
    return {
        "articles": articles[:ARTICLES_SHOWN],
        "more_articles": len(articles) > ARTICLES_SHOWN,
        "dumps": issue.dumps.defer("content").order_by("page", "-current", "-id")[
            :DUMPS_SHOWN
        ],
    }

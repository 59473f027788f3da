"""What a program was not sure of, and where an import and an editor disagree."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.admin.desk import DeskAdmin
from articles.admin.doubts import text_of, with_lines
from articles.admin.filters import publication_filter
from articles.admin.links import change_url, link
from articles.editing import problems as editing
from articles.editing.words import in_words
from articles.models import Problem, SourceDump
from articles.problems import LABELS, problem_label

READINGS = ("base", "new", "mine")
ACTS = {
    "settle": lambda problem, user: editing.settle([problem], user),
    "reopen": lambda problem, user: editing.reopen([problem], user),
    "keep-mine": editing.keep_mine,
    "take-new": editing.take_new,
}


class OfCode(admin.SimpleListFilter):
    title = _("类别")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(code=self.value()) if self.value() else queryset


@admin.register(Problem)
class ProblemAdmin(DeskAdmin):
    """Its page is read-only but for a few buttons: what to do is a decision, not a field."""

    save_on_top = False
    list_display = ["label", "text", "chosen", "article_link", "dump_link", "state"]
    list_filter = ["state", OfCode, publication_filter("dump__issue")]
    ordering = ["-id"]
    actions = ["settle", "reopen"]
    change_form_template = "admin/articles/problem/change_form.html"
    fields = ["label", "text", "chosen", "article_link", "dump_link", "state"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Beside, not joined: a planner that joins first reads whole tables."""
        dumps = Prefetch("dump", SourceDump.objects.defer("content"))
        return super().get_queryset(request).prefetch_related("article", dumps)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.act_view))
        urls = [path("<int:pk>/act/<slug:act>/", view, name="articles_problem_act")]
        return urls + super().get_urls()

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Does one of ACTS and comes back to the page it was asked from."""
        problem = get_object_or_404(self.get_queryset(request), pk=pk)
        if act not in ACTS or not self.has_change_permission(request, problem):
            raise PermissionDenied
        ACTS[act](problem, request.user)
        self.message_user(request, _("已记下。"), messages.SUCCESS)
        return HttpResponseRedirect(change_url(problem))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= _shown(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("类别"))
    def label(self, obj: Problem) -> str:
        return problem_label(obj.code)

    @admin.display(description=_("说明"))
    def text(self, obj: Problem) -> str:
        return text_of(obj)

    @admin.display(description=_("文章"))
    def article_link(self, obj: Problem) -> SafeString | str:
        return link(obj.article)

    @admin.display(description=_("文本"))
    def dump_link(self, obj: Problem) -> SafeString | str:
        return link(obj.dump)

    @admin.action(description=_("标为已处理"), permissions=["change"])
    def settle(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._tell(request, editing.settle(queryset, request.user))

    @admin.action(description=_("重新打开"), permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._tell(request, editing.reopen(queryset, request.user))

    def _tell(self, request: HttpRequest, changed: int) -> None:
        text = ngettext("%d 条已更改。", "%d 条已更改。", changed) % changed
        self.message_user(request, text, messages.SUCCESS)


def _shown(problem: Problem) -> dict[str, Any]:
    conflict = problem.detail if problem.code == editing.CONFLICT else None
    return {
        "subtitle": problem_label(problem.code),
        "doubt": with_lines([problem])[0],
        "conflict": conflict,
        "readings": {name: in_words((conflict or {}).get(name)) for name in READINGS},
        "can_take_new": conflict is not None and editing.can_take_new(problem),
    }

"""The desk of one issue: printed lines on one side, an article's blocks on the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.desk.access import needs
from articles.desk.acts import ACTS, Asked
from articles.desk.layout import lay_out
from articles.desk.tasks import after_saving, banner
from articles.editing.acting import Refused
from articles.editing.lines import FIELDS
from articles.editing.undoing import can_undo
from articles.models import (
    ARTICLE_ROLES,
    FURNITURE_ROLES,
    Article,
    Issue,
    Revision,
    SourceDump,
)
from articles.pages.paging import parse_id

KEPT = ("article", "dump", "from", "task", "edit")


@needs("articles.change_block")
@require_http_methods(["GET", "HEAD", "POST"])
def issue_desk(request: HttpRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("publication"), pk=pk)
    dumps = issue.dumps.filter(current=True).defer("content").order_by("page", "pk")
    dump = _chosen(dumps, request.GET.get("dump")) or dumps.first()
    article = _chosen(issue.articles.all(), request.GET.get("article"))
    if dump is None:
        return render(request, "desk/no_dump.html", {"issue": issue})
    if article is None and "article" not in request.GET:
        article = issue.articles.published().in_printed_order().first()
    if article and "dump" not in request.GET and article.dump.current:
        dump = article.dump
    if request.method == "POST":
        return _act(request, issue, dump, article)
    return _page(request, issue, dump, article)


def _act(
    request: HttpRequest, issue: Issue, dump: SourceDump, article: Article | None
) -> HttpResponse:
    """Does what the button says; what is refused comes back with all that was typed."""
    wanted = "text" if "next" in request.POST else request.POST.get("act", "")
    act = ACTS.get(wanted)
    try:
        if act is None:
            raise Refused(_("没有这个动作"))
        with transaction.atomic():
            asked = Asked.read(request.user, issue, request.POST, dump, article)
            revision = act(asked)
    except Refused as refusal:
        return _page(request, issue, dump, article, str(refusal), status=409)
    if revision is None:
        messages.info(request, _("没有什么要改。"))
    if "next" in request.POST and (following := after_saving(request)):
        return HttpResponseRedirect(following)
    return HttpResponseRedirect(_back(request, revision, article))


def _back(
    request: HttpRequest, revision: Revision | None, article: Article | None
) -> str:
    """The same place, or the article that was made."""
    query = {k: request.GET[k] for k in KEPT if request.GET.get(k) and k != "edit"}
    changes = revision.changes if revision else []
    for change in changes:
        if change["model"] == "article" and change["before"] is None:
            query["article"] = change["pk"]
            query.pop("from", None)
    if article and "article" not in query:
        query["article"] = article.pk
    if article and article.pk == query.get("article") and _is_merged(article):
        query.pop("article")
    if revision:
        query["done"] = revision.pk
    block = parse_id(request.POST.get("block"))
    place = f"#b{block}" if block else "#blocks"
    return reverse("desk:issue", args=[revision.issue_id if revision else request.resolver_match.kwargs["pk"]], query=query) + place  # fmt: skip


def _is_merged(article: Article) -> bool:
    return Article.objects.filter(pk=article.pk, merged_into__isnull=False).exists()


def _page(
    request: HttpRequest,
    issue: Issue,
    dump: SourceDump,
    article: Article | None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    start = parse_id(request.GET.get("from"))
    typed = request.POST if request.method == "POST" else {}
    query = request.GET.copy()
    for name in ("edit", "done"):
        query.pop(name, None)
    context: dict[str, Any] = {
        "issue": issue,
        "dumps": issue.dumps.filter(current=True).defer("content").order_by("page"),
        "layout": lay_out(issue, dump, article, start),
        "refusal": refusal,
        "typed": typed,
        "selected": parse_id(typed.get("block") or request.GET.get("block")),
        "marked": _numbers(request.POST.getlist("line")) if typed else set(),
        "editing": parse_id(request.GET.get("edit")),
        "roles": ARTICLE_ROLES,
        "furniture_roles": FURNITURE_ROLES,
        "fields": [(name, LABELS[name]()) for name in FIELDS],
        "query": query.urlencode(),
        "done": _done(request, issue),
        **banner(request),
    }
    return render(request, "desk/issue.html", context, status=status)


LABELS = {
    "title": lambda: _("题名"),
    "kicker": lambda: _("引题"),
    "subtitle": lambda: _("副题"),
    "authors": lambda: _("作者"),
    "affiliation": lambda: _("作者单位"),
    "source_credit": lambda: _("来源"),
}


def _done(request: HttpRequest, issue: Issue) -> Revision | None:
    """What was done a moment ago, to be undone with one press."""
    revision = issue.revisions.filter(pk=parse_id(request.GET.get("done"))).first()
    return revision if revision and can_undo(revision) else None


def _chosen(rows: QuerySet, pk: Any) -> Any:
    number = parse_id(pk)
    return rows.filter(pk=number).first() if number else None


def _numbers(values: list[str]) -> set[int]:
    return {n for value in values if (n := parse_id(value))}

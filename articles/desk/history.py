"""The history: who did what, when and why; one step taken back, or a person's day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from articles.desk.access import needs
from articles.desk.wording import changes_in_words
from articles.editing import reports, undoing
from articles.editing.acting import Refused
from articles.models import Article, Issue, Report, Revision, Way
from articles.pages.paging import keyset_page, parse_id

SHOWN = 200


@needs("articles.view_revision")
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """All of it, or an article's, an issue's, a person's, a way's; newest first."""
    rows, about = _chosen(request.GET)
    page = keyset_page(
        rows.select_related("user", "issue__publication"), ["-id"], request.GET
    )
    undone = set(
        Revision.objects.filter(undoes__in=[r.pk for r in page]).values_list(
            "undoes", flat=True
        )
    )
    return render(
        request,
        "desk/history.html",
        {"page": page, "about": about, "undone": undone, "ways": Way.choices},
    )


@needs("articles.view_revision")
@require_safe
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(
        Revision.objects.select_related("user", "issue__publication", "undoes"), pk=pk
    )
    context = {
        "revision": shown,
        "changes": changes_in_words(shown.changes[:SHOWN]),
        "articles": shown.articles.all()[:20],
        "can_undo": undoing.can_undo(shown) and _may_undo(request, shown),
        "undoers": shown.undoers.all(),
        "report": shown.reports.first(),
    }
    return render(request, "desk/revision.html", context)


@needs("articles.change_block")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own acts any editor takes back; another's needs the permission."""
    found = get_object_or_404(Revision, pk=pk)
    if not _may_undo(request, found):
        messages.error(request, _("别人的改动须由审校撤销。"))
        return HttpResponseRedirect(reverse("desk:revision", args=[pk]))
    try:
        undoing.undo(request.user, found, request.POST.get("why", "").strip())
        messages.success(request, _("已撤销：%s") % found.said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("desk:revision", args=[pk])
    return HttpResponseRedirect(back)


@needs("articles.undo_revision")
@require_http_methods(["GET", "HEAD", "POST"])
def undo_all(request: HttpRequest) -> HttpResponse:
    """All that one person did since a moment: first the list, then the deed."""
    data = request.POST if request.method == "POST" else request.GET
    author = get_user_model().objects.filter(username=data.get("user", "")).first()
    since = _moment(data.get("since", ""))
    result = None
    if request.method == "POST" and author and since:
        result = undoing.undo_all(request.user, author, since)
        told = _("撤销了 %d 步。")
        messages.success(request, told % len(result.done))
    rows: Any = []
    if author and since and result is None:
        rows = author.revisions.filter(when__gte=since).order_by("-id")[:SHOWN]
    context = {
        "author": author,
        "since": since,
        "rows": rows,
        "result": result,
        "asked": data,
        "unknown": bool(data.get("user")) and author is None,
    }
    return render(request, "desk/undo_all.html", context)


@needs("articles.undo_revision")
@require_POST
def revert_reader(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that came from the reader who sent this report."""
    report = get_object_or_404(Report.objects.select_related("article"), pk=pk)
    result = reports.revert_sender(report, request.user)
    told = _("撤回了 %d 处建议。")
    messages.success(request, told % len(result.done))
    for row, reason in result.stuck:
        messages.error(request, f"{row.said}：{reason}")
    return HttpResponseRedirect(reverse("desk:history", query={"way": Way.SUGGESTION}))


def _may_undo(request: HttpRequest, revision: Revision) -> bool:
    own = revision.user_id == request.user.pk and request.user.has_perm(
        "articles.change_block"
    )
    return own or request.user.has_perm("articles.undo_revision")


def _chosen(params: Any) -> tuple[QuerySet[Revision], Any]:
    """The rows, and what they are about (None for everything)."""
    if article := Article.objects.filter(public_id=params.get("article", "")).first():
        through = Article.revisions.through.objects.filter(article=article)
        ids = through.order_by("-revision_id").values("revision_id")
        return Revision.objects.filter(pk__in=ids), article
    if issue := Issue.objects.filter(pk=parse_id(params.get("issue"))).first():
        return issue.revisions.all(), issue
    if subject := params.get("subject", "")[:40]:
        return Revision.objects.filter(subject=subject), subject
    if name := params.get("user"):
        user = get_user_model().objects.filter(username=name).first()
        return Revision.objects.filter(
            user=user
        ) if user else Revision.objects.none(), name
    if (way := params.get("way")) in Way.values:
        return Revision.objects.filter(way=way), Way(way).label
    return Revision.objects.all(), None


def _moment(text: str) -> datetime | None:
    """``2026-09-01T08:00``, in the site's time; None for anything else."""
    try:
        found = parse_datetime(text) or parse_datetime(f"{text}T00:00")
    except ValueError:
        return None
    if found is None:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found

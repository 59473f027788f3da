"""Many articles at once: a spreadsheet out and in, find and replace; first a preview."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from articles.desk.access import needs
from articles.editing import bulk, replacing, spreadsheet
from articles.editing.acting import Refused
from articles.models import Article, Issue, Publication, Way
from articles.pages.paging import parse_id

SALT = "articles.desk.bulk"
AN_HOUR = 3600
ISSUES = 300
CHOICES = 100
AT_ONCE = 900  # a form of Django's has no more than 1,000 fields


@needs("articles.bulk_change_articles")
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """Take a table home; bring one back and see what it would change."""
    refusal = ""
    upload = request.FILES.get("file")
    if request.method == "POST" and upload is not None:
        try:
            if upload.size > spreadsheet.MAX_BYTES:
                raise Refused(_("文件超过 5 MB；请分几份"))
            wishes = spreadsheet.read(upload.name, upload.read())
            return _preview(request, wishes, Way.SHEET)
        except Refused as refused:
            refusal = str(refused)
    context = {
        "refusal": refusal,
        "publications": _publications(),
        "issue": _issue(request),
    }
    return render(request, "desk/sheets.html", context, status=422 if refusal else 200)


@needs("articles.bulk_change_articles")
@require_safe
def take(request: HttpRequest, form: str) -> HttpResponse:
    """The table of an issue, or of a publication's newest articles."""
    articles = _wanted(request)
    if form == "xlsx":
        content, kind = spreadsheet.as_xlsx(articles), spreadsheet.XLSX
    else:
        content, kind = spreadsheet.as_csv(articles), spreadsheet.CSV
    disposition = f'attachment; filename="articles.{form}"'
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": disposition}
    )


@needs("articles.bulk_change_articles")
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest) -> HttpResponse:
    """Words to find and words instead; every place is shown before it is changed."""
    if request.method == "POST":
        words, instead = request.POST.get("find", ""), request.POST.get("instead", "")
        wishes = replacing.find_all(words[:200], instead[:200], _issue(request))
        return _preview(request, wishes, Way.BULK)
    return render(request, "desk/replace.html", {"issue": _issue(request)})


@needs("articles.bulk_change_articles")
@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """What was ticked of the preview."""
    try:
        told = signing.loads(request.POST.get("wishes", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        messages.error(request, _("预览已过期，请重来一次。"))
        return HttpResponseRedirect(reverse("desk:queue"))
    ticked = {parse_id(n) for n in request.POST.getlist("take")}
    wishes = [bulk.Wish(**w) for n, w in enumerate(told["wishes"]) if n in ticked]
    why = request.POST.get("why", "").strip()
    outcome = bulk.carry_out(request.user, wishes, told["way"], why)
    messages.success(request, _("改了 %d 处；可在历史里撤销。") % outcome.changed)
    for left in outcome.left[:20]:
        messages.error(request, _("刚被别人改过，没有动：%s") % left)
    return HttpResponseRedirect(reverse("desk:history"))


def _preview(request: HttpRequest, wishes: list[bulk.Wish], way: str) -> HttpResponse:
    try:
        found = bulk.differences(wishes)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.get_full_path())
    more = len(found) > AT_ONCE
    found = found[:AT_ONCE]
    payload = {"way": way, "wishes": [d.as_wish() for d in found]}
    context = {
        "differences": found,
        "wishes": signing.dumps(payload, salt=SALT, compress=True),
        "is_capped": more or (len(wishes) == replacing.MOST and way == Way.BULK),
    }
    return render(request, "desk/preview.html", context)


def _wanted(request: HttpRequest) -> Any:
    rows = Article.objects.filter(merged_into=None)
    if issue := _issue(request):
        rows = rows.filter(issue=issue).order_by("position", "id")
    else:
        chosen = parse_id(request.GET.get("publication"))
        issues = Issue.objects.filter(publication=chosen)
        newest = issues.order_by("-sort_date", "-id").values_list("pk", flat=True)
        rows = rows.filter(issue__in=list(newest[:ISSUES])).order_by(
            "issue", "position", "id"
        )
    rows = rows.select_related("issue__publication", "section")
    return rows.prefetch_related("authorships__author")[: spreadsheet.MAX_ROWS]


def _issue(request: HttpRequest) -> Issue | None:
    data = request.POST if request.method == "POST" else request.GET
    pk = parse_id(data.get("issue") or request.GET.get("issue"))
    return Issue.objects.select_related("publication").filter(pk=pk).first()


def _publications() -> Any:
    return Publication.objects.order_by("sort_key", "title", "id")[:CHOICES]

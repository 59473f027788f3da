"""Readers say that something is wrong, and perhaps how it should read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.editing import reports
from articles.editing.acting import Refused
from articles.models import Article, Block, Report
from portal.accounts import throttle
from portal.accounts.throttle import REPORTS

THANKED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, for one paragraph or the whole article; anybody may send it."""
    article = (
        Article.objects.published()
        .select_related("issue__publication")
        .filter(public_id=public_id)
        .first()
    )
    if article is None:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    block = article.blocks.filter(anchor=data.get("block", "")[:16]).first()
    if request.method == "POST":
        return _take(request, article, block, public_id)
    return _form(request, article, block)


def _take(
    request: HttpRequest, article: Article, block: Block | None, public_id: str
) -> HttpResponse:
    sender = throttle.address(request)
    if not throttle.count(REPORTS, sender):
        return throttle.too_many(request, REPORTS)
    said = {
        name: request.POST.get(name, "")
        for name in ("quote", "suggestion", "note", "name")
    }
    try:
        reports.report(
            article,
            block,
            user=request.user,
            sender=throttle.name_of(REPORTS, sender),
            **said,
        )
    except Refused as refusal:
        return _form(request, article, block, str(refusal), status=422)
    # No session is made for it, so what is said goes by the address.
    return redirect(reverse("articles:report", args=[public_id], query={"sent": "1"}))


def _form(
    request: HttpRequest,
    article: Article,
    block: Block | None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    thanks = article.reports.filter(state=Report.State.ACCEPTED).exclude(name="")
    context = {
        "article": article,
        "block": block,
        "typed": data,
        "refusal": refusal,
        "thanks": thanks.order_by("-id")[:THANKED],
    }
    return render(request, "articles/report.html", context, status=status)

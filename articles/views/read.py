"""Reading: an article, and the printed lines of an issue."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from articles.exports.citations import cite
from articles.exports.page_meta import link_header
from articles.models import Article
from articles.pages.ledger import ledger_page
from articles.pages.paging import parse_id
from articles.pages.reading import (
    blocks_of,
    find_article,
    signatures_of,
    topics_of,
)
from articles.pages.stencil import fill_page
from articles.pages.typeset import set_article, set_beside_lines
from articles.search.marks import marker_for
from articles.views.article_page import Values, Wanted, values_of
from articles.views.browse import find_issue
from articles.views.fresh import frame_of, fresh, is_personal
from articles.views.machine import site_base
from articles.views.trail import trail_values


@require_safe
@fresh
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = find_article(public_id)
    if shown is None:
        raise Http404
    if shown.withdrawn:
        if shown.merged_into_id:
            return redirect(Article.objects.get(pk=shown.merged_into_id))
        return render(
            request, "articles/withdrawn.html", {"article": shown}, status=410
        )
    wanted = _wanted(request, shown)
    blocks, signed, topics = blocks_of(shown), signatures_of(shown), topics_of(shown)
    citation = cite(
        shown,
        base=site_base(request),
        authorships=signed,
        topics=[assigned.topic.name for assigned in topics],
    )
    sheet = set_beside_lines(blocks) if wanted.with_lines else set_article(blocks)
    values = values_of(request, shown, sheet, signed, topics, citation, wanted)
    response = HttpResponse(_page(request, values, wanted))
    response.headers["Link"] = link_header(citation)
    return response


@require_safe
def place(request: HttpRequest, public_id: str, anchor: str) -> HttpResponse:
    """Where a paragraph is now that this article's address once had."""
    article = get_object_or_404(Article, public_id=public_id)
    places = article.former_places.select_related("block__article")
    found = places.filter(anchor=anchor, block__article__withdrawn=False).first()
    if found is None or found.block.article is None:
        return redirect(article)
    home = found.block.article.get_absolute_url()
    return redirect(f"{home}#{found.block.anchor}")


def _wanted(request: HttpRequest, article: Article) -> Wanted:
    searched = request.GET.get("q", "")
    return Wanted(
        with_lines=request.GET.get("lines") == "1",
        searched=searched,
        marker=marker_for(searched),
        trail=trail_values(request, article),
    )


def _page(request: HttpRequest, values: Values, wanted: Wanted) -> str:
    """A reader's own page, and one with hits marked, is rendered; any other filled in."""
    template = "articles/article.html"
    if wanted.marker or is_personal(request):
        return render_to_string(template, {**values, "marker": wanted.marker}, request)
    return fill_page(template, values, request, alike=frame_of(request))


@require_safe
@fresh
def issue_lines(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return HttpResponsePermanentRedirect(f"{found.url}lines/")
    dumps = list(found.dumps.filter(current=True).defer("content").order_by("page"))
    wanted = parse_id(request.GET.get("dump"))
    dump = next((d for d in dumps if d.pk == wanted), dumps[0] if dumps else None)
    context = {
        "issue": found,
        "dumps": dumps,
        "dump": dump,
        "ledger": ledger_page(dump, parse_id(request.GET.get("from")) or 1)
        if dump
        else None,
    }
    return render(request, "articles/issue_lines.html", context)

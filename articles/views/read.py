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
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.exports.citations import cite
from articles.models import Article
from articles.pages.ledger import ledger_page
from articles.pages.paging import parse_id
from articles.pages.reading import (
    blocks_of,
    find_article,
    known_by,
    signatures_of,
    topics_of,
)
from articles.pages.renderings import BASE, Kept, find_kept, freeze, keep, thaw
from articles.pages.typeset import set_article, set_beside_lines
from articles.search.marks import marker_for
from articles.views.article_page import (
    Values,
    hits_values,
    lines_values,
    nobodys_values,
    passing_values,
    personal_values,
    standing_values,
)
from articles.views.browse import find_issue
from articles.views.filled import page_html, where
from articles.views.fresh import fresh, is_personal
from articles.views.machine import site_base
from articles.views.trail import trail_values
from portal.release import release


@require_safe
@fresh
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    kept = find_kept(public_id, get_language() or "", release())
    if kept is None:
        return _gone(request, public_id)
    values = _standing(request, public_id, kept)
    link = "".join([values.pop("link"), ""])  # a str, not a child of it: PEP 3333
    values |= passing_values(values)
    known = known_by(kept.article, public_id)
    values |= trail_values(request, known)
    if request.GET.get("lines") == "1":
        values |= lines_values(set_beside_lines(blocks_of(kept.article)))
    response = HttpResponse(_page(request, known, values))
    response.headers["Link"] = link
    return response


def _gone(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = get_object_or_404(Article, public_id=public_id)
    if shown.merged_into_id:
        return redirect(Article.objects.get(pk=shown.merged_into_id))
    return render(request, "articles/withdrawn.html", {"article": shown}, status=410)


def _standing(request: HttpRequest, public_id: str, kept: Kept) -> Values:
    """What the page says whoever asks: as it was kept, or made anew and kept."""
    frozen = kept.values
    if frozen is None:
        frozen = freeze(values_anew(public_id))
        keep(kept, frozen)
    return thaw(frozen, site_base(request), timezone.localdate())


def values_anew(public_id: str) -> Values:
    shown = find_article(public_id)
    if shown is None:
        raise Http404
    signed, topics = signatures_of(shown), topics_of(shown)
    names = [assigned.topic.name for assigned in topics]
    citation = cite(shown, base=BASE, authorships=signed, topics=names)
    sheet = set_article(blocks_of(shown.pk))
    return standing_values(shown, sheet, signed, topics, citation)


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


def _page(request: HttpRequest, article: Article, values: Values) -> str:
    """Where hits are marked, the template runs over the text."""
    template = "articles/article.html"
    searched = request.GET.get("q", "")
    marker = marker_for(searched)
    if not marker and not is_personal(request):
        return page_html(request, template, values | nobodys_values())
    values |= personal_values(request, article)
    if not marker:
        return page_html(request, template, values)
    values |= hits_values(searched, marker, article) | where(request)
    return render_to_string(template, values, request)


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

"""Reading: an article, and the printed lines of an issue."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.exports.citations import cite
from articles.exports.page_meta import link_header
from articles.models import Article
from articles.pages.ledger import ledger_page
from articles.pages.paging import parse_id
from articles.pages.reading import minutes_to_read, other_readings, place_in_issue
from articles.pages.typeset import set_article, set_beside_lines
from articles.querysets import STANDING
from articles.search.marks import marker_for
from articles.views.browse import find_issue
from articles.views.machine import site_base


@require_safe
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = _find(public_id)
    if shown.withdrawn:
        return render(
            request, "articles/withdrawn.html", {"article": shown}, status=410
        )
    blocks = shown.blocks.order_by("position", "id")
    with_lines = request.GET.get("lines") == "1"
    searched = request.GET.get("q", "")
    authorships = shown.authorships.select_related("author")
    topics = shown.article_topics.filter(decision__in=STANDING).select_related("topic")
    citation = cite(
        shown,
        base=site_base(request),
        authorships=authorships,
        topics=[assigned.topic.name for assigned in topics],
    )
    response = render(
        request,
        "articles/article.html",
        {
            "article": shown,
            "issue": shown.issue,
            "sheet": set_beside_lines(blocks) if with_lines else set_article(blocks),
            "authorships": authorships,
            "topics": topics,
            "citation": citation,
            "other_readings": other_readings(shown),
            "place": place_in_issue(shown),
            "minutes": minutes_to_read(shown.characters),
            "with_lines": with_lines,
            "searched": searched,
            "marker": marker_for(searched),
            "is_kept": bool(Shelf.of(request).kept_among([shown])),
        },
    )
    response.headers["Link"] = link_header(citation)
    return response


def _find(public_id: str) -> Article:
    articles = Article.objects.select_related(
        "issue__publication", "section__publication", "dump"
    ).defer("dump__content")
    found = articles.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
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

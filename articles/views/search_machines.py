"""Searching for machines: JSON, a feed one can follow, suggestions, OpenSearch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.exports.atom import MEDIA_TYPE, Feed, Link, article_entries
from articles.exports.listing_json import issue_line
from articles.models import Article
from articles.querysets import COUNT_CAP
from articles.search import get_index
from articles.search.asked import Asked, BadSearch, understand, whole_number
from articles.search.facet_lists import LABELS, facet_values
from articles.search.facets import facet_token
from articles.search.finder import PAGE_SIZE, Order
from articles.search.limits import SearchTookTooLong, time_limit
from articles.search.names import load_dictionaries
from articles.search.query import And, Facets
from articles.search.snippets import Hit, hits
from articles.search.suggest import suggest
from articles.views.machine import for_machines, json_answer, site_base

FEED_ENTRIES = 50
LARGEST_PAGE = 100
TOO_LONG = "the search took too long and was stopped; add a word or a filter"


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    """``?size=`` of at most LARGEST_PAGE; ``next`` leads through every hit."""
    try:
        asked = understand(request.GET)
        size = whole_number(request.GET.get("size"), PAGE_SIZE, LARGEST_PAGE)
        with time_limit(connection):
            page = asked.find(size)
            found = hits(asked.query, page.articles)
            facets = _facets(page.facets)
    except (BadSearch, SearchTookTooLong) as error:
        return _bad_json(request, [str(reason) for reason in error.args] or [TOO_LONG])
    following = asked.next_address(page)
    return json_answer(
        {
            "query": asked.typed.text,
            "total": page.total,
            "total_is_exact": page.is_exact,
            "page": page.number,
            "next": f"{request.path}?{following}" if following else None,
            "hits": [_hit_as_dict(hit) for hit in found],
            "facets": facets,
        }
    )


@for_machines
def search_atom(request: HttpRequest) -> HttpResponse:
    """Of what the search finds, what came in last: so one can follow a search."""
    try:
        asked = understand(request.GET)
        with time_limit(connection):
            found = _come_in_last(asked)
    except (BadSearch, SearchTookTooLong) as error:
        reasons = "\n".join(map(str, error.args)) or TOO_LONG
        return HttpResponse(
            reasons, status=400, content_type="text/plain; charset=utf-8"
        )
    base, params, site = site_base(request), asked.address(), str(settings.SITE_NAME)
    here = f"{base}{request.path}?{params}"
    page = f"{base}{reverse('articles:search')}?{params}"
    articles = Article.objects.published().filter(pk__in=found).order_by("-pk")
    feed = Feed(
        id=here,
        title=f"{_('检索')}：{asked.typed.text} · {site}",
        author=site,
        links=[Link("self", here, MEDIA_TYPE), Link("alternate", page, "text/html")],
        entries=article_entries(articles, base),
    )
    return HttpResponse(feed.as_xml(), content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _come_in_last(asked: Asked) -> list[int]:
    """Also an old issue that came in today, when the window is full of newer ones."""
    query, latest = (
        asked.query,
        replace(asked, order=Order.NEWEST, number=1, after=None),
    )
    page = latest.find(COUNT_CAP)
    found = set(page.articles)
    if query.tree is not None and not page.is_exact:
        rows = Article.objects.order_by("-pk").values_list("issue_id", flat=True)
        issues = set(rows[:COUNT_CAP])
        tokens = Facets(tuple(facet_token("issue", pk) for pk in sorted(issues)))
        most = Article.objects.filter(issue__in=issues).count()
        tree = And((query.tree, tokens))
        found |= {row.article for row in get_index().scan(tree, most)}
    return sorted(found, reverse=True)[:FEED_ENTRIES]


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A page of links; with ``?format=json`` that of OpenSearch suggestions."""
    typed = request.GET.get("q", "").replace("\0", "").strip()
    load_dictionaries()
    try:
        with time_limit(connection):
            found = suggest(get_index(), typed)
    except SearchTookTooLong:
        found = []
    if request.GET.get("format") != "json":
        context = {"typed": typed, "suggestions": found}
        return render(request, "articles/search_suggest.html", context)
    return JsonResponse(
        [
            typed,
            [s.text for s in found],
            [s.note for s in found],
            [s.url for s in found],
        ],
        safe=False,
        content_type="application/x-suggestions+json",
        json_dumps_params={"ensure_ascii": False},
    )


@for_machines
def opensearch(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "articles/search_opensearch.xml",
        {"base": site_base(request)},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def _facets(counts: Mapping[str, Counter[str]]) -> dict[str, list[dict[str, Any]]]:
    shown = {name: counts[name] for name in LABELS if name in counts}
    return {
        name: [vars(value) for value in values]
        for name, values in facet_values(shown).items()
    }


def _hit_as_dict(hit: Hit) -> dict[str, Any]:
    """``wording`` says whether the snippet is as printed, as corrected, or both."""
    return {
        "id": hit.article.public_id,
        "url": hit.article.get_absolute_url(),
        "title": hit.article.title,
        "publication": hit.article.issue.publication.title,
        "issue": issue_line(hit.article.issue),
        "block": hit.block or None,
        "snippet": hit.lines[0].plain if hit.lines else "",
        "wording": hit.lines[0].wording if hit.lines else "both",
    }


def _bad_json(request: HttpRequest, errors: list[str]) -> HttpResponse:
    answer = json_answer({"query": request.GET.get("q", ""), "errors": errors})
    answer.status_code = 400
    return answer

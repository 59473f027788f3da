"""Searching: the page of results."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.models import Article
from articles.pages.pictures import bars_by_year
from articles.search import get_index
from articles.search.asked import Asked, BadSearch, understand
from articles.search.facet_lists import SHOWN, FacetGroup, facet_groups
from articles.search.finder import Order, SearchPage
from articles.search.help import alone
from articles.search.limits import SearchTookTooLong, time_limit
from articles.search.query import MAX_LENGTH
from articles.search.snippets import Hit, Wording, hits
from articles.search.spelling import Offer, lookalikes, near_names

SCOPES = ("issue", "author")  # a new search from the page stays within these
KEPT_FOR = 60  # seconds that a page of results serves whoever asks the same


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    try:
        asked = understand(request.GET)
        with time_limit(connection):
            page = _kept_page(request, asked)
    except BadSearch as error:
        return _refusal(request, list(error.args))
    except SearchTookTooLong:
        return _refusal(
            request,
            [_("这次检索太费时，已经停下。请加一个词，或者选定刊物、年份。")],
        )
    return HttpResponse(page)


def _kept_page(request: HttpRequest, asked: Asked) -> str:
    """One page for every reader without a session: it is the same for all."""
    if request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}:
        return _page(request, asked)
    key = _cache_key(request)
    page: str | None = cache.get(key)
    if page is None:
        page = _page(request, asked)
        cache.set(key, page, KEPT_FOR)
    return page


def _cache_key(request: HttpRequest) -> str:
    """The stamp of the newest write is part of it: no page is older than the articles."""
    newest = Article.objects.order_by("-modified").values_list("modified", flat=True)
    parts = (
        get_language(),
        newest.first(),
        request.get_host(),
        request.get_full_path(),
    )
    return f"search:{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def _page(request: HttpRequest, asked: Asked) -> str:
    context = _results(asked)
    context["kept"] = Shelf.of(request).kept_among(
        hit.article for hit, _ in context["hits"]
    )
    return render_to_string("articles/search.html", context, request)


def _refusal(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    context = {"query": request.GET.get("q", "")[:MAX_LENGTH], "reasons": reasons}
    return render(request, "articles/search.html", context, status=400)


def _results(asked: Asked) -> dict[str, Any]:
    page = asked.find()
    years = page.facets.get("year", {})
    return {
        "query": asked.typed.text,
        "page": page,
        "hits": [
            (hit, _hit_address(hit, asked)) for hit in hits(asked.query, page.articles)
        ],
        "groups": _linked(facet_groups(page.facets, asked.chosen), asked),
        "bars": bars_by_year({int(year): count for year, count in years.items()}),
        "offers": [(o, asked.address(q=o.text)) for o in _offers(asked, page)],
        "alone": [(o, asked.address(q=o.text)) for o in _alone(asked, page)],
        "scope": {name: asked.params[name] for name in SCOPES if name in asked.chosen},
        "chosen": asked.chosen,
        "newest_first": asked.address(sort=None),
        "by_relevance": asked.address(sort=Order.RELEVANCE),
        "without_filters": urlencode({"q": asked.typed.text}),
        "previous_page": asked.previous_address(page),
        "next_page": asked.next_address(page),
        "params": asked.address(),
        "nothing_asked": asked.query.tree is None,
        "words_unusable": bool(asked.typed.text) and asked.typed.tree is None,
    }


def _linked(groups: list[FacetGroup], asked: Asked) -> list[dict[str, Any]]:
    """Each value with the address that chooses it, each choice with that which drops it."""
    linked = []
    for group in groups:
        without = asked.address(**{group.name: None})
        choose = f"{without}&{group.name}=" if without else f"{group.name}="
        values = [(value, choose + quote(value.value)) for value in group.values]
        linked.append(
            {
                "label": group.label,
                "chosen": group.chosen,
                "drop": without,
                "first": values[:SHOWN],
                "more": values[SHOWN:],
            }
        )
    return linked


def _offers(asked: Asked, page: SearchPage) -> list[Offer]:
    """Other searches, on the first page."""
    if asked.typed.tree is None or page.number > 1:
        return []
    index = get_index()
    near = [] if page.total else near_names(index, asked.typed)
    return [*near, *lookalikes(index, asked.typed, list(asked.facets))]


def _alone(asked: Asked, page: SearchPage) -> list[Offer]:
    """Nothing has all the words: how many articles have each."""
    if page.total or asked.typed.tree is None:
        return []
    return alone(get_index(), asked.typed)


def _hit_address(hit: Hit, asked: Asked) -> str:
    """A wording that only the print has is to be seen beside the text."""
    params = {"q": asked.typed.text} if asked.typed.text else {}
    if hit.lines and all(line.wording is Wording.PRINTED for line in hit.lines):
        params["lines"] = "1"
    address = hit.article.get_absolute_url()
    return f"{address}?{urlencode(params)}" if params else address

"""Searching: the page of results."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.pages.pictures import bars_by_year, bars_html
from articles.pages.stamp import stamp
from articles.pages.stencil import fill_page
from articles.search import get_index
from articles.search.asked import Asked, BadSearch, understand
from articles.search.facet_lists import facet_groups
from articles.search.finder import Order, SearchPage
from articles.search.help import each_alone
from articles.search.limits import SearchTookTooLong, time_limit
from articles.search.names import load_dictionaries
from articles.search.query import MAX_LENGTH
from articles.search.snippets import hits
from articles.search.spelling import Offer, lookalikes, near_names
from articles.views.fresh import frame_of, fresh, is_personal
from articles.views.search_html import (
    alone_html,
    facets_html,
    hits_html,
    offers_html,
)

TEMPLATE = "articles/search.html"
SCOPES = ("issue", "author")  # a new search from the page stays within these
OFFERED_WITHIN = 0.3  # seconds for other searches that may be offered
KEPT_FOR = 60  # seconds that a page of results serves whoever asks the same


@require_safe
@fresh
def search(request: HttpRequest) -> HttpResponse:
    try:
        page = _kept_page(request, understand(request.GET))
    except BadSearch as error:
        return _refusal(request, list(error.args))
    except SearchTookTooLong:
        return _refusal(
            request,
            [_("这次检索太费时，已经停下。请加一个词，或者选定刊物、年份。")],
        )
    return HttpResponse(page)


def _kept_page(request: HttpRequest, asked: Asked) -> str:
    """One page for every reader of whom nothing is known: it is the same for all."""
    if is_personal(request):
        return _page(request, asked)
    key = _cache_key(request)
    page: str | None = cache.get(key)
    if page is None:
        page = _page(request, asked)
        cache.set(key, page, KEPT_FOR)
    return page


def _cache_key(request: HttpRequest) -> str:
    """The stamp of the newest write is part of it: no page is older than the articles."""
    parts = (
        get_language(),
        frame_of(request),
        stamp(),
        request.get_host(),
        request.get_full_path(),
    )
    return f"search:{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def _page(request: HttpRequest, asked: Asked) -> str:
    return _rendered(request, _values(request, asked))


def _refusal(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    query = request.GET.get("q", "")[:MAX_LENGTH]
    listed = format_html_join("", "<li>{}</li>", [(reason,) for reason in reasons])
    values = _frame(request) | _said(query) | {"reasons": listed}
    return HttpResponse(_rendered(request, values), status=400)


def _rendered(request: HttpRequest, values: dict[str, Any]) -> str:
    if is_personal(request):
        return render_to_string(TEMPLATE, values, request)
    return fill_page(TEMPLATE, values, request, alike=frame_of(request))


def _frame(request: HttpRequest) -> dict[str, str]:
    here = request.get_full_path()
    return {"here": here, "here_quoted": mark_safe(quote(here, safe=""))}


def _said(query: str) -> dict[str, Any]:
    """What the reader typed, as the page repeats it."""
    shorter = Truncator(query)
    quoted = mark_safe(quote(shorter.chars(100), safe=""))
    return {
        "query": query,
        "query_short": shorter.chars(40),
        "query_quoted": quoted,
    }


def _values(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What stands on the page; the template leaves out what is empty."""
    typed = asked.typed
    with time_limit(connection):
        page = asked.find()
        shown = hits(asked.query, page.articles)
        groups = facet_groups(page.facets, asked.chosen)
    others, alone = _others(asked, page)
    kept = Shelf.of(request).kept_among(hit.article for hit in shown)
    return {
        **_frame(request),
        **_said(typed.text),
        **_addresses(asked, page),
        **_range(asked),
        "total": str(page.total or ""),
        "is_capped": not page.is_exact,
        "is_one": page.total == 1,
        "number": str(page.number),
        "is_by_relevance": page.order == Order.RELEVANCE,
        "hits": hits_html(asked, shown, kept),
        "facets": facets_html(asked, groups),
        "bars": _bars(page),
        "offers": offers_html(asked, others),
        "alone": alone_html(asked, alone),
        "nothing_asked": asked.query.tree is None,
        "words_unusable": bool(typed.text) and typed.tree is None,
    }


def _addresses(asked: Asked, page: SearchPage) -> dict[str, str]:
    return {
        "params": asked.address(),
        "newest_first": asked.address(sort=None),
        "by_relevance": asked.address(sort=Order.RELEVANCE),
        "without_filters": urlencode({"q": asked.typed.text}),
        "previous_page": asked.previous_address(page) or "",
        "next_page": asked.next_address(page) or "",
    }


def _range(asked: Asked) -> dict[str, Any]:
    """Where the search looks, and what a new one keeps of it."""
    scope = [(name, asked.params[name]) for name in SCOPES if name in asked.chosen]
    return {
        "scope": format_html_join(
            "", '<input type="hidden" name="{}" value="{}">', scope
        ),
        "is_narrowed": bool(asked.chosen),
        "in_issue": str(asked.chosen.get("issue", "")),
        "of_author": str(asked.chosen.get("author", "")),
    }


def _bars(page: SearchPage) -> str:
    years = page.facets.get("year", {})
    return bars_html(bars_by_year({int(year): count for year, count in years.items()}))


def _others(asked: Asked, page: SearchPage) -> tuple[list[Offer], list[Offer]]:
    """Other searches, and what each word finds alone; what was found does not wait for them."""
    if not page.total:
        load_dictionaries()  # for names that sound alike
    try:
        with time_limit(connection, OFFERED_WITHIN):
            return _offers(asked, page), _alone(asked, page)
    except SearchTookTooLong:
        return [], []


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
    return each_alone(get_index(), asked.typed)

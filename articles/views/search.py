"""Searching: the page of results, its twins for machines, and suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.exports.atom import MEDIA_TYPE, Feed, Link, article_entries
from articles.exports.listing_json import issue_line
from articles.models import Article
from articles.pictures import bars_by_year
from articles.search import get_index
from articles.search.facet_lists import FacetGroup, facet_groups, facet_values
from articles.search.filters import SearchFilter
from articles.search.finder import PAGE_SIZE, Order, SearchPage, find
from articles.search.help import alone
from articles.search.limits import SearchTookTooLong, time_limit
from articles.search.query import MAX_LENGTH, QueryTooLong, SearchQuery, parse_query
from articles.search.snippets import Hit, Wording, hits
from articles.search.spelling import Offer, lookalikes, near_names
from articles.search.suggest import suggest
from articles.search.window import Cursor
from articles.views.machine import for_machines, site_base

FEED_ENTRIES = 50
LARGEST_PAGE = 100
_PAGING = ("page", "after")
_SCOPES = ("issue", "author")  # a new search from this page stays within these


class BadSearch(ValueError):
    """What was asked for cannot be searched; its arguments say why, for the reader."""


@dataclass(frozen=True)
class Asked:
    """One request, understood."""

    params: QueryDict
    typed: SearchQuery
    filter: SearchFilter
    order: Order
    number: int
    after: Cursor | None

    @cached_property
    def query(self) -> SearchQuery:
        return self.typed.within(*self.filter.facets())

    def find(self, size: int = PAGE_SIZE) -> SearchPage:
        return find(
            self.query,
            order=self.order,
            number=self.number,
            after_cursor=self.after,
            size=size,
        )

    def address(self, **changes: str | None) -> str:
        """The parameters with some changed (None: left out), without paging."""
        params = self.params.copy()
        for name in (*_PAGING, *changes):
            params.pop(name, None)
        for name, value in changes.items():
            if value is not None:
                params[name] = value
        return params.urlencode()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    try:
        asked = _understand(request.GET)
        with time_limit(connection):
            context = _results(asked)
    except BadSearch as error:
        return _refusal(request, list(error.args))
    except SearchTookTooLong:
        return _refusal(
            request, [_("这次检索太费时，已经停下。请加一个词，或者选定刊物、年份。")]
        )
    shown = [hit.article for hit, _ in context["hits"]]
    context["kept"] = Shelf.of(request).kept_among(shown)
    return render(request, "articles/search.html", context)


@require_safe
def search_json(request: HttpRequest) -> JsonResponse:
    try:
        asked = _understand(request.GET)
        size = _number(request.GET.get("size"), PAGE_SIZE, LARGEST_PAGE)
        with time_limit(connection):
            page = asked.find(size)
            found = hits(asked.query, page.articles)
    except BadSearch as error:
        return _json(
            {"query": request.GET.get("q", ""), "errors": list(error.args)}, 400
        )
    except SearchTookTooLong:
        return _json(
            {"query": request.GET.get("q", ""), "errors": ["the search took too long"]},
            400,
        )
    return _json(
        {
            "query": asked.typed.text,
            "total": page.total,
            "total_is_exact": page.is_exact,
            "page": page.number,
            "next": _next_address(request.path, asked, page),
            "hits": [_hit_as_dict(hit) for hit in found],
            "facets": {
                name: [vars(value) for value in facet_values(name, counts)]
                for name, counts in page.facets.items()
                if name != "issue"
            },
        }
    )


@for_machines
def search_atom(request: HttpRequest) -> HttpResponse:
    """Of what the search finds, what came in last: so one can follow a search."""
    try:
        asked = _understand(request.GET)
        with time_limit(connection):
            page = asked.find(LARGEST_PAGE * 10)
    except (BadSearch, SearchTookTooLong) as error:
        return HttpResponse(
            "\n".join(map(str, error.args)),
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    newest = sorted(page.articles, reverse=True)[:FEED_ENTRIES]
    base, kept = site_base(request), asked.address()
    here = f"{base}{request.path}?{kept}"
    feed = Feed(
        id=here,
        title=f"{_('检索')}：{asked.typed.text} · {settings.SITE_NAME}",
        author=str(settings.SITE_NAME),
        links=[
            Link("self", here, MEDIA_TYPE),
            Link(
                "alternate", f"{base}{reverse('articles:search')}?{kept}", "text/html"
            ),
        ],
        entries=article_entries(
            Article.objects.published().filter(pk__in=newest).order_by("-pk"), base
        ),
    )
    return HttpResponse(feed.as_xml(), content_type=f"{MEDIA_TYPE}; charset=utf-8")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A page of links; for programs the JSON of OpenSearch suggestions."""
    typed = request.GET.get("q", "").replace("\0", "").strip()
    try:
        with time_limit(connection):
            found = suggest(get_index(), typed)
    except SearchTookTooLong:
        found = []
    if request.GET.get("format") == "json":
        columns = [
            [s.text for s in found],
            [s.note for s in found],
            [s.url for s in found],
        ]
        return JsonResponse(
            [typed, *columns],
            safe=False,
            content_type="application/x-suggestions+json",
            json_dumps_params={"ensure_ascii": False},
        )
    return render(
        request, "articles/search_suggest.html", {"typed": typed, "suggestions": found}
    )


@for_machines
def opensearch(request: HttpRequest) -> HttpResponse:
    context = {"base": site_base(request)}
    return render(
        request,
        "articles/search_opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def _understand(params: QueryDict) -> Asked:
    try:
        typed = parse_query(params.get("q", ""))
    except QueryTooLong:
        raise BadSearch(
            _("检索词太长：至多 %(most)d 个字。") % {"most": MAX_LENGTH}
        ) from None
    narrowing = SearchFilter(params, queryset=Article.objects.none())
    if errors := narrowing.errors_by_label():
        raise BadSearch(*errors)
    after = params.get("after", "")
    if after and Cursor.parse(after) is None:
        raise BadSearch(_("这一页的地址不完整。"))
    return Asked(
        params=params,
        typed=typed,
        filter=narrowing,
        order=Order.RELEVANCE
        if params.get("sort") == Order.RELEVANCE
        else Order.NEWEST,
        number=_number(params.get("page"), 1, 10**9),
        after=Cursor.parse(after) if after else None,
    )


def _results(asked: Asked) -> dict[str, Any]:
    page = asked.find()
    is_first = page.number == 1
    return {
        "asked": asked,
        "query": asked.typed.text,
        "page": page,
        "hits": [
            (hit, _hit_address(hit, asked)) for hit in hits(asked.query, page.articles)
        ],
        "groups": _linked(facet_groups(page.facets, asked.filter.chosen), asked),
        "bars": bars_by_year(
            {int(y): n for y, n in page.facets.get("year", {}).items()}
        ),
        "offers": [
            (offer, asked.address(q=offer.text))
            for offer in (_offers(asked, page) if is_first else [])
        ],
        "alone": [(o, asked.address(q=o.text)) for o in _alone(asked, page)],
        "scope": {n: asked.params[n] for n in _SCOPES if n in asked.filter.chosen},
        "chosen": asked.filter.chosen,
        "newest_first": asked.address(sort=None),
        "by_relevance": asked.address(sort=Order.RELEVANCE),
        "without_filters": urlencode({"q": asked.typed.text}),
        "previous_page": _previous_address(asked, page),
        "next_page": _next_address("", asked, page),
        "params": asked.address(),
        "nothing_asked": asked.query.tree is None,
        "words_unusable": bool(asked.typed.text) and asked.typed.tree is None,
    }


def _linked(groups: list[FacetGroup], asked: Asked) -> list[dict[str, Any]]:
    """Each value with the address that chooses it, each choice with that which drops it."""
    return [
        {
            "name": group.name,
            "label": group.label,
            "chosen": group.chosen,
            "drop": asked.address(**{group.name: None}),
            "first": [(v, asked.address(**{group.name: v.value})) for v in group.first],
            "more": [(v, asked.address(**{group.name: v.value})) for v in group.more],
        }
        for group in groups
    ]


def _offers(asked: Asked, page: SearchPage) -> list[Offer]:
    if asked.typed.tree is None:
        return []
    index, facets = get_index(), list(asked.filter.facets())
    near = [] if page.total else near_names(index, asked.typed)
    return [*near, *lookalikes(index, asked.typed, facets)]


def _alone(asked: Asked, page: SearchPage) -> list[Offer]:
    """Nothing has all the words: how many have each."""
    return (
        []
        if page.total or asked.typed.tree is None
        else alone(get_index(), asked.typed)
    )


def _hit_address(hit: Hit, asked: Asked) -> str:
    """A wording that only the print has is to be seen beside the text."""
    params = {"q": asked.typed.text} if asked.typed.text else {}
    if hit.lines and all(line.wording is Wording.PRINTED for line in hit.lines):
        params["lines"] = "1"
    address = hit.article.get_absolute_url()
    return f"{address}?{urlencode(params)}" if params else address


def _hit_as_dict(hit: Hit) -> dict[str, Any]:
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


def _next_address(path: str, asked: Asked, page: SearchPage) -> str | None:
    """By number within the window, by the last result beyond it."""
    if not page.has_next:
        return None
    beyond = page.number * len(page.articles) >= page.total
    cursor = str(page.next) if beyond and page.next else None
    return f"{path}?{asked.address(page=str(page.number + 1), after=cursor)}"


def _previous_address(asked: Asked, page: SearchPage) -> str | None:
    if page.number == 1:
        return None
    last = -(-page.total // PAGE_SIZE)
    return f"?{asked.address(page=str(min(page.number - 1, last)))}"


def _number(text: str | None, default: int, most: int) -> int:
    """A whole number from 1 to ``most``; ``default`` for anything else."""
    if not text or not (text.isascii() and text.isdigit()):
        return default
    return max(1, min(int(text[:10]), most))


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(
        data, status=status, json_dumps_params={"ensure_ascii": False}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _refusal(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    context = {"query": request.GET.get("q", "")[:MAX_LENGTH], "reasons": reasons}
    return render(request, "articles/search.html", context, status=400)

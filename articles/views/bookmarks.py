"""Keeping: the shelf, and putting on it and taking off it.

Every change is a POST that comes back to where it was made; a script that asks for
JSON gets the new state instead.
"""

from __future__ import annotations

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from articles.bookmarks import Shelf, open_shelf
from articles.bookmarks.keeping import keep, take_off
from articles.models import Article, Block
from articles.paging import keyset_page
from articles.querysets import ArticleQuerySet

UNKNOWN = "\ufffd"  # in place of a NUL, which PostgreSQL cannot be asked about


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    bookmarks = (
        Shelf.of(request)
        .bookmarks()
        .select_related("article__issue__publication", "article__section", "block")
        .prefetch_related("article__authorships__author")
    )
    page = keyset_page(bookmarks, ["-created", "-id"], request.GET)
    removed = request.GET.get("removed", "")
    context = {
        "page": page,
        "removed": Article.objects.filter(public_id=removed).first()
        if removed.isascii() and removed.isalnum()
        else None,
    }
    response = render(request, "articles/shelf.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    article, block = _wanted(request, Article.objects.published())
    keep(open_shelf(request), article, block)
    return _answer(request, article, kept=True)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    article, block = _wanted(request, Article.objects.all())
    shelf = Shelf.of(request)
    if row := shelf.row():
        take_off(row, shelf.bookmarks().filter(article=article, block=block))
    return _answer(request, article, kept=False)


def _wanted(
    request: HttpRequest, articles: ArticleQuerySet
) -> tuple[Article, Block | None]:
    """The article and, where one is named, the paragraph.  Raises Http404."""
    public_id = request.POST.get("article", "").replace("\0", UNKNOWN)
    article = get_object_or_404(articles, public_id=public_id)
    anchor = request.POST.get("block", "").replace("\0", UNKNOWN)
    return article, get_object_or_404(article.blocks, anchor=anchor) if anchor else None


def _answer(request: HttpRequest, article: Article, *, kept: bool) -> HttpResponse:
    shelf = Shelf({"pk": open_shelf(request).pk}) if kept else Shelf.of(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"kept": kept, "count": shelf.count_label})
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("articles:shelf")
    if not kept and target == reverse("articles:shelf"):
        target += "?" + urlencode({"removed": article.public_id})
    return HttpResponseRedirect(target)

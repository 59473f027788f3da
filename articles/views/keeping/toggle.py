"""One press puts an article or a paragraph on the shelf; another takes it off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from articles.bookmarks import Shelf, open_shelf
from articles.bookmarks.keeping import keep, put_back, take_off
from articles.bookmarks.shelf import ShelfFull
from articles.bookmarks.tags import TooManyTags
from articles.models import Article, Block, Bookshelf, Discard
from articles.querysets import ArticleQuerySet
from articles.views.keeping.common import (
    go_back,
    own_shelf,
    posted_id,
    private,
    say_no_room,
    wants_json,
)

UNKNOWN = "\ufffd"  # in place of a NUL, which PostgreSQL cannot be asked about


@private
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    article, block = _wanted(request, Article.objects.published())
    shelf = open_shelf(request)
    try:
        keep(shelf, article, block)
    except ShelfFull as error:
        return _refused(request, error)
    return _answer(request, shelf, kept=True)


@private
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    article, block = _wanted(request, Article.objects.all())
    shelf = Shelf.of(request).row()
    if shelf is None:
        return _answer(request, None, kept=False)
    bookmarks = shelf.bookmarks.filter(article=article, block=block)
    if block is None:
        bookmarks = bookmarks.filter(quote="")
    discard = take_off(shelf, bookmarks)
    return _answer(request, shelf, kept=False, discard=discard)


@private
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Puts back what one press took off, with its notes, tags and dates."""
    shelf = own_shelf(request)
    discard = get_object_or_404(shelf.discards, pk=posted_id(request, "discard"))
    try:
        put_back(shelf, discard)
    except (ShelfFull, TooManyTags) as error:
        return _refused(request, error)
    return _answer(request, shelf, kept=True)


def _wanted(
    request: HttpRequest, articles: ArticleQuerySet
) -> tuple[Article, Block | None]:
    """The article and, where one is named, the paragraph.  Raises Http404."""
    public_id = request.POST.get("article", "").replace("\0", UNKNOWN)
    article = get_object_or_404(articles, public_id=public_id)
    anchor = request.POST.get("block", "").replace("\0", UNKNOWN)
    return article, get_object_or_404(article.blocks, anchor=anchor) if anchor else None


def _answer(
    request: HttpRequest,
    shelf: Bookshelf | None,
    *,
    kept: bool,
    discard: Discard | None = None,
) -> HttpResponse:
    if not wants_json(request):
        return go_back(request)
    count = Shelf({"pk": shelf.pk}).count_label if shelf else "0"
    state = {"kept": kept, "count": count, "discard": discard.pk if discard else None}
    return JsonResponse(state)


def _refused(request: HttpRequest, error: ShelfFull | TooManyTags) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({}, status=409)
    say_no_room(request, error)
    return go_back(request)

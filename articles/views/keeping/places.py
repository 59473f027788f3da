"""Remembering the paragraph a reader has come to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from articles.bookmarks import Shelf, open_shelf
from articles.bookmarks.reading import remember
from articles.models import Article
from articles.views.keeping.common import private
from articles.views.keeping.toggle import UNKNOWN


@private
@require_POST
def remember_place(request: HttpRequest) -> HttpResponse:
    """Only for a reader with an account or a shelf: nothing is made for one who just
    reads."""
    known = request.user.is_authenticated
    shelf = open_shelf(request) if known else Shelf.of(request).row()
    if shelf is None:
        return HttpResponse(status=204)
    public_id = request.POST.get("article", "").replace("\0", UNKNOWN)
    article = get_object_or_404(Article.objects.published(), public_id=public_id)
    anchor = request.POST.get("block", "").replace("\0", UNKNOWN)
    remember(shelf, article, get_object_or_404(article.blocks, anchor=anchor))
    return HttpResponse(status=204)

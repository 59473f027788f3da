"""摘抄: every highlighted passage in one collection, and its place in the text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.bookmarks import Shelf, open_shelf
from articles.bookmarks.candidates import block_candidates, passage_candidates
from articles.bookmarks.keeping import MAX_NOTE, take_off
from articles.bookmarks.listing import HighlightListing, Wanted, lost_ids
from articles.bookmarks.marks import highlights_in
from articles.bookmarks.passages import (
    NotThere,
    Selection,
    confirm,
    confirm_paragraph,
    take_passage,
)
from articles.bookmarks.places import Place
from articles.bookmarks.shelf import ShelfFull
from articles.bookmarks.tags import TooManyTags, counted
from articles.models import Article, Block, Highlight, Topic
from articles.pages.paging import parse_id
from articles.querysets import STANDING
from articles.views.keeping.common import (
    edit_kept,
    go_back,
    own_shelf,
    posted_id,
    private,
    say_no_room,
    wants_json,
)
from articles.views.keeping.rows import about_html, note_form_html
from articles.views.keeping.toggle import UNKNOWN

TOPICS_SHOWN = 40


@private
@require_safe
def highlights(request: HttpRequest) -> HttpResponse:
    mine = Shelf.of(request)
    wanted = Wanted.of(request.GET)
    listing = HighlightListing(mine.highlights(), wanted, request.GET)
    context = {
        "listing": listing,
        "shown": [
            _shown(request, row, listing.places.get(row.pk)) for row in listing.rows
        ],
        "wanted": wanted,
        "lost": len(lost_ids(mine.highlights())),
        "tags": [tag for tag in counted(mine.tags()) if tag.highlight_count],
        "topics": _topics(mine),
        "tab": "highlights",
    }
    return render(request, "articles/shelf/highlights.html", context)


def _shown(
    request: HttpRequest, row: Highlight, place: Place | None
) -> tuple[Highlight, Place | None, SafeString, SafeString]:
    action = reverse("articles:highlight-edit", args=[row.pk])
    return (
        row,
        place,
        about_html(row),
        note_form_html(request, row, action, f"h{row.pk}"),
    )


def _topics(mine: Shelf) -> list[Any]:
    """The topics of the articles that the passages are from, most passages first."""
    found = Topic.objects.filter(
        article_topics__decision__in=STANDING,
        article_topics__article__highlights__in=mine.highlights()
        .order_by()
        .values("pk"),
    )
    counts = found.annotate(
        n=Count("article_topics__article__highlights", distinct=True)
    )
    return list(counts.order_by("-n", "sort_key")[:TOPICS_SHOWN])


@private
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A passage that a script selected.  409 says that it is not in the paragraph."""
    article = get_object_or_404(
        Article.objects.published(), public_id=_text(request, "article")
    )
    block = get_object_or_404(
        article.blocks.select_related("article", "dump").defer("dump__content"),
        anchor=_text(request, "block"),
    )
    selection = Selection(
        *(_text(request, name) for name in ("exact", "prefix", "suffix"))
    )
    shelf = open_shelf(request)
    try:
        take_passage(shelf, block, selection, _text(request, "note")[:MAX_NOTE])
    except (NotThere, ShelfFull):
        return JsonResponse({}, status=409)
    return JsonResponse({"highlights": highlights_in(Shelf({"pk": shelf.pk}), article)})


@private
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Note and tags of one passage; what is not sent stays."""
    highlight = get_object_or_404(Shelf.of(request).highlights(), pk=pk)
    try:
        edit_kept(request, highlight)
    except TooManyTags as error:
        say_no_room(request, error)
    if wants_json(request):
        return JsonResponse({"note": highlight.note})
    return go_back(request, reverse("articles:highlights"))


@private
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    shelf = own_shelf(request)
    discard = take_off(shelf, highlights=shelf.highlights.filter(pk=pk))
    if wants_json(request):
        return JsonResponse({"discard": discard.pk if discard else None})
    return go_back(request, reverse("articles:highlights"))


@private
@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a passage may stand now; the reader decides, or leaves it open."""
    highlight = get_object_or_404(
        Shelf.of(request).highlights().select_related("article"), pk=pk
    )
    context = {"highlight": highlight, "candidates": passage_candidates(highlight)}
    return render(request, "articles/shelf/place.html", context)


@private
@require_POST
def confirm_place(request: HttpRequest, pk: int) -> HttpResponse:
    highlight = get_object_or_404(Shelf.of(request).highlights(), pk=pk)
    block = get_object_or_404(Block, pk=posted_id(request, "block"))
    start, end = parse_id(request.POST.get("start")), parse_id(request.POST.get("end"))
    known = {(c.block.pk, c.start, c.end) for c in passage_candidates(highlight)}
    try:
        if (block.pk, start, end) not in known:
            raise NotThere
        confirm(highlight, block, start or 0, end or 0)
    except NotThere:
        messages.error(request, _("那里的文字又变了，请再看一次。"))
        return HttpResponseRedirect(reverse("articles:highlight-place", args=[pk]))
    messages.success(request, _("位置已确认。"))
    return HttpResponseRedirect(reverse("articles:highlights"))


@private
@require_safe
def paragraph(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a bookmark whose paragraph is gone."""
    bookmark = get_object_or_404(
        Shelf.of(request).bookmarks().select_related("article"), pk=pk
    )
    context = {"bookmark": bookmark, "candidates": block_candidates(bookmark)}
    return render(request, "articles/shelf/paragraph.html", context)


@private
@require_POST
def confirm_block(request: HttpRequest, pk: int) -> HttpResponse:
    bookmark = get_object_or_404(Shelf.of(request).bookmarks(), pk=pk)
    wanted = posted_id(request, "block")
    block = next((b for b in block_candidates(bookmark) if b.pk == wanted), None)
    if block is None:
        messages.error(request, _("那里的文字又变了，请再看一次。"))
        return HttpResponseRedirect(reverse("articles:bookmark-place", args=[pk]))
    confirm_paragraph(bookmark, block)
    messages.success(request, _("位置已确认。"))
    return HttpResponseRedirect(reverse("articles:shelf"))


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", UNKNOWN)

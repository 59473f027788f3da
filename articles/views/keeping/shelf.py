"""The shelf's page: a filtered list, a note at a time, many things at once."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.bookmarks import Shelf
from articles.bookmarks.keeping import (
    add_tags,
    mark_read,
    mark_unread,
    remove_tag,
    take_off,
)
from articles.bookmarks.listing import PAGE_SIZE, BookmarkListing, Wanted
from articles.bookmarks.tags import TooManyTags, counted, split_tags
from articles.models import Article, Bookmark, Bookshelf, Discard
from articles.models.shelf import tag_key
from articles.pages.paging import parse_id
from articles.views.keeping.common import (
    edit_kept,
    go_back,
    own_shelf,
    private,
    say_no_room,
)
from articles.views.keeping.rows import bookmarks_html

PLACES_SHOWN = 5
TITLES_SHOWN = 3
UNDO_OFFERED = timedelta(minutes=30)  # afterwards: the page of what was taken off


@private
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    mine = Shelf.of(request)
    wanted = Wanted.of(request.GET)
    listing = BookmarkListing(mine.bookmarks(), wanted, request.GET)
    tags = list(counted(mine.tags()))
    context = {
        "listing": listing,
        "rows": bookmarks_html(request, listing.rows),
        "wanted": wanted,
        "total": len(listing) if not wanted.narrows else mine.count,
        "tags": tags,
        "used_tags": [tag for tag in tags if tag.bookmark_count],
        "places": mine.unfinished(PLACES_SHOWN) if not wanted.narrows else [],
        "discard": _just_taken_off(mine),
        "tab": "bookmarks",
    }
    return render(request, "articles/shelf/bookmarks.html", context)


def _just_taken_off(mine: Shelf) -> Discard | None:
    recent = mine.discards().filter(created__gte=timezone.now() - UNDO_OFFERED)
    return recent.defer("records").first()


@private
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Note and tags of one bookmark."""
    bookmark = get_object_or_404(Shelf.of(request).bookmarks(), pk=pk)
    try:
        edit_kept(request, bookmark)
    except TooManyTags as error:
        say_no_room(request, error)
    return go_back(request)


@private
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Does one thing to the chosen bookmarks, or to all that the filter finds.

    A row's own button says both in one value: ``read-17``.
    """
    row = own_shelf(request)
    action, dash, one = request.POST.get("one", "").partition("-")
    if dash:
        chosen = row.bookmarks.filter(pk=parse_id(one))
    else:
        action, chosen = request.POST.get("action", ""), _chosen(request, row)
    if not chosen.exists():
        messages.error(request, _("没有选中任何一条。"))
        return go_back(request)
    try:
        if said := _do(request, row, chosen, action):
            messages.success(request, said)
    except TooManyTags as error:
        say_no_room(request, error)
    return go_back(request)


def _chosen(request: HttpRequest, row: Bookshelf) -> QuerySet[Bookmark]:
    if request.POST.get("all"):
        params = QueryDict(request.POST.get("filter", ""))
        return BookmarkListing(row.bookmarks.all(), Wanted.of(params), {}).matching
    ids = [pk for value in request.POST.getlist("id") if (pk := parse_id(value))]
    return row.bookmarks.filter(pk__in=ids[:PAGE_SIZE])


def _do(
    request: HttpRequest, row: Bookshelf, chosen: QuerySet[Bookmark], action: str
) -> str:
    if action == "read":
        return _("%(n)d 条标为读完。") % {"n": mark_read(row, chosen)}
    if action == "unread":
        return _("%(n)d 条标为未读。") % {"n": mark_unread(row, chosen)}
    if action == "tag":
        names = split_tags(request.POST.get("tags", ""))
        n = add_tags(row, chosen, names) if names else 0
        return _("%(n)d 条加上了标签。") % {"n": n}
    if action == "untag":
        tag = row.tags.filter(key=tag_key(request.POST.get("untag", ""))).first()
        return _("%(n)d 条去掉了标签。") % {
            "n": remove_tag(row, chosen, tag) if tag else 0
        }
    if action == "remove":
        take_off(row, chosen)
        return ""  # the page offers to put them back
    return _("没有这个动作。")


@private
@require_safe
def discarded(request: HttpRequest) -> HttpResponse:
    """The last things taken off, each to be put back as it was."""
    discards = list(Shelf.of(request).discards())
    named = {id for d in discards for id in _ids_in(d)[:TITLES_SHOWN]}
    titles = dict(
        Article.objects.filter(public_id__in=named).values_list("public_id", "title")
    )
    for discard in discards:
        ids = _ids_in(discard)[:TITLES_SHOWN]
        discard.titles = [titles[id] for id in ids if id in titles]
    return render(request, "articles/shelf/discarded.html", {"discards": discards})


def _ids_in(discard: Discard) -> list[str]:
    records = [*discard.records["bookmarks"], *discard.records["highlights"]]
    return list(dict.fromkeys(record["article"] for record in records))

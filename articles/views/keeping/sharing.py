"""Links to a shelf: making and revoking them, and what their visitors see."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from articles.bookmarks import Shelf, open_shelf
from articles.bookmarks.sharing import MAX_LINKS, TooManyLinks, share, shared_bookmarks
from articles.exports.atom import MEDIA_TYPE, Entry, Feed, Link
from articles.exports.citations import cite
from articles.models import Bookmark, ShareLink
from articles.pages.paging import keyset_page, parse_id
from articles.views.keeping.common import own_shelf, private
from articles.views.machine import site_base

FEED_ENTRIES = 50


@private
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    mine = Shelf.of(request)
    context = {
        "links": list(mine.links().select_related("tag")),
        "tags": list(mine.tags()),
        "tab": "share",
    }
    return render(request, "articles/shelf/share.html", context)


@private
@require_POST
@login_required
def add(request: HttpRequest) -> HttpResponse:
    shelf = open_shelf(request)
    wanted = parse_id(request.POST.get("tag"))
    tag = get_object_or_404(shelf.tags, pk=wanted) if wanted else None
    try:
        share(
            shelf,
            title=request.POST.get("title", "").replace("\0", ""),
            tag=tag,
            with_notes=bool(request.POST.get("notes")),
        )
    except TooManyLinks:
        messages.error(request, _("链接太多了：最多 %(n)d 个。") % {"n": MAX_LINKS})
    return HttpResponseRedirect(reverse("articles:share"))


@private
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(own_shelf(request).links, pk=pk).delete()
    messages.success(request, _("链接已撤销，从现在起打不开了。"))
    return HttpResponseRedirect(reverse("articles:share"))


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    context = {
        "title": _title(link),
        "page": keyset_page(shared_bookmarks(link), ["-created", "-id"], request.GET),
        "with_notes": link.with_notes,
        "feed": reverse("articles:shared-feed", args=[token]),
    }
    return _revocable(render(request, "articles/shelf/shared.html", context))


@require_safe
@conditional_page
def shared_feed(request: HttpRequest, token: str) -> HttpResponse:
    link, base = _link(token), site_base(request)
    rows = shared_bookmarks(link).order_by("-created", "-pk")[:FEED_ENTRIES]
    feed = Feed(
        id=base + request.path,
        title=_title(link),
        author=str(settings.SITE_NAME),
        links=[
            Link("self", base + request.path, MEDIA_TYPE),
            Link("alternate", base + link.get_absolute_url(), "text/html"),
        ],
        entries=[_entry(row, link, base) for row in rows],
    )
    return _revocable(
        HttpResponse(feed.as_xml(), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    )


def _entry(row: Bookmark, link: ShareLink, base: str) -> Entry:
    about = cite(row.article, base=base)
    url = f"{about.url}#{row.block.anchor}" if row.block else about.url
    return Entry(
        id=f"{base}{link.get_absolute_url()}#{row.pk}",
        title=about.title,
        updated=row.created,
        links=[Link("alternate", url, "text/html")],
        authors=[author.name for author in about.authors],
        summary=row.note if link.with_notes else row.quote,
        issued=about.iso_date,
        publisher=about.publication,
    )


def _link(token: str) -> ShareLink:
    return get_object_or_404(ShareLink.objects.select_related("tag"), token=token)


def _title(link: ShareLink) -> str:
    return link.title or (link.tag.name if link.tag else _("一位读者的书架"))


def _revocable(response: HttpResponse) -> HttpResponse:
    """A browser may keep it and must ask each time, so that revoking works at once."""
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = (
        "same-origin"  # "none" would take forms' Origin
    )
    return response

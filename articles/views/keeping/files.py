"""A shelf out of the portal as a file, and into it again."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.bookmarks import Shelf, open_shelf
from articles.bookmarks.formats import json, markdown, netscape, table
from articles.bookmarks.formats.reading import MAX_BYTES, read_file
from articles.bookmarks.formats.sheet import BadFile, Sheet
from articles.bookmarks.joining import put
from articles.bookmarks.listing import Wanted, kept_articles
from articles.bookmarks.shelf import ShelfFull
from articles.bookmarks.tags import TooManyTags, counted
from articles.exports import epub
from articles.views.keeping.common import no_room, private
from articles.views.machine import site_base

MAX_CHAPTERS = 300  # of one book: readers' devices give up before we do


@private
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    return _page(request)


@private
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    sheet = Sheet.of(Shelf.of(request).row(), site_base(request))
    title = f"{settings.SITE_NAME} · {_('书架')}"
    if form == "json":
        text, media_type = json.as_json(sheet), json.MEDIA_TYPE
    elif form == "csv":
        text, media_type = table.as_csv(sheet), table.MEDIA_TYPE
    elif form == "html":
        text, media_type = netscape.as_netscape(sheet, title), netscape.MEDIA_TYPE
    elif form == "md":
        text, media_type = markdown.as_markdown(sheet, title), markdown.MEDIA_TYPE
    else:
        raise Http404
    name = f"yuelan-{timezone.localdate():%Y-%m-%d}.{form}"
    response = HttpResponse(text, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@private
@require_safe
def export_epub(request: HttpRequest) -> HttpResponse:
    """The articles of the shelf as a book, those kept first in front; ``?tag=`` and the
    shelf's other filters choose among them."""
    shelf, wanted = Shelf.of(request).row(), Wanted.of(request.GET)
    if shelf is None:
        raise Http404
    articles = kept_articles(shelf, wanted)[:MAX_CHAPTERS]
    title = "，".join(wanted.tags) or _("书架")
    identity = f"{shelf.pk}?{wanted.address()}"
    book = epub.list_book(title, articles, identity, site_base(request))
    if not book.chapters:
        raise Http404
    response = HttpResponse(epub.write_epub(book), content_type=epub.MEDIA_TYPE)
    name = f"yuelan-{timezone.localdate():%Y-%m-%d}.epub"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@private
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """All of a file or nothing; a file that is no shelf is named with the reason."""
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, errors=[_("没有选文件。")])
    try:
        read = read_file(upload.read(MAX_BYTES + 1))
        outcome = put(open_shelf(request), read.records)
    except BadFile as error:
        return _page(request, errors=[f"{upload.name}：{error}"])
    except (ShelfFull, TooManyTags) as error:
        return _page(request, errors=[f"{upload.name}：{no_room(error)}"])
    outcome.unknown += read.others
    return _page(request, outcome=outcome, file_name=upload.name)


def _page(request: HttpRequest, **context: object) -> HttpResponse:
    status = 400 if context.get("errors") else 200
    used = counted(Shelf.of(request).tags()).filter(bookmark_count__gt=0)
    context |= {"tab": "files", "tags": list(used)}
    return render(request, "articles/shelf/files.html", context, status=status)

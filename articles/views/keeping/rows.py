"""The rows of a shelf's pages, filled in: fifty bookmarks are one page.

In: bookmarks or highlights with article, issue, authors and tags.  Out: safe strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.defaultfilters import linebreaks
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.timezone import localtime

from articles.bookmarks.keeping import MAX_NOTE
from articles.bookmarks.listing import Wanted
from articles.models import Bookmark, Highlight
from articles.pages.addresses import address
from articles.pages.stencil import Value, escape, fill

QUOTED = 100  # characters of a paragraph


def bookmarks_html(request: HttpRequest, rows: Iterable[Bookmark]) -> SafeString:
    return mark_safe("".join(_bookmark(request, row) for row in rows))


def about_html(thing: Bookmark | Highlight) -> SafeString:
    """Authors, issue, day, tags."""
    article = thing.article
    issue = article.issue
    values: dict[str, Value] = {
        "authors": mark_safe("、".join(_authors(thing))),
        "issue": issue.label(),
        "issue_url": address("issue", issue.publication.slug, *issue.key.split("/")),
        "publication": issue.publication.title,
        "created": _day(thing.created),
        "created_at": localtime(thing.created).isoformat(),
        "read": _day(thing.read) if isinstance(thing, Bookmark) else "",
        "tags": mark_safe("".join(_tags(thing))),
    }
    return fill("articles/shelf/_about.html", values)


def note_form_html(
    request: HttpRequest, thing: Bookmark | Highlight, action: str, row: str
) -> SafeString:
    """``row``: the id of the row that the form leads back to."""
    tags = "，".join(tag.name for tag in thing.tags.all())
    return fill(
        "articles/shelf/_note.html",
        {
            "csrf_token": get_token(request),
            "action": action,
            "here": f"{request.get_full_path()}#{row}",
            "noted": bool(thing.note or tags),
            "note": thing.note,
            "tags": tags,
            "max_note": str(MAX_NOTE),
        },
    )


def _bookmark(request: HttpRequest, row: Bookmark) -> SafeString:
    article, quote = row.article, row.quote
    if quote and row.block:
        quote = Truncator(row.block.text).chars(QUOTED)
    at = f"#{row.block.anchor}" if row.block else ""
    lost = row.is_lost and not article.withdrawn
    edit = reverse("articles:bookmark-edit", args=[row.pk])
    values: dict[str, Value] = {
        "pk": str(row.pk),
        "title": article.title,
        "withdrawn": article.withdrawn,
        "read": bool(row.read),
        "address": address("article", article.public_id) + at,
        "quote": quote,
        "place_address": f"{edit}place/" if lost else "",
        "about": about_html(row),
        "note": mark_safe(linebreaks(row.note)) if row.note else "",
        "note_form": note_form_html(request, row, edit, f"b{row.pk}"),
    }
    return fill("articles/shelf/_bookmark.html", values)


def _authors(thing: Bookmark | Highlight) -> Iterable[str]:
    for signed in thing.article.authorships.all():
        where = address("author", signed.author.slug)
        yield f'<a href="{where}">{escape(signed.author.name)}</a>'


def _tags(thing: Bookmark | Highlight) -> Iterable[str]:
    for tag in thing.tags.all():
        where = escape(Wanted(tags=(tag.name,)).address())
        yield f' <a class="tag" href="?{where}">{escape(tag.name)}</a>'


def _day(moment: datetime | None) -> str:
    return localtime(moment).strftime("%Y-%m-%d") if moment else ""

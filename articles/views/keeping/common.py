"""What the views of a shelf have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from articles.bookmarks import Shelf
from articles.bookmarks.keeping import set_tags, write_note
from articles.bookmarks.shelf import MAX_KEPT, ShelfFull
from articles.bookmarks.tags import MAX_TAGS, TooManyTags, split_tags
from articles.models import Bookshelf, Kept
from articles.pages.paging import parse_id

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """One reader's page: stored by nobody, the reader's own browser included.

    A shelf that became part of an account in this very moment, by a sign-in in another
    tab, answers 409 to a script and the shelf's page to a reader: press again.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Bookshelf.DoesNotExist:
            response = (
                HttpResponse(status=409) if wants_json(request) else go_back(request)
            )
        add_never_cache_headers(response)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def own_shelf(request: HttpRequest) -> Bookshelf:
    """The reader's shelf.  Raises Http404 for a reader who has none."""
    row = Shelf.of(request).row()
    if row is None:
        raise Http404
    return row


def posted_id(request: HttpRequest, name: str) -> int:
    """A row's id from a form.  Raises Http404 for what is none."""
    found = parse_id(request.POST.get(name))
    if found is None:
        raise Http404
    return found


def edit_kept(request: HttpRequest, thing: Kept) -> None:
    """Writes what the form has of note and tags.  Raises TooManyTags."""
    if "note" in request.POST:
        write_note(thing, request.POST["note"].replace("\0", ""))
    if "tags" in request.POST:
        set_tags(thing, split_tags(request.POST["tags"]))


def go_back(request: HttpRequest, default: str = "") -> HttpResponseRedirect:
    """To where the form was, if that is on this site."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = default or reverse("articles:shelf")
    return HttpResponseRedirect(target)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def no_room(error: ShelfFull | TooManyTags) -> str:
    if isinstance(error, ShelfFull):
        return _("书架满了：最多 %(n)d 件。") % {"n": MAX_KEPT}
    return _("标签太多了：最多 %(n)d 个。") % {"n": MAX_TAGS}


def say_no_room(request: HttpRequest, error: ShelfFull | TooManyTags) -> None:
    messages.error(request, no_room(error))

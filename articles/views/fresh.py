"""Answering “304 Not Modified” before any work is done.

A public page depends on the collection, the program, the day (references say when they
were read) and three cookies at most.  A reader who has a session gets no ETag: such a
page is of that moment and nobody keeps it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from articles.pages.stamp import stamp
from portal.preferences import COOKIE, attributes, chosen_in
from portal.release import release

View = Callable[..., HttpResponse]
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
KEEP_AND_ASK = "public, max-age=0, must-revalidate"
KEPT_FOR, KEPT_BYTES = 60 * 60, 64 * 1024
CHOSEN = (settings.LANGUAGE_COOKIE_NAME, COOKIE)


def fresh(view: View) -> View:
    """Anybody may keep the page; everybody asks whether it is still the same."""
    conditional = condition(etag_func=lambda request, *_, **__: request.page_tag)(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_personal(request):
            return view(request, *args, **kwargs)
        request.page_tag = tag = _etag(request, **kwargs)  # type: ignore[attr-defined]
        if _has(request, tag):
            headers = {"ETag": tag, "Cache-Control": KEEP_AND_ASK}
            return HttpResponseNotModified(headers=headers)
        response = conditional(request, *args, **kwargs)
        if response.status_code in (200, 304):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        else:
            response.headers.pop("ETag", None)
        return response

    return answer


def kept(view: View) -> View:
    """Under ``fresh``: what one reader got, the next one gets, until anything changes.

    Lists are the dearest pages and the most asked for.  The tag of the page is part of
    the key, so none is older than the collection.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = getattr(request, "page_tag", "")
        if not tag:
            return view(request, *args, **kwargs)
        asked = repr((tag, request.get_host(), request.get_full_path()))
        key = f"page:{hashlib.sha256(asked.encode()).hexdigest()}"
        page = cache.get(key)
        if page is not None:
            return HttpResponse(zlib.decompress(page))
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and len(response.content) <= KEPT_BYTES:
            cache.set(key, zlib.compress(response.content, 1), KEPT_FOR)
        return response

    return answer


def is_personal(request: HttpRequest) -> bool:
    """May the page show something of this reader's?"""
    return any(name in request.COOKIES for name in PERSONAL)


def frame_of(request: HttpRequest) -> str:
    """What of an anonymous request the frame of a page shows, besides its address."""
    return attributes(chosen_in(request))


def _has(request: HttpRequest, tag: str) -> bool:
    """Does a reader ask for this very page again?  ``condition`` knows the rarer ways
    to ask."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    return asked == tag and "HTTP_IF_MATCH" not in request.META


def _etag(request: HttpRequest, **kwargs: Any) -> str:
    seen = [stamp(kwargs.get("public_id", "")), release(), str(timezone.localdate())]
    seen += [request.COOKIES.get(name, "") for name in CHOSEN]
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'

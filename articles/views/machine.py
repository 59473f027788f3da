"""What every view for programs shares: the same answer for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import conditional_page, require_safe

from articles.exports.render import in_own_language

View = Callable[..., HttpResponse]


def for_machines(view: View) -> View:
    """GET and HEAD only, in the portal's own language, with an ETag and 304."""
    return require_safe(conditional_page(in_portal_language(view)))


def in_portal_language(view: View) -> View:
    """And says so in a header."""
    speaking = in_own_language(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = speaking(request, *args, **kwargs)
        response.headers["Content-Language"] = settings.LANGUAGE_CODE
        return response

    return answer


def site_base(request: HttpRequest) -> str:
    """Scheme and host, as exports write them before an address."""
    return f"{request.scheme}://{request.get_host()}"


def json_answer(data: dict[str, Any]) -> HttpResponse:
    """Readable Chinese, and no second copy of a page in a search engine."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    return response

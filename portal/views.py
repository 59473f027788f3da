"""The portal's own pages: health, choice of language and of type, errors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from articles.search.upkeep import troubles
from portal import preferences


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not; names a search index in trouble."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = troubles(looked_at=5)
    except DatabaseError:
        return JsonResponse(
            {"database": "unreachable"}, status=503, headers={"Retry-After": "5"}
        )
    return JsonResponse({"database": "ok", "search": found[0].code if found else "ok"})


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the reader's choice in a cookie and goes back to where it was made."""
    response = HttpResponseRedirect(_way_back(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def reading_settings(request: HttpRequest) -> HttpResponse:
    """The form of type and colours; without a script a page of its own."""
    if request.method == "POST":
        back = HttpResponseRedirect(_way_back(request))
        preferences.keep(back, request.POST)
        return back
    context = {
        "rows": preferences.rows(preferences.chosen_in(request)),
        "next": request.GET.get("next", "/"),
    }
    return render(request, "settings.html", context)


def _way_back(request: HttpRequest) -> str:
    """Where the form was shown; never another site."""
    target = request.POST.get("next", "/")
    known = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if known else "/"


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database: it may be the reason."""
    return render(request, "500.html", status=500)

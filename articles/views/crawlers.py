"""For crawlers: the sitemap, and what they may leave alone."""

from __future__ import annotations

from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.exports.sitemaps import PART, WHOLE, fits_in_one, sitemaps
from articles.views.machine import for_machines, site_base

# Another's account, or pages without end.
LEAVE_ALONE = (
    "/admin/",
    "/accounts/",
    "/bookmarks/",
    "/language/",
    "/search/",
    "/search.json",
)


@for_machines
def sitemap(request: HttpRequest) -> HttpResponse:
    """Everything, or where the parts of everything are."""
    whole = sitemaps(WHOLE)
    if fits_in_one(whole):
        return _undated(views.sitemap(request, whole))
    name = "articles:sitemap-part"
    return _undated(views.index(request, sitemaps(PART), sitemap_url_name=name))


@for_machines
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    return _undated(views.sitemap(request, sitemaps(PART), section))


def _undated(response: HttpResponse) -> HttpResponse:
    """Only the ETag says whether anything changed: a withdrawal makes nothing newer."""
    del response.headers["Last-Modified"]
    return response


@for_machines
def robots(request: HttpRequest) -> HttpResponse:
    address = site_base(request) + reverse("articles:sitemap")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in LEAVE_ALONE)]
    text = "\n".join([*lines, "", f"Sitemap: {address}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")

"""The OPDS catalogue: a root, the newest issues, the publications and their issues."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.exports.atom import LONG_AGO, Entry, Feed, Link
from articles.exports.opds import (
    ACQUISITION,
    NAVIGATION,
    issue_entry,
    navigation_entry,
    publication_entries,
    with_changes,
)
from articles.models import Issue, Publication
from articles.pages.paging import Page, keyset_page
from articles.views.machine import for_machines, site_base

PUBLICATIONS = 100
ISSUES = 50


@for_machines
def root(request: HttpRequest) -> HttpResponse:
    base = site_base(request)
    entries = [
        navigation_entry(
            "最近入藏", base + reverse("articles:opds-newest"), ACQUISITION, LONG_AGO
        ),
        navigation_entry(
            "刊物", base + reverse("articles:opds-publications"), NAVIGATION, LONG_AGO
        ),
    ]
    return _answer(request, NAVIGATION, "", entries)


@for_machines
def newest(request: HttpRequest) -> HttpResponse:
    """All issues, the last that came in first."""
    page = keyset_page(with_changes(Issue.objects.all()), ["-id"], request.GET, ISSUES)
    return _answer(request, ACQUISITION, "最近入藏", _issues(request, page), page)


@for_machines
def publications(request: HttpRequest) -> HttpResponse:
    page = keyset_page(
        Publication.objects.all(),
        ["sort_key", "title", "id"],
        request.GET,
        PUBLICATIONS,
    )
    entries = publication_entries(page, site_base(request))
    return _answer(request, NAVIGATION, "刊物", entries, page)


@for_machines
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Publication, slug=slug)
    page = keyset_page(with_changes(shown.issues.all()), ["-id"], request.GET, ISSUES)
    return _answer(request, ACQUISITION, shown.title, _issues(request, page), page)


def _issues(request: HttpRequest, page: Page[Issue]) -> list[Entry]:
    return [issue_entry(issue, site_base(request)) for issue in page]


def _answer(
    request: HttpRequest,
    kind: str,
    name: str,
    entries: list[Entry],
    page: Page[Any] | None = None,
) -> HttpResponse:
    base, site = site_base(request), str(settings.SITE_NAME)
    here = base + request.path
    links = [
        Link("self", base + request.get_full_path(), kind),
        Link("start", base + reverse("articles:opds"), NAVIGATION),
    ]
    if page and page.next:
        links.append(Link("next", f"{here}?after={page.next}", kind))
    if page and page.previous:
        links.append(Link("previous", f"{here}?before={page.previous}", kind))
    title = f"{name} · {site}" if name else site
    feed = Feed(here, title, site, links, entries)
    return HttpResponse(
        feed.as_xml(), content_type=kind.replace(";", "; ") + "; charset=utf-8"
    )

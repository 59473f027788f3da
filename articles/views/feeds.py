"""Atom feeds: what came in last, of everything, a publication, a topic, an author.

The order is that of arrival, not of print: a feed says what is new here, also when
it is an issue of fifty years ago.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.exports.atom import MEDIA_TYPE, Feed, Link, article_entries
from articles.models import Article, Author, Publication, Topic
from articles.querysets import ArticleQuerySet
from articles.views.machine import for_machines, site_base

ENTRIES = 50
ISSUES = 12  # of a publication, that its feed looks into


@for_machines
def everything(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().order_by("-id")
    return _answer(request, "", reverse("articles:home"), articles)


@for_machines
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Publication, slug=slug)
    # Two steps, so that the second needs no more than these issues' articles.
    issues = list(shown.issues.order_by("-id").values_list("id", flat=True)[:ISSUES])
    articles = Article.objects.published().filter(issue__in=issues)
    return _answer(
        request,
        shown.title,
        shown.get_absolute_url(),
        articles.order_by("-issue_id", "position", "id"),
    )


@for_machines
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Topic, slug=slug)
    articles = Article.objects.published().about(shown)
    return _answer(
        request,
        shown.name,
        shown.get_absolute_url(),
        articles.order_by("-article_topics__article_id"),
    )


@for_machines
def author(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Author, slug=slug)
    articles = Article.objects.published().signed_by(shown)
    return _answer(
        request,
        str(shown),
        shown.get_absolute_url(),
        articles.order_by("-authorships__article_id"),
    )


def _answer(
    request: HttpRequest, name: str, page: str, articles: ArticleQuerySet
) -> HttpResponse:
    base, site = site_base(request), str(settings.SITE_NAME)
    here = base + request.path
    feed = Feed(
        id=here,
        title=f"{name} · {site}" if name else site,
        author=site,
        links=[
            Link("self", here, MEDIA_TYPE),
            Link("alternate", base + page, "text/html"),
        ],
        entries=article_entries(articles[:ENTRIES], base),
    )
    return HttpResponse(feed.as_xml(), content_type=f"{MEDIA_TYPE}; charset=utf-8")

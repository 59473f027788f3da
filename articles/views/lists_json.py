"""The browsing pages for machines: ``.json`` beside each, filtered and paged alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.exports import listing_json as out
from articles.models import Article, Author, Publication, Section, Topic
from articles.pages.filters import ArticleFilter, offered
from articles.pages.listing import look_at, page_of
from articles.pages.paging import keyset_page
from articles.querysets import ArticleQuerySet
from articles.views.machine import for_machines, json_answer

ISSUES = 200
ROWS = 200
BY_PINYIN = ["sort_key", "name", "id"]


@for_machines
def publications(request: HttpRequest) -> HttpResponse:
    rows = Publication.objects.all()
    return _rows(
        request,
        "publications",
        rows,
        ["sort_key", "title", "id"],
        out.publication_as_dict,
    )


@for_machines
def publication(request: HttpRequest, publication: str) -> HttpResponse:
    """With its issues, the last that came in first."""
    shown = get_object_or_404(Publication, slug=publication)
    issues = shown.issues.select_related("publication")
    page = keyset_page(issues, ["-id"], request.GET, ISSUES)
    listed = {"issues": [out.issue_line(issue) for issue in page]}
    around = out.neighbours(page, _address(request))
    return json_answer({**out.publication_as_dict(shown), **around, **listed})


@for_machines
def topics(request: HttpRequest) -> HttpResponse:
    return _rows(
        request, "topics", Topic.objects.standing(), BY_PINYIN, out.topic_as_dict
    )


@for_machines
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Topic, slug=slug)
    articles = Article.objects.published().about(shown)
    return _articles(
        request, out.topic_as_dict(shown), articles, "-article_topics__article_id"
    )


@for_machines
def authors(request: HttpRequest) -> HttpResponse:
    return _rows(
        request, "authors", Author.objects.standing(), BY_PINYIN, out.author_as_dict
    )


@for_machines
def author(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Author, slug=slug)
    articles = Article.objects.published().signed_by(shown)
    return _articles(
        request, out.author_as_dict(shown), articles, "-authorships__article_id"
    )


@for_machines
def sections(request: HttpRequest) -> HttpResponse:
    rows = Section.objects.select_related("publication")
    order = ["publication_id", *BY_PINYIN]
    return _rows(request, "sections", rows, order, out.section_as_dict)


@for_machines
def section(request: HttpRequest, publication: str, slug: str) -> HttpResponse:
    sections = Section.objects.select_related("publication")
    shown = get_object_or_404(sections, publication__slug=publication, slug=slug)
    articles = Article.objects.published().under(shown)
    return _articles(request, out.section_as_dict(shown), articles, "-id")


def _articles(
    request: HttpRequest, head: dict[str, Any], articles: ArticleQuerySet, along: str
) -> HttpResponse:
    whole = look_at(articles, along)
    chosen = ArticleFilter(request.GET, articles, offered(whole))
    narrowed = chosen.qs if chosen.narrows else articles
    window = look_at(narrowed, along) if chosen.narrows else whole
    page = page_of(narrowed, window, request.GET)
    return json_answer({**head, **out.article_list(window, page, _address(request))})


def _rows(
    request: HttpRequest,
    name: str,
    rows: Any,
    order: list[str],
    as_dict: Callable[[Any], dict[str, Any]],
) -> HttpResponse:
    page = keyset_page(rows, order, request.GET, ROWS)
    around = out.neighbours(page, _address(request))
    return json_answer({**around, name: [as_dict(row) for row in page]})


def _address(request: HttpRequest) -> str:
    """This list's address, its filters kept, ready for ``after=`` or ``before=``."""
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    return f"{request.path}?{kept.urlencode()}{'&' if kept else ''}"

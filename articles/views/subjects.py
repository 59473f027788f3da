"""Topics, authors and sections: the lists by pinyin, and a page for each."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.models import Article, Author, Section, Topic
from articles.pages.counts import count_articles
from articles.pages.filters import ArticleFilter
from articles.pages.listing import look_at, page_of
from articles.pages.paging import keyset_page
from articles.pages.people import affiliations_by_year, coauthors, printed_forms
from articles.pages.pictures import bars_by_year
from articles.querysets import INITIALS, ArticleQuerySet
from articles.views.fresh import fresh, kept
from articles.views.trail import trail_from

BY_PINYIN = ["sort_key", "name", "id"]
TOPICS_SIZE = 200
AUTHORS_SIZE = 120
SECTIONS_SIZE = 120


@require_safe
@fresh
@kept
def topics(request: HttpRequest) -> HttpResponse:
    page = keyset_page(Topic.objects.standing(), BY_PINYIN, request.GET, TOPICS_SIZE)
    count_articles(page.rows)
    context = {"page": page, "groups": _by_initial(page.rows)}
    return render(request, "articles/topics.html", context)


@require_safe
@fresh
@kept
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Topic.objects.select_related("merged_into"), slug=slug)
    if shown.merged_into:
        return redirect(shown.merged_into)
    articles = Article.objects.published().about(shown)
    context = _listing(request, articles, along="-article_topics__article_id")
    return render(request, "articles/topic.html", {"topic": shown, **context})


@require_safe
@fresh
@kept
def authors(request: HttpRequest) -> HttpResponse:
    people = Author.objects.standing().with_counts()
    letter = request.GET.get("letter", "")
    if letter and letter in INITIALS:
        people = people.initial(letter)
    page = keyset_page(people, BY_PINYIN, request.GET, AUTHORS_SIZE)
    context = {
        "page": page,
        "groups": _by_initial(page.rows),
        "letters": Author.objects.initials(),
        "letter": letter,
    }
    return render(request, "articles/authors.html", context)


@require_safe
@fresh
@kept
def author(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Author.objects.select_related("merged_into"), slug=slug)
    if shown.merged_into:
        return redirect(shown.merged_into)
    articles = Article.objects.published().signed_by(shown)
    context = _listing(request, articles, along="-authorships__article_id")
    return render(
        request,
        "articles/author.html",
        {
            "author": shown,
            "forms": printed_forms(shown),
            "affiliations": affiliations_by_year(shown),
            "coauthors": coauthors(shown),
            **context,
        },
    )


@require_safe
@fresh
@kept
def sections(request: HttpRequest) -> HttpResponse:
    page = keyset_page(
        Section.objects.select_related("publication"),
        ["publication_id", *BY_PINYIN],
        request.GET,
        SECTIONS_SIZE,
    )
    count_articles(page.rows)
    groups = [
        (publication, list(rows))
        for publication, rows in groupby(page.rows, key=lambda row: row.publication)
    ]
    return render(request, "articles/sections.html", {"page": page, "groups": groups})


@require_safe
@fresh
@kept
def section(request: HttpRequest, publication: str, slug: str) -> HttpResponse:
    shown = get_object_or_404(
        Section.objects.select_related("publication"),
        publication__slug=publication,
        slug=slug,
    )
    articles = Article.objects.published().under(shown)
    context = _listing(request, articles, along="-id")
    return render(request, "articles/section.html", {"section": shown, **context})


def _listing(
    request: HttpRequest, articles: ArticleQuerySet, along: str
) -> dict[str, Any]:
    """The list, its filter and its figures; the figures are of the whole list."""
    whole = look_at(articles, along)
    chosen = ArticleFilter(request.GET, articles, whole)
    narrowed = chosen.qs if chosen.narrows else articles
    window = look_at(narrowed, along) if chosen.narrows else whole
    page = page_of(narrowed, window, request.GET)
    return {
        "filter": chosen,
        "trail": trail_from(request),
        "whole": whole,
        "window": window,
        "bars": bars_by_year(whole.by_year),
        "page": page,
        "kept": Shelf.of(request).kept_among(page),
    }


def _by_initial(rows: list[Any]) -> list[tuple[str, list[Any]]]:
    """Rows in pinyin order under the letters a reader looks for."""
    return [(letter, list(group)) for letter, group in groupby(rows, key=_initial)]


def _initial(row: Any) -> str:
    letter = row.sort_key[:1].lower()
    return letter if letter in INITIALS and letter else "#"

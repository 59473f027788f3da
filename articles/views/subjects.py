"""Topics, authors and sections: the lists by pinyin, and a page for each."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from articles.models import Article, Author, Section, Topic
from articles.pages.addresses import address
from articles.pages.counts import count_articles
from articles.pages.paging import keyset_page
from articles.pages.people import affiliations_by_year, coauthors, printed_forms
from articles.pages.stencil import escape
from articles.pages.tongue import lang_attribute
from articles.querysets import INITIALS
from articles.views.filled import page_html
from articles.views.fresh import fresh, kept
from articles.views.listing_part import Values, listing_values

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
    return _page(
        request,
        "articles/topic.html",
        {
            "name": shown.name,
            "description": shown.description,
            "terms": "、".join(term["term"] for term in shown.terms),
            "feed": address("feed-topic", shown.slug),
            "json": address("topic-json", shown.slug),
            **listing_values(request, articles, along="-article_topics__article_id"),
        },
    )


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
    others = [
        f'<a href="{address("author", other.slug)}">{escape(str(other))}</a>'
        for other in coauthors(shown)
    ]
    return _page(
        request,
        "articles/author.html",
        {
            "name": shown.name,
            "full_name": str(shown),
            "slug": shown.slug,
            "kind": shown.get_kind_display(),
            "forms": "、".join(printed_forms(shown)),
            "affiliations": _affiliations(shown),
            "coauthors": mark_safe("、".join(others)),
            "feed": address("feed-author", shown.slug),
            "json": address("author-json", shown.slug),
            **listing_values(request, articles, along="-authorships__article_id"),
        },
    )


def _affiliations(author: Author) -> SafeString:
    zh, items = lang_attribute(), []
    for name, years in affiliations_by_year(author):
        when = "、".join(map(str, years))
        known = f' <span class="quiet">{when}</span>' if when else ""
        items.append(f"<li><span{zh}>{escape(name)}</span>{known}</li>")
    return mark_safe("".join(items))


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
    return _page(
        request,
        "articles/section.html",
        {
            "name": shown.name,
            "publication": shown.publication.title,
            "publication_url": address("publication", shown.publication.slug),
            **listing_values(request, articles, along="-id"),
        },
    )


def _page(request: HttpRequest, template: str, values: Values) -> HttpResponse:
    return HttpResponse(page_html(request, template, values))


def _by_initial(rows: list[Any]) -> list[tuple[str, list[Any]]]:
    """Rows in pinyin order under the letters a reader looks for."""
    return [(letter, list(group)) for letter, group in groupby(rows, key=_initial)]


def _initial(row: Any) -> str:
    letter = row.sort_key[:1].lower()
    return letter if letter in INITIALS and letter else "#"

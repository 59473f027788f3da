"""Searching: the page of results."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.search.finder import find
from articles.search.query import parse_query


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    page = find(parse_query(request.GET.get("q", "")))
    found = Article.objects.published().with_listing().in_bulk(page.articles)
    articles = [found[pk] for pk in page.articles if pk in found]
    return render(request, "articles/search.html", {"page": page, "articles": articles})

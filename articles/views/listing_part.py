"""The values that templates/articles/_listing.html is filled in with: a list of articles
with its filter and its figures, on the pages of topics, authors and sections."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.bookmarks import Shelf
from articles.models import Article
from articles.pages.filters import ArticleFilter, Choices, offered
from articles.pages.listing import figures_of, look_at, page_ids
from articles.pages.pictures import bars_by_year, bars_html
from articles.pages.row_html import pager_html, rows_html
from articles.pages.rows import lines_by_id
from articles.pages.stencil import Value
from articles.querysets import ArticleQuerySet
from articles.views.trail import trail_from

Values = dict[str, Value]
NARROWING = ("year", "publication")


def listing_values(
    request: HttpRequest, articles: ArticleQuerySet, along: str
) -> Values:
    """The figures are of the whole list, whatever the reader has narrowed it to."""
    tag = getattr(request, "page_tag", "")
    name = f"{tag} {request.path}"
    whole = figures_of(articles, along, name) if tag else look_at(articles, along)
    window = whole
    choices = offered(whole)
    form = _form_offering(choices, get_language() or "")
    if any(request.GET.get(name) for name in NARROWING):
        chosen = ArticleFilter(request.GET, articles, choices)
        form = _form(chosen)
        if chosen.narrows:
            articles = chosen.qs
            window = look_at(articles, along)
    page = page_ids(articles, window, request.GET)
    lines = lines_by_id(page.rows)
    kept = Shelf.of(request).kept_among(line for line, _ in lines)
    return {
        "one": window.total_label == "1",
        "total": window.total_label,
        "capped": window.capped,
        "filter": form,
        "bars": bars_html(bars_by_year(whole.by_year)),
        "rows": rows_html(lines, kept, trail_from(request)),
        "pager": pager_html(page, request.GET),
    }


@lru_cache(maxsize=128)
def _form_offering(choices: Choices, language: str) -> SafeString:
    """The form in which nothing is chosen.  Making a form of two fields takes Django
    longer than all the rest of the page; most lists offer the same years."""
    return _form(ArticleFilter({}, Article.objects.none(), choices))


def _form(chosen: ArticleFilter) -> SafeString:
    return mark_safe(render_to_string("includes/filter.html", {"filter": chosen}))

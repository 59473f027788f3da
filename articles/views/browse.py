"""From the front page to an issue: publications, years, contents, covers."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.models import (
    Article,
    FormerAddress,
    Issue,
    Publication,
    PublicationKind,
)
from articles.pages.counts import count_articles, most_used_topics
from articles.pages.covers import make_cover
from articles.pages.filters import PublicationFilter
from articles.pages.found import issue_at
from articles.pages.paging import Page, keyset_page
from articles.pages.pictures import spans
from articles.pages.runs import YEARS_SHOWN, Run, magazine_run, newspaper_run
from articles.views.filled import page_html
from articles.views.fresh import fresh, kept
from articles.views.issue_page import issue_values

NEWEST_ISSUES = 6
FRONT_TOPICS = 18
FRONT_PUBLICATIONS = 6
EXAMPLES = 3
LEADING_TITLES = 7
PLACES_SHOWN = 3
UNDATED_SIZE = 60
SECTIONS_SHOWN = 60


@require_safe
@fresh
@kept
def home(request: HttpRequest) -> HttpResponse:
    issues = Issue.objects.newest(NEWEST_ISSUES)
    leading = Article.objects.published().filter(issue__in=issues[:1])
    topics = most_used_topics(FRONT_TOPICS)
    publications = list(Publication.objects.with_span()[: FRONT_PUBLICATIONS + 1])
    return render(
        request,
        "home.html",
        {
            "issues": issues,
            "places": Shelf.of(request).unfinished(PLACES_SHOWN),
            "leading": leading.in_printed_order().with_listing()[:LEADING_TITLES],
            "topics": topics,
            "examples": topics[:EXAMPLES],
            "publications": _with_spans(publications[:FRONT_PUBLICATIONS]),
            "more_publications": len(publications) > FRONT_PUBLICATIONS,
        },
    )


@require_safe
@fresh
@kept
def publications(request: HttpRequest) -> HttpResponse:
    chosen = PublicationFilter(request.GET, queryset=Publication.objects.with_span())
    page = keyset_page(
        chosen.qs if chosen.form.is_valid() else chosen.queryset,
        ["sort_key", "title", "id"],
        request.GET,
    )
    context = {"page": page, "rows": _with_spans(page.rows), "filter": chosen}
    return render(request, "articles/publications.html", context)


def _with_spans(rows: list[Publication]) -> list[tuple[Publication, object]]:
    years = ((row.first_year, row.last_year) for row in rows)
    return list(zip(rows, spans(years), strict=True))


@require_safe
@fresh
@kept
def publication(request: HttpRequest, publication: str) -> HttpResponse:
    shown = get_object_or_404(Publication, slug=publication)
    years = Issue.objects.years(shown)
    newspaper = shown.kind == PublicationKind.NEWSPAPER
    chosen = _chosen_years(
        years, request.GET.get("year", ""), 1 if newspaper else YEARS_SHOWN
    )
    issues = shown.issues.filter(sort_date__year__in=chosen).order_by("sort_date", "id")
    run = (
        newspaper_run(issues, chosen[0])
        if newspaper and chosen
        else magazine_run(issues)
    )
    sections = list(shown.sections.all()[:SECTIONS_SHOWN])
    count_articles(sections)
    undated = keyset_page(
        shown.issues.filter(sort_date__isnull=True), ["-id"], request.GET, UNDATED_SIZE
    )
    return render(
        request,
        "articles/publication.html",
        {
            "publication": shown,
            "years": years,
            "chosen": chosen,
            "newspaper": newspaper,
            "run": _linked(run, shown),
            "newest": _newest_of(run) if not newspaper else [],
            "undated": _of(undated, shown),
            "sections": sections,
        },
    )


def _chosen_years(years: list[int], wanted: str, size: int) -> list[int]:
    """The stretch of ``years`` that has the wanted one; the newest if it has none."""
    at = years.index(int(wanted)) if wanted.isdecimal() and int(wanted) in years else 0
    start = at - at % size
    return years[start : start + size]


def _linked(run: Run, publication: Publication) -> Run:
    """Gives every issue its publication, which its address needs, without a query."""
    cells = [cell for year in run.years for cell in year.cells]
    cells += [
        cell for month in run.months for week in month.weeks for cell in week if cell
    ]
    for issue in [*run.rest, *(cell.issue for cell in cells if cell.issue)]:
        issue.publication = publication
    return run


def _newest_of(run: Run) -> list[Issue]:
    """The last issues of the grid, newest first: their covers stand under it."""
    issues = [c.issue for year in run.years for c in reversed(year.cells) if c.issue]
    return issues[:NEWEST_ISSUES]


def _of(page: Page[Issue], publication: Publication) -> Page[Issue]:
    for issue in page:
        issue.publication = publication
    return page


@require_safe
@fresh
@kept
def issue(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return found
    page = page_html(request, "articles/issue.html", issue_values(request, found))
    return HttpResponse(page)


def find_issue(
    publication: str, year: str, number: str
) -> Issue | HttpResponsePermanentRedirect:
    """The issue at an address, or the way to where it is now.  Raises Http404."""
    key = f"{year}/{number}"
    if found := issue_at(publication, key):
        return found
    former = FormerAddress.objects.filter(publication_slug=publication, key=key).first()
    if former is None:
        raise Http404
    moved = Issue.objects.select_related("publication").get(pk=former.issue_id)
    return redirect(moved, permanent=True)


@require_safe
@cache_control(public=True, max_age=300)
def cover(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return redirect(f"{found.url}cover.svg", permanent=True)
    titles = Article.objects.published().filter(issue=found).in_printed_order()
    picture = make_cover(found, list(titles.values_list("title", flat=True)[:2]))
    return HttpResponse(
        render_to_string("articles/cover.svg", {"cover": picture}),
        content_type="image/svg+xml; charset=utf-8",
    )

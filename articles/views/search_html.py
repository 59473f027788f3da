"""The parts of a page of results that repeat: hits, facets, offers.

Their looks and words stand in templates (``templates/articles/_search_*.html``); here
they are filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from html import escape
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.models import Author, IssueKind
from articles.pages.skeletons import filled, skeleton
from articles.search.asked import Asked
from articles.search.facet_lists import SHOWN, FacetGroup, FacetValue
from articles.search.snippets import Hit, Line, Wording
from articles.search.spelling import Offer

_SLOT = "slot"


def hits_html(
    request: HttpRequest, asked: Asked, hits: Iterable[Hit], kept: Collection[int]
) -> SafeString:
    """``kept``: the articles on the reader's shelf."""
    text = asked.typed.text
    query = f"?{urlencode({'q': text})}" if text else ""
    parts = [_hit(request, query, hit, hit.article.pk in kept) for hit in hits]
    return mark_safe("".join(parts))


def facets_html(
    request: HttpRequest, asked: Asked, groups: Iterable[FacetGroup]
) -> SafeString:
    """Each value with the address that chooses it, each choice with that which drops it."""
    return mark_safe("".join(_facet(request, asked, group) for group in groups))


def offers_html(
    request: HttpRequest, asked: Asked, offers: Iterable[Offer], template: str
) -> SafeString:
    """Other searches, in the same order and range."""
    parts = [
        filled(
            request,
            template,
            address=asked.address(q=o.text),
            text=o.text,
            count=o.label,
        )
        for o in offers
    ]
    return mark_safe("".join(parts))


def _hit(request: HttpRequest, query: str, hit: Hit, is_kept: bool) -> SafeString:
    article, issue = hit.article, hit.article.issue
    address = _hit_address(hit, query)
    return filled(
        request,
        "articles/_search_hit.html",
        address=f"{address}#{hit.block}" if hit.block else address,
        title=hit.title,
        subtitle=hit.subtitle,
        lines=mark_safe("".join(_line(request, address, line) for line in hit.lines)),
        authors=mark_safe("、".join(map(_author, hit.authors))),
        issue_address=_address("issue", issue.publication.slug, *issue.key.split("/")),
        publication=issue.publication.title,
        issue=issue.label(),
        section=article.section.name if article.section else "",
        page=article.page or "",
        is_paper="paper" if issue.kind == IssueKind.NEWSPAPER_PAGE else "",
        is_kept="kept" if is_kept else "",
        article__public_id=article.public_id,
        article__title=article.title,
    )


def _line(request: HttpRequest, address: str, line: Line) -> SafeString:
    return filled(
        request,
        "articles/_search_line.html",
        address=address,
        block=line.block,
        text=line.html,
        is_printed="printed" if line.wording is Wording.PRINTED else "",
        is_corrected="corrected" if line.wording is Wording.CORRECTED else "",
    )


def _author(author: Author) -> str:
    return f'<a href="{_address("author", author.slug)}">{escape(author.name)}</a>'


def _hit_address(hit: Hit, query: str) -> str:
    """A wording that only the print has is to be seen beside the text."""
    address = _address("article", hit.article.public_id) + query
    if hit.lines and all(line.wording is Wording.PRINTED for line in hit.lines):
        return f"{address}&lines=1"
    return address


def _facet(request: HttpRequest, asked: Asked, group: FacetGroup) -> SafeString:
    without = asked.address(**{group.name: None})
    choose = f"{without}&{group.name}=" if without else f"{group.name}="
    return filled(
        request,
        "articles/_search_facet.html",
        label=group.label,
        chosen=group.chosen or "",
        drop=without,
        first=_values(request, choose, group.values[:SHOWN]),
        more=_values(request, choose, group.values[SHOWN:]),
    )


def _values(
    request: HttpRequest, choose: str, values: Iterable[FacetValue]
) -> SafeString:
    form = skeleton(
        request, "articles/_search_value.html", ("address", "text", "count")
    )
    begin = escape(choose)
    parts = [
        form
        % {
            "address": begin + escape(value.value),  # slugs, a year or a kind
            "text": escape(value.label),
            "count": value.count,
        }
        for value in values
    ]
    return mark_safe("".join(parts))


def _address(view: str, *parts: str) -> str:
    """As ``reverse`` has it; the parts are slugs, which stand in addresses as they are."""
    return _form_of(view, len(parts)) % parts


@cache
def _form_of(view: str, count: int) -> str:
    slots = [f"{_SLOT}{n}" for n in range(count)]
    address = quote(reverse(f"articles:{view}", args=slots)).replace("%", "%%")
    for slot in slots:
        address = address.replace(slot, "%s", 1)
    return address

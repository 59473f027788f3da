"""The parts of a page of results that repeat: hits, facets, offers.

Their looks and words stand in templates (``templates/articles/_search_*.html``); here
they are filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from articles.models import Author, IssueKind
from articles.pages.addresses import address
from articles.pages.stencil import escape, fill
from articles.pages.tongue import lang_attribute
from articles.search.asked import Asked
from articles.search.facet_lists import SHOWN, FacetGroup
from articles.search.snippets import Hit, Line, Wording
from articles.search.spelling import Offer


def hits_html(asked: Asked, hits: Iterable[Hit], kept: Collection[int]) -> SafeString:
    """``kept``: the articles on the reader's shelf."""
    query = _query(asked)
    return _joined(_hit(query, hit, hit.article.pk in kept) for hit in hits)


def _query(asked: Asked) -> str:
    """The words to mark in an article, and the page of results it leads back to."""
    if not asked.typed.text:
        return ""
    results = f"{address('search')}?{asked.params.urlencode()}"
    return f"?{urlencode({'q': asked.typed.text, 'in': results}, safe='/')}"


def facets_html(asked: Asked, groups: Iterable[FacetGroup]) -> SafeString:
    """Each value with the address that chooses it, each choice with that which drops it."""
    return _joined(_facet(asked, group) for group in groups)


def offers_html(asked: Asked, offers: Iterable[Offer]) -> SafeString:
    """Other searches, in the same order and range."""
    parts = [
        {"address": asked.address(q=o.text), "text": o.text, "count": o.label}
        for o in offers
    ]
    return _joined(fill("articles/_search_offer.html", part) for part in parts)


def alone_html(asked: Asked, offers: Iterable[Offer]) -> SafeString:
    """What each word finds alone."""
    return _values((escape(asked.address(q=o.text)), o.text, o.label) for o in offers)


def _hit(query: str, hit: Hit, is_kept: bool) -> SafeString:
    article, issue = hit.article, hit.article.issue
    at = _hit_address(hit, query)
    values = {
        "address": f"{at}#{hit.block}" if hit.block else at,
        "title": hit.title,
        "subtitle": hit.subtitle,
        "lines": _joined(_line(at, line) for line in hit.lines),
        "authors": mark_safe("、".join(map(_author, hit.authors))),
        "issue_address": address(
            "issue", issue.publication.slug, *issue.key.split("/")
        ),
        "publication": issue.publication.title,
        "issue": issue.label(),
        "section": article.section.name if article.section else "",
        "page": str(article.page or ""),
        "is_paper": issue.kind == IssueKind.NEWSPAPER_PAGE,
        "is_kept": is_kept,
        "public_id": article.public_id,
        "plain_title": article.title,
    }
    return fill("articles/_search_hit.html", values)


def _line(at: str, line: Line) -> SafeString:
    values = {
        "address": at,
        "block": line.block,
        "text": line.html,
        "is_printed": line.wording is Wording.PRINTED,
        "is_corrected": line.wording is Wording.CORRECTED,
    }
    return fill("articles/_search_line.html", values)


def _author(author: Author) -> str:
    return f'<a href="{address("author", author.slug)}">{escape(author.name)}</a>'


def _hit_address(hit: Hit, query: str) -> str:
    """A wording that only the print has is to be seen beside the text."""
    at = address("article", hit.article.public_id) + query
    if hit.lines and all(line.wording is Wording.PRINTED for line in hit.lines):
        return f"{at}&lines=1"
    return at


def _facet(asked: Asked, group: FacetGroup) -> SafeString:
    without = asked.address(**{group.name: None})
    choose = escape(f"{without}&{group.name}=" if without else f"{group.name}=")
    rows = [(f"{choose}{escape(v.value)}", v.label, str(v.count)) for v in group.values]
    values = {
        "label": group.label,
        "chosen": group.chosen or "",
        "drop": without,
        "first": _values(rows[:SHOWN]),
        "more": _values(rows[SHOWN:]),
    }
    return fill("articles/_search_facet.html", values)


def _values(rows: Iterable[tuple[str, str, str]]) -> SafeString:
    """Address (escaped), name and number of each; no template, there are a hundred."""
    zh = lang_attribute()
    return _joined(
        f'<li><a href="?{at}"{zh}>{escape(name)}</a>'
        f'<i></i><span class="n">{number}</span></li>'
        for at, name, number in rows
    )


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))

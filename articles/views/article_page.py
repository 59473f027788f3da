"""The values that templates/articles/article.html is filled in with.

In: an article and what the request wants of it.  Out: texts and flags by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.bookmarks import Shelf
from articles.bookmarks.marks import marks_in
from articles.exports.citations import Citation, as_gbt7714
from articles.exports.page_meta import head_elements
from articles.models import Article, ArticleTopic, Authorship, Issue, ProofStatus
from articles.pages.addresses import address, addresses
from articles.pages.contents import Group
from articles.pages.reading import (
    Entry,
    OtherReading,
    PlaceInIssue,
    minutes_to_read,
    other_readings,
    place_in_issue,
)
from articles.pages.setting import (
    doubts_html,
    head_lines_html,
    headings_html,
    text_beside_lines_html,
    text_html,
)
from articles.pages.stencil import Fixed, Value, escape, fill
from articles.pages.tongue import lang_attribute
from articles.pages.typeset import Sheet

Values = dict[str, Value]


@dataclass(frozen=True)
class Wanted:
    """``searched``: the words to mark; ``trail``: values of the list come from."""

    with_lines: bool
    searched: str
    marker: Any
    trail: Values


def values_of(
    request: HttpRequest,
    article: Article,
    sheet: Sheet,
    signed: list[Authorship],
    topics: list[ArticleTopic],
    citation: Citation,
    wanted: Wanted,
) -> Values:
    here = request.get_full_path()
    return {
        "here": here,
        "here_quoted": quote(here, safe=""),
        "with_lines": wanted.with_lines,
        **_record(article, citation),
        **_people(signed, topics),
        **_length(article),
        **_text(sheet, wanted),
        **_around(article, place_in_issue(article)),
        **_personal(request, article),
        "otherwise": _joined(_otherwise(one) for one in other_readings(article)),
        "hit_bar": _hit_bar(wanted, article, here),
        "lines_query": _lines_query(article, sheet),
        **wanted.trail,
    }


def _record(article: Article, citation: Citation) -> Values:
    issue, section = article.issue, article.section
    publication = issue.publication
    values: Values = {
        "title": article.title,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "kind": article.kind,
        "language": citation.language,
        "public_id": article.public_id,
        "url": citation.path,
        "stem": citation.stem,
        "publication": publication.title,
        "publication_url": citation.publication_path,
        "issue_label": issue.label(),
        "issue_url": citation.issue_path,
        "issue_kind": Fixed(issue.kind),
        "page": str(article.page or ""),
        "status": article.get_status_display(),
        "unchecked": article.status == ProofStatus.MACHINE,
        "file": article.dump.name,
        "head_elements": head_elements(citation),
        "citation_url": citation.url,
        "printed_reference": as_gbt7714(citation),
        "reference": as_gbt7714(citation, read_on=timezone.localdate()),
        "state": citation.state,
    }
    if section:
        values["section"] = section.name
        slugs = section.publication.slug, section.slug
        values["section_url"] = address("section", *slugs)
    return values


def _people(signed: list[Authorship], topics: list[ArticleTopic]) -> Values:
    byline = _joined(
        f'<a rel="author" href="{address("author", one.author.slug)}">'
        f"{escape(one.author.name)}</a>"
        for one in signed
    )
    return {"byline": byline, "topics": _joined(_topic(one) for one in topics)}


def _topic(assigned: ArticleTopic) -> SafeString:
    evidence = "、".join(f"{term} {n}" for term, n in assigned.evidence.items())
    return fill(
        "articles/_topic.html",
        {
            "url": address("topic", assigned.topic.slug),
            "name": assigned.topic.name,
            "evidence": evidence,
            "by_editor": assigned.origin == "editor",
            "accepted": assigned.decision == "accepted",
        },
    )


def _length(article: Article) -> Values:
    least, most = minutes_to_read(article.characters)
    return {
        "characters": str(article.characters),
        "one_character": article.characters == 1,
        "minutes": str(least),
        "most_minutes": str(most) if most > least else "",
    }


def _text(sheet: Sheet, wanted: Wanted) -> Values:
    beside = wanted.with_lines
    headings = sheet.headings
    return {
        "text": text_beside_lines_html(sheet) if beside else text_html(sheet),
        "head_lines": head_lines_html(sheet) if beside else "",
        "headings": headings_html(headings) if len(headings) > 1 else "",
        "doubts": doubts_html(sheet),
    }


def _around(article: Article, place: PlaceInIssue) -> Values:
    return {
        "contents": _contents(article, place.groups),
        **_neighbour("previous", place.previous, place.previous_issue),
        **_neighbour("next", place.next, place.next_issue),
    }


def _neighbour(name: str, article: Entry | None, issue: Issue | None) -> Values:
    if article:
        where = address("article", article.public_id)
        return {name: article.title, f"{name}_url": where}
    if issue:
        label = issue.label()
        return {f"{name}_issue": label, f"{name}_issue_url": issue.get_absolute_url()}
    return {}


def _contents(article: Article, groups: list[Group[Entry]]) -> SafeString:
    address_of, zh, parts = addresses("article"), lang_attribute(), []
    sheet = escape(gettext("第 %(page)s 版"))
    for group in groups:
        if group.page:
            parts.append(f'<p class="section">{sheet % {"page": group.page}}</p>')
        if group.section:
            parts.append(f'<p class="section"{zh}>{escape(group.section.name)}</p>')
        parts.append(f"\n<ol{zh}>")
        for other in group.articles:
            here = ' aria-current="page"' if other.pk == article.pk else ""
            where = address_of(other.public_id)
            parts.append(
                f'<li><a href="{where}"{here}>{escape(other.title)}</a></li>\n'
            )
        parts.append("</ol>")
    return _joined(parts)


def _personal(request: HttpRequest, article: Article) -> Values:
    shelf = Shelf.of(request)
    marks = marks_in(shelf, article)
    return {
        "is_kept": bool(shelf.kept_among([article])),
        "remembering": bool(shelf.owner),
        "resume": marks["place"],
        "marks": json_script(marks, "marks"),
    }


def _otherwise(reading: OtherReading) -> SafeString:
    return fill(
        "articles/_otherwise.html",
        {
            "of_title": reading.what == "title",
            "body": reading.body,
            "others": "；".join(reading.others),
        },
    )


def _hit_bar(wanted: Wanted, article: Article, here: str) -> SafeString:
    if not wanted.marker:
        return mark_safe("")
    context = {"searched": wanted.searched, "article": article, "marker": True}
    return mark_safe(render_to_string("articles/_search_hits.html", context))


def _lines_query(article: Article, sheet: Sheet) -> SafeString:
    """Of the page of the whole dump: where in it the article begins."""
    start = f"&amp;from={sheet.first_line}" if sheet.first_line else ""
    return mark_safe(f"dump={article.dump_id}{start}")


def _joined(parts: Any) -> SafeString:
    return mark_safe("".join(parts))

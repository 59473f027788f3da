"""The values that templates/articles/article.html is filled in with.

In: an article, or the values that stand whoever asks, and a request.  Out: texts and
flags by name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.bookmarks import Shelf
from articles.bookmarks.marks import marks_in
from articles.exports.citations import Citation, as_gbt7714
from articles.exports.page_meta import head_elements, link_header
from articles.models import Article, ArticleTopic, Authorship, ProofStatus
from articles.pages.addresses import address, addresses
from articles.pages.beside import issue_after, issue_before
from articles.pages.contents import Group
from articles.pages.reading import (
    Entry,
    OtherReading,
    PlaceInIssue,
    minutes_to_read,
    other_readings,
    place_in_issue,
)
from articles.pages.renderings import TODAY
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


def standing_values(
    article: Article,
    sheet: Sheet,
    signed: list[Authorship],
    topics: list[ArticleTopic],
    citation: Citation,
) -> Values:
    """What the page says to everybody who reads the text in one language.

    ``citation``: with ``BASE`` of articles.pages.renderings for scheme and host.
    """
    return {
        **_record(article, citation),
        **_people(signed, topics),
        **_length(article),
        **_text(sheet),
        **_around(article, place_in_issue(article)),
        "otherwise": _joined(_otherwise(one) for one in other_readings(article)),
        "lines_query": _lines_query(article, sheet),
    }


def lines_values(sheet: Sheet) -> Values:
    """In place of the text: the text beside its printed lines."""
    return {
        "with_lines": True,
        "text": text_beside_lines_html(sheet),
        "head_lines": head_lines_html(sheet),
        "doubts": doubts_html(sheet),
    }


def passing_values(values: Values) -> Values:
    """What stands before the first article of an issue, and after the last one; what
    only some readers ask for."""
    return {
        "with_lines": False,
        "head_lines": "",
        "hit_bar": "",
        **_issues_beside(values),
    }


@lru_cache(maxsize=1)
def nobodys_values() -> Values:
    """Of a reader who keeps nothing."""
    return _left_in_it(Shelf({}), None, is_kept=False)


def personal_values(request: HttpRequest, article: Article) -> Values:
    shelf = Shelf.of(request)
    kept = bool(shelf.kept_among([article]))
    return _left_in_it(shelf, article, is_kept=kept)


def hits_values(searched: str, marker: Any, article: Article) -> Values:
    """Above the text in which the words of a search are marked."""
    context = {"searched": searched, "article": article, "marker": True}
    bar = render_to_string("articles/_search_hits.html", context)
    return {"hit_bar": mark_safe(bar), "marker": marker}


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
        "issue_id": str(issue.pk),
        "head_elements": head_elements(citation),
        "link": mark_safe(link_header(citation)),
        "citation_url": citation.url,
        "printed_reference": as_gbt7714(citation),
        "reference": as_gbt7714(citation, read_on=TODAY),
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


def _text(sheet: Sheet) -> Values:
    headings = sheet.headings
    return {
        "text": text_html(sheet),
        "headings": headings_html(headings) if len(headings) > 1 else "",
        "doubts": doubts_html(sheet),
    }


def _around(article: Article, place: PlaceInIssue) -> Values:
    return {
        "contents": _contents(article, place.groups),
        **_neighbour("previous", place.previous),
        **_neighbour("next", place.next),
    }


def _neighbour(name: str, article: Entry | None) -> Values:
    if article is None:
        return {}
    return {name: article.title, f"{name}_url": address("article", article.public_id)}


def _issues_beside(values: Values) -> Values:
    """One question at either end of an issue, none within it."""
    found: Values = {}
    for name, way in (("previous", issue_before), ("next", issue_after)):
        if values.get(f"{name}_url"):
            continue
        if issue := way(int(str(values["issue_id"]))):
            found[f"{name}_issue"] = issue.label
            found[f"{name}_issue_url"] = issue.address
    return found


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


def _left_in_it(shelf: Shelf, article: Article | None, *, is_kept: bool) -> Values:
    marks = marks_in(shelf, article)
    return {
        "is_kept": is_kept,
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


def _lines_query(article: Article, sheet: Sheet) -> SafeString:
    """Of the page of the whole dump: where in it the article begins."""
    start = f"&amp;from={sheet.first_line}" if sheet.first_line else ""
    return mark_safe(f"dump={article.dump_id}{start}")


def _joined(parts: Any) -> SafeString:
    return mark_safe("".join(parts))

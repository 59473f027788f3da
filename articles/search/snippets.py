"""What a result shows of an article: its title and lines of context, hits marked.

In: a query and the ids of one page of results.  Out: for each a ``Hit``, in three
queries.  A line comes from the paragraph that has most of what was looked for; it is
cut around the first hit and links to the paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Author, Block, Role
from articles.search.document import former_titles
from articles.search.listed import ShownBlock, authors_of, blocks_of, listed_articles
from articles.search.marks import Marker, Span, mark_hits, mark_spans, spans_within
from articles.search.query import SearchQuery

LINES = 2  # of context for one article
BEFORE, LENGTH = 24, 80  # characters of a line before its first hit, and in all
_STOPS = "。！？；!?;\n"
HEAD_ROLES = {Role.TITLE, Role.KICKER}


class Wording(StrEnum):
    """Which wording of a paragraph was found, where printed and reading text differ."""

    BOTH = "both"
    PRINTED = "printed"  # only as it was printed
    READING = "reading"  # only in the reading text
    CORRECTED = "corrected"  # the same, and an editor changed it


@dataclass(frozen=True)
class Line:
    """``block`` is the anchor of its paragraph, empty for the title's own wording."""

    block: str
    html: SafeString
    plain: str
    wording: Wording = Wording.BOTH


@dataclass(frozen=True)
class Hit:
    article: Article
    authors: list[Author]
    title: SafeString
    subtitle: SafeString
    lines: list[Line]

    @property
    def block(self) -> str:
        return self.lines[0].block if self.lines else ""


_Found = tuple[ShownBlock, Wording]


def hits(query: SearchQuery, article_ids: Sequence[int]) -> list[Hit]:
    """In the order of ``article_ids``; what is gone meanwhile is left out."""
    found, authors = listed_articles(article_ids), authors_of(article_ids)
    blocks = blocks_of(article_ids)
    marker, in_title = Marker(query), Marker(query, in_title=True)
    hits = [
        Hit(
            found[pk],
            authors[pk],
            mark_hits(found[pk].title, in_title),
            mark_hits(found[pk].subtitle, in_title),
            _lines(blocks[pk], marker),
        )
        for pk in article_ids
        if pk in found
    ]
    return _corrected(_by_former_titles(hits, in_title))


def _by_former_titles(hits: list[Hit], in_title: Marker) -> list[Hit]:
    """Of hits that show no word of the query, the printed form of the title that has one."""
    bare = [hit.article.pk for hit in hits if in_title and not _shows_a_mark(hit)]
    if not bare:
        return hits
    rows = Article.objects.filter(pk__in=bare).values_list(
        "pk", "base", "title_variants"
    )
    forms = {pk: [*former_titles(base), *variants] for pk, base, variants in rows}
    return [_with_form(hit, forms.get(hit.article.pk, []), in_title) for hit in hits]


def _shows_a_mark(hit: Hit) -> bool:
    shown = (hit.title, hit.subtitle, *(line.html for line in hit.lines))
    return any("<mark" in html for html in shown)


def _with_form(hit: Hit, forms: Sequence[str], in_title: Marker) -> Hit:
    form = next((form for form in forms if in_title.wanted(form)), None)
    if form is None:
        return hit
    line = Line("", mark_hits(form, in_title), form, Wording.PRINTED)
    return replace(hit, lines=[line, *hit.lines[: LINES - 1]])


def _corrected(hits: list[Hit]) -> list[Hit]:
    """Tells the wording an editor gave from the one the parser made of the print."""
    doubtful = {
        (hit.article.pk, line.block)
        for hit in hits
        for line in hit.lines
        if line.wording is Wording.READING
    }
    if not doubtful:
        return hits
    edited = doubtful & _edited({pk for pk, _ in doubtful})
    return [
        replace(
            hit,
            lines=[
                _told(line, (hit.article.pk, line.block) in edited)
                for line in hit.lines
            ],
        )
        for hit in hits
    ]


def _edited(article_ids: set[int]) -> set[tuple[int, str]]:
    """The paragraphs whose text an editor has changed: article and anchor."""
    rows = Block.objects.filter(article__in=article_ids).exclude(base={})
    return {
        (article, anchor)
        for article, anchor, base in rows.values_list("article_id", "anchor", "base")
        if "text" in base
    }


def _told(line: Line, is_edited: bool) -> Line:
    return replace(line, wording=Wording.CORRECTED) if is_edited else line


def _lines(blocks: Sequence[ShownBlock], marker: Marker) -> list[Line]:
    """The best paragraphs in reading order, or the beginning where only the title matches."""
    best = _plain(blocks, marker) or _best(blocks, marker)
    if best:
        return [_line(block, wording, marker) for block, wording in best]
    text = next((block for block in blocks if block.role not in HEAD_ROLES), None)
    return [Line(text.anchor, *_cut(text.text, []))] if text else []


def _plain(blocks: Sequence[ShownBlock], marker: Marker) -> list[_Found]:
    """The usual case: all that was looked for, written as it was typed."""
    found = (
        (block, Wording.BOTH)
        for block in blocks
        if marker.plainly_in(block.text)
        and block.role not in HEAD_ROLES
        and (block.printed is None or marker.plainly_in(block.printed))
    )
    return list(islice(found, LINES))


def _best(blocks: Sequence[ShownBlock], marker: Marker) -> list[_Found]:
    """Those that have most of it; of the title's own lines only what nothing else has."""
    weighed = [
        (place, block, *_wording(block, marker)) for place, block in enumerate(blocks)
    ]
    found = [entry for entry in weighed if entry[2]]
    found.sort(key=lambda entry: (entry[1].role in HEAD_ROLES, -len(entry[2])))
    in_order = sorted(found[:LINES], key=lambda entry: entry[0])
    return [(block, wording) for _, block, _, wording in in_order]


def _wording(block: ShownBlock, marker: Marker) -> tuple[set[str], Wording]:
    """What of the query stands in the block, and in which wording."""
    if not marker:
        return set(), Wording.BOTH
    text = marker.wanted(block.text)
    if block.printed is None:
        return text, Wording.BOTH
    printed = marker.wanted(_unbroken(block.printed))
    if printed - text:
        return printed, Wording.PRINTED
    return text, Wording.READING if text - printed else Wording.BOTH


def _line(block: ShownBlock, wording: Wording, marker: Marker) -> Line:
    text = block.text
    if wording is Wording.PRINTED and block.printed:
        text = _unbroken(block.printed)
    return Line(block.anchor, *_cut(text, marker.spans(text)), wording)


def _cut(text: str, hits: Sequence[Span]) -> tuple[SafeString, str]:
    """The stretch around the first hit, marked and plain; a hit may reach beyond it."""
    start = _start(text, hits[0][0]) if hits else 0
    line = text[start : start + LENGTH].replace("\n", " ")
    before, behind = "…" if start else "", "…" if start + LENGTH < len(text) else ""
    html = mark_spans(line, spans_within(hits, start, len(line)))
    return mark_safe(f"{before}{html}{behind}"), f"{before}{line}{behind}"


def _start(text: str, first: int) -> int:
    """After the last full stop within reach, else BEFORE characters before the hit."""
    reach = max(0, first - BEFORE)
    stops = [text.rfind(stop, reach, first) for stop in _STOPS]
    return max(stops) + 1 if max(stops) >= 0 else reach


def _unbroken(printed: str) -> str:
    """The printed lines as one, for the eye and as the search reads them."""
    return printed.replace("\n", "")

"""Where the words of a search stand in a text, and the text with them marked.

In: the text as it is shown, and a query.  Out: spans of that text, or HTML with each
hit in ``<mark class="hit">``.  What is shown is never folded: a search for 发展 marks
發　展 as it is printed.  ``n`` and ``p`` step through the marks (static/js/hits.js).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from articles.search.folding import fold, fold_with_offsets
from articles.search.query import Phrase, QueryTooLong, SearchQuery, Term, parse_query
from articles.search.tokens import Field

Span = tuple[int, int]

_TAG = re.compile(r"(<[^>]*>)")
# Between these two texts a reader sees a gap that no hit reaches across.
_GAP_AFTER = re.compile(r"</(?:p|h\d|li|td|th|div|tr)\b")
_GAP = "|"


class Marker:
    """Finds the hits of one query.  ``in_title``: words that need only stand there."""

    def __init__(self, query: SearchQuery | str, *, in_title: bool = False) -> None:
        if isinstance(query, str):
            query = parse_query(query)
        fields = {Field.TEXT, Field.TITLE} if in_title else {Field.TEXT}
        leaves = [leaf for leaf in query.wanted() if leaf.field in fields]
        self.runs = list(
            dict.fromkeys(leaf.run for leaf in leaves if isinstance(leaf, Term))
        )
        self.phrases = list(
            dict.fromkeys(p.raw for p in leaves if isinstance(p, Phrase))
        )
        self._words = [*self.runs, *self.phrases]

    def __bool__(self) -> bool:
        return bool(self.runs or self.phrases)

    def plainly_in(self, text: str) -> bool:
        """Does all of it stand in ``text`` letter by letter?  Quick, and never wrongly yes."""
        for word in self._words:  # a loop: this is asked of every paragraph
            if word not in text:
                return False
        return bool(self._words)

    def wanted(self, text: str) -> set[str]:
        """Which of the words and phrases stand in ``text``."""
        folded = fold(text)
        return {run for run in self.runs if run in folded} | {
            p for p in self.phrases if p in text
        }

    def spans(self, text: str) -> list[Span]:
        """The stretches of ``text`` to mark, in order, none overlapping another."""
        found = [span for phrase in self.phrases for span in _occurrences(phrase, text)]
        if self.runs:
            found += self._spans_of_runs(text)
        return _merged(sorted(found))

    def _spans_of_runs(self, text: str) -> Iterator[Span]:
        folded = fold(text)
        runs = [run for run in self.runs if run in folded]
        if all(text.count(run) == folded.count(run) for run in runs):
            # Written as they fold, all of them: no need to ask where each letter stood.
            for run in runs:
                yield from _occurrences(run, text)
            return
        _, offsets = fold_with_offsets(text)
        for run in runs:
            for start, end in _occurrences(run, folded):
                yield offsets[start], offsets[end - 1] + 1


def mark_hits(text: str, query: SearchQuery | str | Marker) -> SafeString:
    """``text`` escaped, with every hit marked."""
    marker = query if isinstance(query, Marker) else Marker(query)
    return mark_spans(text, marker.spans(text)) if text else SafeString()


def mark_spans(text: str, spans: Iterable[Span]) -> SafeString:
    parts, at = [], 0
    for start, end in spans:
        parts += [html.escape(text[at:start]), _mark(html.escape(text[start:end]))]
        at = end
    return mark_safe("".join([*parts, html.escape(text[at:])]))


def mark_html(page: str, marker: Marker) -> SafeString:
    """A rendered piece of a page with the hits in its text marked, across tags too.

    ``page`` comes from a template, so its text is escaped and its tags are ours.
    """
    pieces = _TAG.split(page)
    texts = [_visible(piece) for piece in pieces]
    starts = [0, *accumulate(map(len, texts))]
    spans = marker.spans("".join(texts))
    return mark_safe(
        "".join(
            piece
            if piece.startswith("<")
            else mark_spans(text, spans_within(spans, start, len(text)))
            for piece, text, start in zip(pieces, texts, starts, strict=False)
        )
    )


def _visible(piece: str) -> str:
    if piece.startswith("<"):
        return _GAP if _GAP_AFTER.match(piece) else ""
    return html.unescape(piece)


def spans_within(spans: Sequence[Span], start: int, length: int) -> Iterator[Span]:
    """The parts of ``spans`` between ``start`` and its end, counted from ``start``."""
    for first, last in spans:
        low, high = max(first - start, 0), min(last - start, length)
        if low < high:
            yield low, high


def _mark(escaped: str) -> str:
    return f'<mark class="hit">{escaped}</mark>'


def _occurrences(wanted: str, text: str) -> Iterator[Span]:
    at = text.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def marker_for(typed: str) -> Marker | None:
    """What an address's ``?q=`` asks to mark; None for nothing, or for nonsense."""
    try:
        marker = Marker(parse_query(typed), in_title=True) if typed.strip() else None
    except QueryTooLong:
        return None
    return marker or None

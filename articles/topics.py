"""Which topics an article is about, by the terms that stand in it.

In: a title, a text, the vocabulary.  Out: ranked suggestions, each with its evidence
(how often which term stands there).  A rule only suggests: editors decide.  The
vocabulary is data: rows of ``Topic`` (``importing.vocabulary`` fills them first).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Topic

IN_TITLE = 4  # a term in the headline counts as much as four in the text
MOST = 8  # further repetitions of one term say nothing new
LEAST_SCORE = 2.5
AT_MOST = 4  # topics an article


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic of the vocabulary: its row's id and its weighted terms."""

    topic: int
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    topic: int
    score: float
    evidence: dict[str, int]


def suggest_topics(
    title: str, text: str, vocabulary: Iterable[Entry]
) -> list[Suggestion]:
    """The best supported topics first.  Long texts need more evidence than short ones."""
    scale = 2 + len(text) / 1000
    letters = {*title, *text}
    found = [_weigh(entry, title, text, letters, scale) for entry in vocabulary]
    fit = [s for s in found if s.score >= LEAST_SCORE and _is_evident(s, title)]
    return sorted(fit, key=lambda s: (-s.score, s.topic))[:AT_MOST]


def vocabulary() -> list[Entry]:
    """All topics with their terms, as the tables have them now."""
    return [
        Entry(pk, tuple((t["term"], float(t.get("weight", 1))) for t in terms))
        for pk, terms in Topic.objects.standing()
        .order_by("pk")
        .values_list("pk", "terms")
    ]


def _weigh(
    entry: Entry, title: str, text: str, letters: set[str], scale: float
) -> Suggestion:
    """``letters``: of title and text; most terms have another and need not be sought."""
    evidence: dict[str, int] = {}
    points = 0.0
    for term, weight in entry.terms:
        if not letters.issuperset(term):
            continue
        in_text, in_title = text.count(term), title.count(term)
        if in_text or in_title:
            evidence[term] = in_text + in_title
            points += weight * (min(in_text, MOST) + IN_TITLE * in_title)
    return Suggestion(entry.topic, round(points / scale, 3), evidence)


def _is_evident(suggestion: Suggestion, title: str) -> bool:
    """One mention is chance; two, or one in the headline, are a subject."""
    evidence = suggestion.evidence
    return sum(evidence.values()) > 1 or any(term in title for term in evidence)

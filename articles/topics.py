"""Which topics an article is about, by the terms that stand in it.

In: a title, a text, the vocabulary.  Out: ranked suggestions, each with its evidence
(how often which term stands there).  A rule only suggests: editors decide.  The
vocabulary is data: rows of ``Topic`` (``importing.vocabulary`` fills them first).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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


class Vocabulary:
    """All topics' terms, by their first two letters: a text has few of these pairs, so
    few terms need to be sought in it.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._terms = [(e.topic, *term) for e in entries for term in e.terms if term[0]]
        self._by_pair: dict[int, list[int]] = defaultdict(list)
        self._single: list[int] = []
        for number, (_, term, _) in enumerate(self._terms):
            pair = next(iter(_pairs(term[:2])), None)
            (self._single if pair is None else self._by_pair[pair]).append(number)

    def possible(self, text: str) -> Iterator[tuple[int, str, float]]:
        """Topic, term and weight of what may stand in the text, in a fixed order."""
        pairs = self._by_pair.keys() & _pairs(text)
        found = [number for pair in pairs for number in self._by_pair[pair]]
        return (self._terms[number] for number in sorted([*self._single, *found]))


def suggest_topics(title: str, text: str, vocabulary: Vocabulary) -> list[Suggestion]:
    """The best supported topics first.  Long texts need more evidence than short ones."""
    scale = 2 + len(text) / 1000
    points: dict[int, float] = defaultdict(float)
    evidence: dict[int, dict[str, int]] = defaultdict(dict)
    for topic, term, weight in vocabulary.possible(f"{title}\n{text}"):
        in_text, in_title = text.count(term), title.count(term)
        if in_text or in_title:
            evidence[topic][term] = in_text + in_title
            points[topic] += weight * (min(in_text, MOST) + IN_TITLE * in_title)
    scored = [Suggestion(t, round(points[t] / scale, 3), evidence[t]) for t in points]
    fit = [s for s in scored if s.score >= LEAST_SCORE and _is_evident(s, title)]
    return sorted(fit, key=lambda s: (-s.score, s.topic))[:AT_MOST]


def vocabulary() -> Vocabulary:
    """All topics with their terms, as the tables have them now."""
    return Vocabulary(
        Entry(pk, tuple((t["term"], float(t.get("weight", 1))) for t in terms))
        for pk, terms in Topic.objects.standing()
        .order_by("pk")
        .values_list("pk", "terms")
    )


def _pairs(text: str) -> set[int]:
    """Every two neighbours in UTF-16 as one number: the quickest way to all of them."""
    units = text.encode("utf-16-le", "surrogatepass")
    odd, even = units[: len(units) // 4 * 4], units[2 : 2 + (len(units) - 2) // 4 * 4]
    return {*memoryview(odd).cast("I"), *memoryview(even).cast("I")}


def _is_evident(suggestion: Suggestion, title: str) -> bool:
    """One mention is chance; two, or one in the headline, are a subject."""
    evidence = suggestion.evidence
    return sum(evidence.values()) > 1 or any(term in title for term in evidence)

"""Order by relevance: the same Python for both engines.

In: what matched.  Out: the same rows, best first.  A match in title, kicker or subtitle
outranks one in a heading, and that one in the text; then counts how often, for the
length of the text, the words stand there; equals stay newest first.

At most 1,000 candidates are compared.  Beyond that many matches they are the newest
with a match in title or heading, filled up with the newest of all; the page says so.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.models import Article, Block, Role
from articles.querysets import COUNT_CAP
from articles.search.base import Row, SearchIndex
from articles.search.folding import fold
from articles.search.query import And, Node, Or, Phrase, SearchQuery, Term
from articles.search.tokens import Field
from articles.search.window import Window, newest

HEADS_FIRST = COUNT_CAP // 2  # places kept for matches in titles and headings


@dataclass
class Weighed:
    """What of an article is weighed: folded text."""

    title: str = ""
    headings: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


def rank(index: SearchIndex, query: SearchQuery, window: Window) -> list[Row]:
    """Candidates of ``query``, best first."""
    rows = candidates(index, query, window)
    runs = wanted_runs(query)
    if not runs:
        return rows
    texts = load_texts([row.article for row in rows])
    scores = {row.article: score(texts[row.article], runs) for row in rows}
    return sorted(rows, key=lambda row: (scores[row.article], row.key), reverse=True)


def candidates(index: SearchIndex, query: SearchQuery, window: Window) -> list[Row]:
    if window.is_exact or not (heads := _in_heads(query)):
        return window.rows
    chosen = newest(index, And((query.tree, heads))).rows[:HEADS_FIRST]  # type: ignore[arg-type]
    there = {row.article for row in chosen}
    return [*chosen, *(row for row in window.rows if row.article not in there)][
        :COUNT_CAP
    ]


def wanted_runs(query: SearchQuery) -> list[str]:
    """The runs that count: of words and phrases in the text or the title."""
    fields = (Field.TEXT, Field.TITLE)
    leaves = [leaf for leaf in query.wanted() if leaf.field in fields]
    runs = [run for leaf in leaves for run in _runs(leaf)]
    return list(dict.fromkeys(runs))


def score(text: Weighed, runs: Sequence[str]) -> tuple[int, int, float]:
    """Greater is better; only what the article holds counts, not what others do.

    How many of the words stand in the title; how many in headings; then how much of the
    text they are.
    """
    length = 1 + math.log1p(sum(map(len, text.body)) / 1000)
    return (
        sum(run in text.title for run in runs),
        sum(any(run in heading for heading in text.headings) for run in runs),
        sum(_density(text, run) for run in runs) / length,
    )


def _density(text: Weighed, run: str) -> float:
    """From 0 up to 1: the tenth mention says little more than the third."""
    count = sum(part.count(run) for part in text.body)
    return count / (count + 2)


def load_texts(article_ids: Sequence[int]) -> dict[int, Weighed]:
    texts: defaultdict[int, Weighed] = defaultdict(Weighed)
    heads = Article.objects.filter(pk__in=article_ids)
    for pk, *forms in heads.values_list("pk", "title", "kicker", "subtitle"):
        texts[pk].title = fold("\n\n".join(forms))
    blocks = Block.objects.filter(article__in=article_ids).order_by(
        "article", "position", "id"
    )
    for pk, role, text in blocks.values_list("article_id", "role", "text"):
        folded = fold(text)
        texts[pk].body.append(folded)
        if role == Role.HEADING:
            texts[pk].headings.append(folded)
    return texts


def _in_heads(query: SearchQuery) -> Node | None:
    """Any of the words in a title or a heading."""
    parts: list[Node] = [
        Term(run, field)
        for run in wanted_runs(query)
        for field in (Field.TITLE, Field.HEADING)
    ]
    return Or(tuple(parts)) if parts else None


def _runs(leaf: Term | Phrase) -> Iterable[str]:
    return leaf.runs if isinstance(leaf, Phrase) else [leaf.run]

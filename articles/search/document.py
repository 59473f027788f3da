"""What is searched of an article, read from the tables and folded.

In: article ids.  Out: a ``SearchDocument`` for each that readers may see, in a fixed
number of queries.  A hit's text is the title, kicker, subtitle and the blocks in
reading order; of a block both the reading text and, where it differs, the printed
text.  The other printed forms of title and authors are searched in their fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from articles.models import Article, ArticleTopic, Authorship, Block
from articles.querysets import STANDING
from articles.search.facets import facet_tokens
from articles.search.folding import runs, unfolded
from articles.search.passage import Passage, Text, passage_of
from articles.search.tokens import Field, common_bits, either, shifted

NOTHING = passage_of([])


@dataclass(frozen=True)
class SearchDocument:
    """``head_runs`` are those of title, kicker and subtitle, which the passage follows;
    ``field_runs`` already stand in their planes."""

    article: int
    public_id: str
    day: date | None
    issue_address: str
    position: int
    facets: str
    title: str
    other_authors: list[str]
    head_runs: list[str]
    passage: Passage
    field_runs: list[str]
    unfolded: frozenset[str]

    @property
    def common(self) -> bytes:
        """Which of the commonest characters stand in the text."""
        return either(common_bits(set("".join(self.head_runs))), self.passage.common)


class _Row(NamedTuple):
    id: int
    public_id: str
    position: int
    kind: str
    title: str
    kicker: str
    subtitle: str
    title_variants: list[str]
    author_variants: list[str]
    base: dict[str, Any]
    section: int | None
    issue: int
    day: date | None
    year: int | None
    key: str
    publication: int
    publication_slug: str


_COLUMNS = [
    "id",
    "public_id",
    "position",
    "kind",
    "title",
    "kicker",
    "subtitle",
    "title_variants",
    "author_variants",
    "base",
    "section_id",
    "issue_id",
    "issue__sort_date",
    "issue__year",
    "issue__key",
    "issue__publication_id",
    "issue__publication__slug",
]


Passages = Mapping[int, Passage]  # of articles, by their ids


def load_documents(
    article_ids: Sequence[int], known: Passages | None = None
) -> Iterator[SearchDocument]:
    """Withdrawn articles and ids that do not exist are left out.

    The blocks of articles in ``known`` are not read again.
    """
    articles = Article.objects.published().filter(pk__in=article_ids)
    passages = _passages([pk for pk in article_ids if pk not in (known or ())])
    passages.update(known or {})
    authors = _grouped(
        Authorship.objects.filter(article__in=article_ids)
        .order_by("article_id", "position", "id")
        .values_list(
            "article_id",
            "author_id",
            "printed_name",
            "author__name",
            "author__variants",
        )
    )
    topics = _grouped(
        ArticleTopic.objects.filter(article__in=article_ids, decision__in=STANDING)
        .order_by("article_id", "topic_id")
        .values_list("article_id", "topic_id")
    )
    for values in articles.order_by("id").values_list(*_COLUMNS):
        row = _Row(*values)
        of_topics = [topic for (topic,) in topics[row.id]]
        passage = passages.get(row.id, NOTHING)
        yield _document(row, passage, authors[row.id], of_topics)


def _passages(article_ids: Sequence[int]) -> dict[int, Passage]:
    if not article_ids:
        return {}
    rows = _grouped(
        Block.objects.filter(article__in=article_ids)
        .order_by("article_id", "position", "id")
        .values_list("article_id", "role", "text", "printed")
    )
    return {pk: passage_of(list(map(Text._make, rows[pk]))) for pk in rows}


def _document(
    row: _Row, passage: Passage, authors: list[tuple[Any, ...]], topics: list[int]
) -> SearchDocument:
    heads = [head for head in (row.title, row.kicker, row.subtitle) if head]
    titles = [*heads, *row.title_variants, *former_titles(row.base)]
    names = [*row.author_variants, *_names(authors)]
    fields = {
        Field.TITLE: _runs(titles),
        Field.HEADING: passage.headings,
        Field.AUTHOR: _runs(names),
    }
    return SearchDocument(
        article=row.id,
        public_id=row.public_id,
        day=row.day,
        issue_address=f"{row.publication_slug}/{row.key}",
        position=row.position,
        facets=facet_tokens(
            publication=row.publication,
            issue=row.issue,
            year=row.year,
            section=row.section,
            kind=row.kind,
            topics=topics,
            authors=[author for author, *_ in authors],
        ),
        title=row.title,
        other_authors=row.author_variants,
        head_runs=[run for head in heads for run in runs(head)],
        passage=passage,
        field_runs=[shifted(run, f) for f, found in fields.items() for run in found],
        unfolded=passage.unfolded | unfolded("".join(titles)),
    )


def _runs(values: Iterable[str]) -> Iterable[str]:
    """Each once."""
    return dict.fromkeys(run for value in values for run in runs(value))


def former_titles(base: Mapping[str, Any]) -> Iterator[str]:
    """What an import gave as title, kicker and subtitle, where an editor changed it."""
    names = ("title", "kicker", "subtitle")
    return (base[name] for name in names if isinstance(base.get(name), str))


def _names(authors: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for _, printed, name, variants in authors:
        yield from (form for form in (name, printed, *variants) if form)


def _grouped(
    rows: Iterable[tuple[Any, ...]],
) -> defaultdict[int, list[tuple[Any, ...]]]:
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        groups[key].append(tuple(rest))
    return groups

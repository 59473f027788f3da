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
from functools import cached_property
from typing import Any, NamedTuple

from articles.models import Article, ArticleTopic, Authorship, Block, Role
from articles.querysets import STANDING
from articles.search.facets import facet_tokens
from articles.search.folding import fold, runs, unfolded
from articles.search.tokens import Field, shifted


@dataclass(frozen=True)
class SearchDocument:
    """``runs`` are those of the text; ``field_runs`` already stand in their planes."""

    article: int
    public_id: str
    day: date | None
    issue_address: str
    position: int
    facets: str
    title: str
    other_authors: list[str]
    runs: list[str]
    field_runs: list[str]
    unfolded: set[str]

    @cached_property
    def letters(self) -> set[str]:
        return set("".join(self.runs))


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


class Text(NamedTuple):
    """What is searched of a block."""

    role: str
    text: str
    printed: str


Texts = Mapping[int, Sequence[Text]]  # the blocks of articles, in reading order


def load_documents(
    article_ids: Sequence[int], known: Texts | None = None
) -> Iterator[SearchDocument]:
    """Withdrawn articles and ids that do not exist are left out.

    The blocks of articles in ``known`` are not read again.
    """
    articles = Article.objects.published().filter(pk__in=article_ids)
    texts = _texts([pk for pk in article_ids if pk not in (known or ())])
    texts.update(known or {})
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
        yield _document(row, texts.get(row.id, ()), authors[row.id], of_topics)


def _texts(article_ids: Sequence[int]) -> dict[int, Sequence[Text]]:
    if not article_ids:
        return {}
    rows = _grouped(
        Block.objects.filter(article__in=article_ids)
        .order_by("article_id", "position", "id")
        .values_list("article_id", "role", "text", "printed")
    )
    return {pk: [Text(*values) for values in blocks] for pk, blocks in rows.items()}


def _document(
    row: _Row, blocks: Sequence[Text], authors: list[tuple[Any, ...]], topics: list[int]
) -> SearchDocument:
    heads = [head for head in (row.title, row.kicker, row.subtitle) if head]
    headings = [block.text for block in blocks if block.role == Role.HEADING]
    fields = {
        Field.TITLE: [
            *heads,
            *row.title_variants,
            *former_titles(row.base),
        ],
        Field.HEADING: headings,
        Field.AUTHOR: [*row.author_variants, *_names(authors)],
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
        runs=[run for head in heads for run in runs(head)] + list(_block_runs(blocks)),
        field_runs=[shifted(run, field) for field, run in _field_runs(fields)],
        unfolded=_unfolded(fields[Field.TITLE], blocks),
    )


def _block_runs(blocks: Iterable[Text]) -> Iterator[str]:
    """The reading text's runs, then those of the printed text that stand in none."""
    for block in blocks:
        text = fold(block.text)
        yield from filter(None, text.split("\n"))
        if block.printed != block.text:
            yield from (run for run in runs(block.printed) if run not in text)


def _field_runs(fields: Mapping[Field, Iterable[str]]) -> Iterator[tuple[Field, str]]:
    for field, values in fields.items():
        for run in dict.fromkeys(run for value in values for run in runs(value)):
            yield field, run


def former_titles(base: Mapping[str, Any]) -> Iterator[str]:
    """What an import gave as title, kicker and subtitle, where an editor changed it."""
    names = ("title", "kicker", "subtitle")
    return (base[name] for name in names if isinstance(base.get(name), str))


def _names(authors: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for _, printed, name, variants in authors:
        yield from (form for form in (name, printed, *variants) if form)


def _unfolded(heads: Iterable[str], blocks: Iterable[Text]) -> set[str]:
    """Letters that are written otherwise than they fold, for searches as printed."""
    texts = (text for block in blocks for text in (block.text, block.printed))
    return unfolded("".join([*heads, *texts]))


def _grouped(
    rows: Iterable[tuple[Any, ...]],
) -> defaultdict[int, list[tuple[Any, ...]]]:
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        groups[key].append(tuple(rest))
    return groups

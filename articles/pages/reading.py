"""What an article's page shows: the article, its text, what stands around it.

Five short questions to the database, whatever the size of anything; their answers are
kept set (``articles.pages.renderings``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    Issue,
    Publication,
    Section,
    SourceDump,
    Topic,
)
from articles.pages.contents import Group, group_contents
from articles.pages.prepared import Columns, Prepared, from_date, from_json
from articles.querysets import STANDING

NEAR = 200  # positions before and after the article that its page lists
# Silent reading of Chinese prose, slow and quick: 3,000 characters take 7–10 minutes.
CHARACTERS_A_MINUTE = (300, 430)

_ARTICLE = Columns(
    Article, "id", "public_id", "issue_id", "dump_id", "position", "kind", "title",
    "title_variants", "kicker", "subtitle", "author_variants", "section_id", "page",
    "status", "characters", "withdrawn", "merged_into_id",
)  # fmt: skip
_KNOWN = Columns(Article, "id", "public_id")
_ISSUE = Columns(
    Issue, "id", "publication_id", "kind", "key", "year", "volume", "number",
    "total_number", "date", "sort_date",
)  # fmt: skip
_PUBLICATION = Columns(Publication, "id", "title", "slug", "kind", "languages", "issn")
_SECTION = Columns(Section, "id", "publication_id", "name", "slug")
_SECTIONS_PUBLICATION = Columns(Publication, "id", "slug")
_DUMP = Columns(SourceDump, "id", "name")
_AUTHOR = Columns(Author, "id", "name", "kind", "disambiguation", "slug")
_TOPIC = Columns(Topic, "id", "name", "slug")
_ASSIGNED = Columns(ArticleTopic, "id", "origin", "decision", "evidence")

_PARTS = (
    (_ARTICLE, ""),
    (_ISSUE, "issue__"),
    (_PUBLICATION, "issue__publication__"),
    (_SECTION, "section__"),
    (_SECTIONS_PUBLICATION, "section__publication__"),
    (_DUMP, "dump__"),
)
_found = Prepared(
    lambda public_id: Article.objects.filter(public_id=public_id).values_list(
        *(name for columns, path in _PARTS for name in columns.under(path))
    )
)
_blocks = Prepared(
    lambda pk: (
        Block.objects.filter(article=pk)
        .order_by("position", "id")
        .values_list("anchor", "role", "text", "confidence", "printed", "lines", "base")
    )
)
_signed = Prepared(
    lambda pk: (
        Authorship.objects.filter(article=pk)
        .order_by("position", "id")
        .values_list(*_AUTHOR.under("author__"))
    )
)
_assigned = Prepared(
    lambda pk: (
        ArticleTopic.objects.filter(article=pk, decision__in=STANDING)
        .order_by(*(ArticleTopic._meta.ordering or ["id"]))
        .values_list(*_ASSIGNED.names, *_TOPIC.under("topic__"))
    )
)
_around = Prepared(
    lambda issue, first, last: (
        Article.objects.published()
        .filter(issue=issue, position__range=(first, last))
        .in_printed_order()
        .values_list(
            "id", "public_id", "title", "kind", "page", "section_id", "section__name"
        )
    ),
    parameters=3,
)


def find_article(public_id: str) -> Article | None:
    """With its issue, publication, section and the name of its dump."""
    rows = _found.rows(public_id)
    if not rows:
        return None
    values, made = list(rows[0]), []
    for columns, _ in _PARTS:
        size = len(columns.names)
        made.append(columns.row(values[:size]))
        del values[:size]
    article, issue, publication, section, its_publication, dump = made
    issue.publication = publication
    issue.sort_date = from_date(issue.sort_date)
    section.publication = its_publication
    article.issue, article.dump = issue, dump
    article.section = section if section.pk else None
    article.title_variants = from_json(article.title_variants)
    article.author_variants = from_json(article.author_variants)
    return article  # type: ignore[no-any-return]


class BlockText(NamedTuple):
    """Of a block what typesetting needs."""

    anchor: str
    role: str
    text: str
    confidence: float
    printed: str
    lines: list[int]
    base: dict[str, Any]


def known_by(pk: int, public_id: str) -> Article:
    """The article as far as others point to it."""
    return _KNOWN.row((pk, public_id))  # type: ignore[no-any-return]


def blocks_of(article: int) -> list[BlockText]:
    rows = _blocks.rows(article)
    return [
        BlockText(*row, lines=from_json(lines), base=from_json(base))
        for *row, lines, base in rows
    ]


def signatures_of(article: Article) -> list[Authorship]:
    """As printed, one after the other."""
    return [Authorship(author=_AUTHOR.row(row)) for row in _signed.rows(article.pk)]


def topics_of(article: Article) -> list[ArticleTopic]:
    """All but the declined ones."""
    size, found = len(_ASSIGNED.names), []
    for row in _assigned.rows(article.pk):
        assigned = _ASSIGNED.row(row[:size])
        assigned.topic = _TOPIC.row(row[size:])
        assigned.evidence = from_json(assigned.evidence)
        found.append(assigned)
    return found


class Heading(NamedTuple):
    """A section's name, as it heads a part of the contents."""

    name: str


class Entry(NamedTuple):
    """An article of the issue, as its contents name it."""

    pk: int
    public_id: str
    title: str
    kind: str
    page: int | None
    section_id: int | None
    section: Heading | None


@dataclass(frozen=True)
class PlaceInIssue:
    """The contents around an article, and what stands next to it there."""

    groups: list[Group[Entry]]
    previous: Entry | None
    next: Entry | None


def place_in_issue(article: Article) -> PlaceInIssue:
    near = _near(article)
    at = next(n for n, other in enumerate(near) if other.pk == article.pk)
    return PlaceInIssue(
        group_contents(article.issue, near),
        near[at - 1] if at else None,
        near[at + 1] if at + 1 < len(near) else None,
    )


def _near(article: Article) -> list[Entry]:
    start = max(0, article.position - NEAR)
    rows = _around.rows(article.issue_id, start, article.position + NEAR)
    sections: dict[int | None, Heading | None] = {None: None}
    for *_, section_id, name in rows:
        sections.setdefault(section_id, Heading(name))
    return [Entry(*row[:-1], section=sections[row[-2]]) for row in rows]


@dataclass(frozen=True)
class OtherReading:
    """Other printed forms of the title or the authors.

    ``body`` is set where the contents list and the body disagree: the body's form;
    ``others`` are the contents list's then.
    """

    what: str  # "title" or "author"
    others: list[str]
    body: str = ""


def other_readings(article: Article) -> list[OtherReading]:
    titles = [form for form in article.title_variants if form != article.title]
    if not titles and not article.author_variants:
        return []
    body = dict(
        article.problems.filter(code__in=["title-mismatch", "author-mismatch"])
        .order_by("-id")
        .values_list("code", "chosen")
    )
    found = [
        OtherReading("title", titles, body.get("title-mismatch", "")),
        OtherReading(
            "author", article.author_variants, body.get("author-mismatch", "")
        ),
    ]
    return [reading for reading in found if reading.others]


def minutes_to_read(characters: int) -> tuple[int, int]:
    """The least and the most, which are the same for a short text."""
    slow, quick = CHARACTERS_A_MINUTE
    return max(1, round(characters / quick)), max(1, round(characters / slow))

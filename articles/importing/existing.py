"""The rows a dump already has, with their lines in the numbering of the new dump.

In: a ``Place`` and the parsed dump.  Out: an ``Existing``.  Reads the database only,
in a fixed number of queries, and locks what it reads (on PostgreSQL) so that no
editor's save can slip in before the plan is applied.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

from articles.dump import ParsedIssue
from articles.importing.ledger import stored_lines
from articles.importing.places import Place
from articles.importing.versions import line_map
from articles.models import (
    Article,
    Block,
    Decision,
    Origin,
    Problem,
    ProofStatus,
    SourceDump,
)

# Fields of a block that, once an editor changed them, keep its lines together.
CLAIMING_FIELDS = frozenset({"article", "role", "position", "text", "lines"})
Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class Existing:
    """``lines``: a block's lines in the new dump, by block id.

    ``own``: blocks of the dump that is being replaced; ``others``: blocks of other
    dumps that stand in its articles (an editor put them there).
    """

    articles: dict[str, Article] = field(default_factory=dict)
    own: list[Block] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)
    lines: dict[int, tuple[int, ...]] = field(default_factory=dict)
    renumbered: dict[int, dict[int, int]] = field(default_factory=dict)  # by dump id
    problems: list[Problem] = field(default_factory=list)

    def imported_lines(self) -> dict[str, set[int]]:
        """Article → the lines that the last import gave it, wherever they are now."""
        given: dict[str, set[int]] = defaultdict(set)
        for block in self.own:
            article = (
                block.base["article"] if "article" in block.base else home_of(block)
            )
            if article in self.articles:
                given[article].update(self.lines[block.pk])
        return given

    def present_lines(self) -> dict[str, set[int]]:
        """Article → the lines that stand in it now."""
        held: dict[str, set[int]] = defaultdict(set)
        for block in self.own:
            article = home_of(block)
            if article in self.articles:
                held[article].update(self.lines[block.pk])
        return held

    def blocks_of(self, public_id: str) -> list[Block]:
        """All blocks of an article in their present order."""
        mine = [b for b in (*self.own, *self.others) if home_of(b) == public_id]
        return sorted(mine, key=lambda b: (b.position, b.pk))

    def merged_into(self, public_id: str | None) -> str | None:
        """Where an editor sent all of an article's text; None if nobody did."""
        keys = {article.pk: key for key, article in self.articles.items()}
        found = None
        article = self.articles.get(public_id or "")
        while article and (key := keys.get(article.merged_into_id or 0)):
            found, article = key, self.articles[key]
        return found


def load_existing(place: Place, parsed: ParsedIssue) -> Existing:
    """Nothing for a new dump; otherwise about seven queries, whatever the dump holds."""
    dumps = [dump for dump in (place.known, place.previous) if dump]
    if not dumps:
        return Existing()
    ids = {a.pk for a in _articles_of(dumps)}
    articles = (
        _locked(Article.objects.filter(pk__in=ids))
        .select_related("section")
        .prefetch_related("authorships__author", "article_topics")
        .order_by("position", "pk")
    )
    blocks = list(
        _locked(Block.objects.filter(Q(dump__in=dumps) | Q(article__in=ids)))
        .select_related("article")
        .order_by("position", "pk")
    )
    renumbered = {dump.pk: _renumbered(dump, parsed) for dump in dumps}
    own = [b for b in blocks if b.dump_id in renumbered]
    return Existing(
        articles={a.public_id: a for a in articles},
        own=own,
        others=[b for b in blocks if b.dump_id not in renumbered],
        lines={b.pk: _mapped(b, renumbered[b.dump_id]) for b in own},
        renumbered=renumbered,
        problems=list(
            Problem.objects.filter(dump__in=dumps)
            .select_related("article")
            .order_by("pk")
        ),
    )


def is_edited(article: Article, blocks: list[Block]) -> bool:
    """Whether a person has put work into an article."""
    return (
        bool(article.base)
        or article.status != ProofStatus.MACHINE
        or any(b.base.keys() & CLAIMING_FIELDS for b in blocks)
        or any(
            t.origin == Origin.EDITOR or t.decision != Decision.SUGGESTED
            for t in article.article_topics.all()
        )
    )


def home_of(block: Block) -> str | None:
    """The public id of the article a block stands in; None for furniture."""
    return block.article.public_id if block.article else None


def _articles_of(dumps: list[SourceDump]) -> list[Article]:
    """The articles that begin in these dumps, or have a block of theirs."""
    begin = Article.objects.filter(dump__in=dumps).only("pk")
    have = Article.objects.filter(blocks__dump__in=dumps).only("pk").distinct()
    return [*begin, *have]


def _mapped(block: Block, numbers: dict[int, int]) -> tuple[int, ...]:
    return tuple(numbers[n] for n in block.lines if n in numbers)


def _renumbered(dump: SourceDump, parsed: ParsedIssue) -> dict[int, int]:
    if dump.sha256 == parsed.sha256:
        return {number: number for number in parsed.printed}
    return line_map(stored_lines(dump), parsed.printed)


def _locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Held until the end of the transaction; SQLite has one writer at a time anyway."""
    locks = connection.vendor == "postgresql" and connection.in_atomic_block
    return rows.select_for_update(of=("self",)) if locks else rows

"""Writes who signed which article, and what forms of names were printed.

In: a plan and its articles.  Out: nothing.  A printed name that an article has already
keeps the person it stands for: an editor may have given that person another name, or
made one of two.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.bulk import Row, insert_values
from articles.importing.people import (
    Name,
    authors_named,
    note_variants,
    prune_authors,
    whose_variant,
)
from articles.importing.plan import ImportPlan
from articles.importing.plan_articles import ArticlePlan
from articles.importing.rows import Rows
from articles.models import Article, Author, Authorship

INSERTED = ("article_id", "author_id", "position", "printed_name", "affiliation")


def store_authors(plan: ImportPlan, rows: Rows) -> None:
    changed = [article for article in plan.articles if "authors" in article.changed]
    before = {a.public_id: _signed(a.row) for a in changed if a.row}
    named = [(n, kind) for a in changed for n, kind, _ in a.values["authors"]]
    known = authors_named(named)
    fresh: list[Row] = []
    fuller: dict[int, Author] = {}
    for article in changed:
        people = known | before.get(article.public_id, {})
        fresh += _authorships(article, rows.by_id[article.public_id], people)
        for author in _with_variants(article, people):
            fuller[author.pk] = author
    Authorship.objects.filter(article__in=[a.row.pk for a in changed if a.row]).delete()
    insert_values(Authorship, INSERTED, fresh)
    Author.objects.bulk_update(fuller.values(), ["variants"])
    rows.renamed += fuller.values()
    prune_authors(
        {author.pk for people in before.values() for author in people.values()}
    )


def _signed(row: Article) -> dict[Name, Author]:
    """Whom the names printed at an article stand for now."""
    return {
        (signed.printed_name or signed.author.name, signed.author.kind): signed.author
        for signed in row.authorships.all()
    }


def _authorships(
    article: ArticlePlan, row: Article, people: dict[Name, Author]
) -> Iterator[Row]:
    """In the order of ``INSERTED``."""
    seen: set[int] = set()
    for position, (name, kind, affiliation) in enumerate(article.values["authors"]):
        author = people[name, kind]
        if author.pk in seen:  # two printed names of one person
            continue
        seen.add(author.pk)
        yield row.pk, author.pk, position, name, affiliation


def _with_variants(
    article: ArticlePlan, people: dict[Name, Author]
) -> Iterator[Author]:
    """The article's authors that have a printed form more than before."""
    authors = [people[name, kind] for name, kind, _ in article.values["authors"]]
    for variant in article.author_variants:
        author = whose_variant(variant, authors)
        if author and note_variants(author, [variant]):
            yield author

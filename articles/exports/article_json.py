"""An article for machines, in the published JSON format.

In: an article; several are cheaper through ``for_export``.  Out: JSON-able values,
nothing escaped: whoever prints them escapes for where they stand.  No database ids:
the same dumps give the same export wherever they are imported.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from articles.models import Article, Authorship, Block, Issue
from articles.querysets import STANDING


def for_export(articles: QuerySet[Article]) -> QuerySet[Article]:
    """All that ``article_as_dict`` reads, in a fixed number of queries."""
    return (
        articles.select_related("issue__publication", "section", "dump")
        .defer("dump__content")
        .prefetch_related("authorships__author", "article_topics__topic", "blocks")
    )


def article_as_dict(article: Article) -> dict[str, Any]:
    """The keys are published: add to them, never rename one."""
    return {
        "id": article.public_id,
        "url": article.get_absolute_url(),
        "title": article.title,
        "title_variants": article.title_variants,
        "kicker": article.kicker or None,
        "subtitle": article.subtitle or None,
        "kind": article.kind,
        "authors": [_author(signed) for signed in _in_order(article.authorships)],
        "author_variants": article.author_variants,
        "affiliation": article.affiliation or None,
        "publication": article.issue.publication.title,
        "issue": _issue(article.issue),
        "section": article.section.name if article.section else None,
        "page": article.page,
        "topics": _topics(article),
        "source_credit": article.source_credit or None,
        "status": article.status,
        "blocks": [_block(block) for block in _in_order(article.blocks)],
        "source": {"name": article.dump.name, "sha256": article.dump.sha256},
    }


def _in_order(related: Any) -> list[Any]:
    """By position, without a query when the rows were fetched already."""
    return sorted(related.all(), key=lambda row: (row.position, row.pk))


def _author(signed: Authorship) -> dict[str, Any]:
    return {
        "name": signed.author.name,
        "kind": signed.author.kind,
        "affiliation": signed.affiliation or None,
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "url": issue.get_absolute_url(),
        "year": issue.year,
        "number": issue.number,
        "total_number": issue.total_number,
        "date": issue.date or None,
    }


def _topics(article: Article) -> list[str]:
    """The best supported first."""
    standing = [t for t in article.article_topics.all() if t.decision in STANDING]
    return [
        t.topic.name for t in sorted(standing, key=lambda t: (-t.score, t.topic.name))
    ]


def _block(block: Block) -> dict[str, Any]:
    return {
        "id": block.anchor,
        "role": block.role,
        "text": block.text,
        "printed": block.printed,
        "lines": block.lines,
        "confidence": block.confidence,
    }

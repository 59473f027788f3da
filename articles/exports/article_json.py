"""An article for machines, in the published JSON format.

In: an article with its issue and dump.  Out: JSON-able values, nothing escaped:
whoever prints them escapes for where they stand.
"""

from __future__ import annotations

from typing import Any

from articles.models import Article, Authorship, Block, Issue
from articles.querysets import STANDING


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
        "authors": [_author(signed) for signed in _signatures(article)],
        "author_variants": article.author_variants,
        "affiliation": article.affiliation or None,
        "publication": article.issue.publication.title,
        "issue": _issue(article.issue),
        "section": article.section.name if article.section else None,
        "page": article.page,
        "topics": _topics(article),
        "source_credit": article.source_credit or None,
        "status": article.status,
        "blocks": [_block(block) for block in article.blocks.order_by("position", "id")],
        "source": {"name": article.dump.name, "sha256": article.dump.sha256},
    }


def _signatures(article: Article) -> list[Authorship]:
    return list(article.authorships.select_related("author").order_by("position", "id"))


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
    standing = article.article_topics.filter(decision__in=STANDING)
    return list(standing.order_by("-score", "topic_id").values_list("topic__name", flat=True))


def _block(block: Block) -> dict[str, Any]:
    return {
        "id": block.anchor,
        "role": block.role,
        "text": block.text,
        "printed": block.printed,
        "lines": block.lines,
        "confidence": block.confidence,
    }

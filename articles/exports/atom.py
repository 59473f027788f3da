"""Atom feeds (RFC 4287): what is new, and the shelves of an OPDS catalogue.

A ``Feed`` is printed by ``exports/atom.xml``.  Nothing in it depends on when it is
asked for, so an unchanged feed is the same bytes and earns a 304.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import OuterRef, Subquery

from articles.exports.citations import cite
from articles.exports.plain import one_line
from articles.exports.render import render_xml
from articles.models import Article, Block, Role
from articles.querysets import STANDING, ArticleQuerySet

MEDIA_TYPE = "application/atom+xml"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SUMMARY = 200  # characters of an article's beginning
TEXT_ROLES = (Role.PARAGRAPH, Role.VERSE, Role.LIST_ITEM)


@dataclass(frozen=True)
class Link:
    rel: str
    href: str
    type: str


@dataclass(frozen=True)
class Entry:
    id: str
    title: str
    updated: datetime
    links: list[Link]
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    summary: str = ""
    issued: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Feed:
    """``author`` stands for entries that nobody signed: the format asks for one."""

    id: str
    title: str
    author: str
    links: list[Link]
    entries: list[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=LONG_AGO)

    def as_xml(self) -> bytes:
        return render_xml("exports/atom.xml", {"feed": self})


def article_entries(articles: ArticleQuerySet, base: str) -> list[Entry]:
    """In a fixed number of queries, whatever the number of articles."""
    rows = (
        articles.with_listing()
        .prefetch_related("article_topics__topic")
        .annotate(beginning=Subquery(_beginnings().values("text")[:1]))
    )
    return [_entry(article, base) for article in rows]


def _beginnings() -> Iterable[Block]:
    texts = Block.objects.filter(article=OuterRef("pk"), role__in=TEXT_ROLES)
    return texts.order_by("position", "id")


def _entry(article: Article, base: str) -> Entry:
    topics = [
        t.topic.name for t in article.article_topics.all() if t.decision in STANDING
    ]
    one = cite(article, base=base, topics=topics)
    place = f"《{article.issue.publication.title}》{article.issue.label()}"
    beginning = one_line(article.beginning or "")
    if len(beginning) > SUMMARY:
        beginning = beginning[:SUMMARY] + "…"
    return Entry(
        id=one.url,
        title=one.title,
        updated=article.modified,
        links=[Link("alternate", one.url, "text/html")],
        authors=[author.name for author in one.authors],
        categories=list(one.topics),
        summary=f"{place}　{beginning}" if beginning else place,
    )

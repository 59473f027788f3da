"""An article as a record: its header, and Dublin Core (``oai_dc``) unless withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from articles.exports.citations import Citation, as_gbt7714, cite
from articles.exports.oai.arguments import SECONDS, read_range
from articles.exports.oai.errors import IdDoesNotExist, NoRecordsMatch
from articles.exports.oai.sets import publication_spec, topic_spec, within
from articles.exports.oai.tokens import as_key, from_key
from articles.exports.plain import one_line
from articles.models import Article
from articles.querysets import STANDING, ArticleQuerySet

_IDENTIFIER = re.compile(r"oai:(?P<host>[^:\s]+):(?P<id>[0-9A-Za-z_-]+)", re.ASCII)


@dataclass(frozen=True)
class Record:
    """``elements`` are Dublin Core's names and values; empty for a withdrawn article."""

    identifier: str
    datestamp: str
    sets: list[str]
    deleted: bool
    elements: list[tuple[str, str]]


@dataclass(frozen=True)
class Source:
    """Who answers: scheme and host, and the host that identifiers carry."""

    base: str
    host: str

    def identifier(self, article: Article) -> str:
        return f"oai:{self.host}:{article.public_id}"


def find_record(identifier: str, source: Source) -> Record:
    """Raises IdDoesNotExist."""
    found = _IDENTIFIER.fullmatch(identifier)
    rows = _whole(Article.objects.filter(public_id=found["id"])) if found else []
    if found is None or found["host"] != source.host or not rows:
        raise IdDoesNotExist("there is no such record here")
    return _record(rows[0], source)


def list_records(
    arguments: dict[str, str], after: list[str | int], size: int, source: Source
) -> tuple[list[Record], list[str | int]]:
    """A page of records, the longest unchanged first, and the key to go on from.

    The key is empty on the last page.  Raises BadArgument and NoRecordsMatch.
    """
    articles = _selected(arguments)
    if after:
        moment, pk = from_key(after)
        beyond = Q(modified__gt=moment) | Q(modified=moment, pk__gt=pk)
        articles = articles.filter(beyond, modified__gte=moment)
    rows = _whole(articles.order_by("modified", "pk")[: size + 1])
    if not rows:
        raise NoRecordsMatch("nothing matches")
    shown = rows[:size]
    more = as_key(shown[-1].modified, shown[-1].pk) if len(rows) > size else []
    return [_record(article, source) for article in shown], more


def _selected(arguments: dict[str, str]) -> ArticleQuerySet:
    articles = Article.objects.all()
    first, end = read_range(arguments)
    if first:
        articles = articles.filter(modified__gte=first)
    if end:
        articles = articles.filter(modified__lt=end)
    return within(articles, arguments["set"]) if "set" in arguments else articles


def _whole(articles: ArticleQuerySet) -> list[Article]:
    return list(articles.with_listing().prefetch_related("article_topics__topic"))


def _record(article: Article, source: Source) -> Record:
    topics = [t.topic for t in article.article_topics.all() if t.decision in STANDING]
    sets = [publication_spec(article.issue.publication), *map(topic_spec, topics)]
    citation = cite(article, base=source.base, topics=[topic.name for topic in topics])
    elements = (
        [] if article.withdrawn else [e for e in _elements(article, citation) if e[1]]
    )
    return Record(
        source.identifier(article),
        datestamp(article.modified),
        sets,
        article.withdrawn,
        elements,
    )


def _elements(article: Article, citation: Citation) -> Iterator[tuple[str, str]]:
    yield "title", citation.title
    yield from (("title", one_line(form)) for form in article.title_variants)
    yield from (("creator", author.name) for author in citation.authors)
    yield from (("subject", topic) for topic in citation.topics)
    yield "publisher", one_line(article.issue.publication.publisher)
    yield "date", citation.iso_date
    yield "type", "Text"
    yield "format", "text/html"
    yield "identifier", citation.url
    yield "source", as_gbt7714(citation)
    yield "language", citation.language
    yield "relation", citation.base + citation.issue_path
    yield "description", citation.state


def datestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(SECONDS)

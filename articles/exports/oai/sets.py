"""Sets: one for each publication, one for each topic."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from articles.exports.oai.errors import NoRecordsMatch, NoSetHierarchy
from articles.models import Article, ArticleTopic, Issue, Publication, Topic
from articles.querysets import STANDING, ArticleQuerySet

PUBLICATION, TOPIC = "publication_", "topic_"
# A set of up to so many articles is gathered first, so that no page of it walks
# through the whole table; a larger one is met often enough on the way.
FEW = 2000


@dataclass(frozen=True)
class Set:
    spec: str
    name: str
    description: str
    table: str
    pk: int

    @property
    def elements(self) -> list[tuple[str, str]]:
        """Dublin Core's, as a record's."""
        return [("description", self.description)]


def list_sets(after: list[str | int], size: int) -> list[Set]:
    """Publications, then topics, each by id; ``after`` is a table and an id, or empty."""
    table, pk = after or (PUBLICATION, 0)
    found: list[Set] = []
    if table == PUBLICATION:
        rows = Publication.objects.filter(pk__gt=pk).order_by("pk")[:size]
        found = [
            Set(publication_spec(row), row.title, row.description, PUBLICATION, row.pk)
            for row in rows
        ]
        pk = 0
    topics = Topic.objects.filter(pk__gt=pk).order_by("pk")[: size - len(found)]
    return found + [
        Set(topic_spec(row), row.name, row.description, TOPIC, row.pk) for row in topics
    ]


def publication_spec(publication: Publication) -> str:
    return PUBLICATION + publication.slug


def topic_spec(topic: Topic) -> str:
    return TOPIC + topic.slug


def within(articles: ArticleQuerySet, spec: str) -> ArticleQuerySet:
    """Raises NoRecordsMatch for a set that is not there, NoSetHierarchy without any."""
    members = _members(spec)
    if members is None:
        if not list_sets([], 1):
            raise NoSetHierarchy("there are no sets yet")
        raise NoRecordsMatch("there is no such set")
    few = list(Article.objects.filter(members).values_list("pk", flat=True)[: FEW + 1])
    return articles.filter(pk__in=few) if len(few) <= FEW else articles.filter(members)


def _members(spec: str) -> Exists | None:
    spec = spec.replace("\0", "")
    if spec.startswith(PUBLICATION):
        found = Publication.objects.filter(slug=spec.removeprefix(PUBLICATION)).first()
        issues = Issue.objects.filter(pk=OuterRef("issue_id"), publication=found)
        return found and Exists(issues)
    if spec.startswith(TOPIC):
        found = Topic.objects.filter(slug=spec.removeprefix(TOPIC)).first()
        uses = ArticleTopic.objects.filter(
            article=OuterRef("pk"), topic=found, decision__in=STANDING
        )
        return found and Exists(uses)
    return None

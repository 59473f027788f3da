"""Sets: one for each publication, one for each topic."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

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
    few = list(members.ids[: FEW + 1])
    return articles.filter(Q(pk__in=few) if len(few) <= FEW else members.each)


@dataclass(frozen=True)
class Members:
    """The articles of a set, asked from either side."""

    ids: QuerySet  # all of them, along the set's own index
    each: Exists  # is this article one?


def _members(spec: str) -> Members | None:
    if spec.startswith(PUBLICATION):
        slug = spec.removeprefix(PUBLICATION)
        found = Publication.objects.filter(slug=slug).first()
        return found and _of_publication(found)
    if spec.startswith(TOPIC):
        slug = spec.removeprefix(TOPIC)
        topic = Topic.objects.filter(slug=slug).first()
        return topic and _of_topic(topic)
    return None


def _of_publication(publication: Publication) -> Members:
    articles = Article.objects.filter(issue__publication=publication).order_by()
    issue = Issue.objects.filter(pk=OuterRef("issue_id"), publication=publication)
    return Members(articles.values_list("pk", flat=True), Exists(issue))


def _of_topic(topic: Topic) -> Members:
    uses = ArticleTopic.objects.filter(topic=topic, decision__in=STANDING).order_by()
    return Members(
        uses.values_list("article_id", flat=True),
        Exists(uses.filter(article=OuterRef("pk"))),
    )

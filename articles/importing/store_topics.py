"""Writes the topics that the rule finds, beside what editors decided.

In: articles with their texts.  Out: nothing.  A row that an editor made, accepted or
declined is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.bulk import insert_values
from articles.importing.fields import COUNTED_ROLES
from articles.importing.plan import ImportPlan
from articles.importing.rows import Rows
from articles.models import Article, ArticleTopic, Decision, Origin
from articles.topics import Vocabulary, suggest_topics, vocabulary


@dataclass(frozen=True, slots=True)
class Words:
    """An article and the words in which its topics are sought."""

    article: int
    title: str
    text: str


def store_topics(plan: ImportPlan, rows: Rows) -> None:
    texts: dict[str | None, list[str]] = {}
    for block in plan.blocks:
        if block.values["role"] in COUNTED_ROLES:
            texts.setdefault(block.home, []).append(block.values["text"])
    assign_topics(
        [
            Words(row.pk, f"{row.title} {row.kicker} {row.subtitle}", _text(texts, row))
            for row in rows.touched
        ],
        vocabulary(),
    )


def assign_topics(articles: Iterable[Words], topics: Vocabulary) -> set[int]:
    """Renews the rule's suggestions for these articles; two queries, then the changes.

    Returns which of them have gained or lost a topic.
    """
    wanted = {
        (words.article, suggestion.topic): suggestion
        for words in articles
        for suggestion in suggest_topics(words.title, words.text, topics)
    }
    ids = {words.article for words in articles}
    gone, changed = [], []
    for row in ArticleTopic.objects.filter(article__in=ids):
        suggestion = wanted.pop((row.article_id, row.topic_id), None)
        if row.origin != Origin.RULE or row.decision != Decision.SUGGESTED:
            continue
        if suggestion is None:
            gone.append(row)
        elif (row.score, row.evidence) != (suggestion.score, suggestion.evidence):
            row.score, row.evidence = suggestion.score, suggestion.evidence
            changed.append(row)
    ArticleTopic.objects.filter(pk__in=[row.pk for row in gone]).delete()
    ArticleTopic.objects.bulk_update(changed, ["score", "evidence"], batch_size=200)
    insert_values(
        ArticleTopic,
        ("article_id", "topic_id", "origin", "decision", "score", "evidence"),
        (
            (*pair, Origin.RULE.value, Decision.SUGGESTED.value, s.score, s.evidence)
            for pair, s in wanted.items()
        ),
    )
    return {row.article_id for row in gone} | {article for article, _ in wanted}


def words_of(article: Article) -> Words:
    """The words of a stored article, whose blocks were prefetched."""
    text = "\n".join(b.text for b in article.blocks.all() if b.role in COUNTED_ROLES)
    return Words(
        article.pk, f"{article.title} {article.kicker} {article.subtitle}", text
    )


def _text(texts: dict[str | None, list[str]], row: Article) -> str:
    return "\n".join(texts.get(row.public_id, []))

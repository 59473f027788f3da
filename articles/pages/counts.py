"""How many articles a topic or a section has, counted once until an article changes.

Counting up to COUNT_CAP for every row of a page is the dearest thing a list does, and
the answer changes only with a write.  Every write of an article, or of what it has,
moves ``Article.modified``; so the newest of these stamps is part of the key, and an
answer is never older than the collection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.cache import caches
from django.db.models import Model

from articles.models import Article, Topic

KEPT_FOR = 60 * 60
FIGURES = "figures"
TOPICS_LOOKED_AT = 300


def count_articles(rows: Sequence[Model]) -> None:
    """Gives each of ``rows`` (topics or sections) its capped ``article_count``."""
    if not rows:
        return
    key = _key(rows)
    counts = caches[FIGURES].get(key)
    if counts is None:
        counted = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
        counts = dict(counted.with_counts().values_list("pk", "article_count"))
        caches[FIGURES].set(key, counts, KEPT_FOR)
    for row in rows:
        row.article_count = counts.get(row.pk, 0)


def most_used_topics(limit: int) -> list[Topic]:
    """Those with articles, most first."""
    topics = list(Topic.objects.all()[:TOPICS_LOOKED_AT])
    count_articles(topics)
    used = [topic for topic in topics if topic.article_count]
    return sorted(used, key=lambda topic: -topic.article_count)[:limit]


def _key(rows: Sequence[Model]) -> str:
    newest = (
        Article.objects.order_by("-modified").values_list("modified", flat=True).first()
    )
    asked = f"{type(rows[0]).__name__} {newest} {[row.pk for row in rows]}"
    return f"counts:{hashlib.sha256(asked.encode()).hexdigest()}"

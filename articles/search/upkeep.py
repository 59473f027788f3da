"""Is the index there, and does it say what the articles say?

``troubles`` looks at a few articles, for /healthz and the system checks; ``differing``
compares every one, for ``rebuild_search --check``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.models import Article, SearchEntry, SearchState
from articles.search import get_index
from articles.search.base import VERSION, batches, digest_of
from articles.search.document import load_documents

LOOKED_AT = 20  # articles, the last changed ones


@dataclass(frozen=True)
class Trouble:
    """``code`` for programs: missing, version, stale, unfinished."""

    code: str
    message: str
    remedy: str


REBUILD = "Run: manage.py rebuild_search (people can go on reading meanwhile)."


def troubles(using: str = "default", looked_at: int = LOOKED_AT) -> list[Trouble]:
    """What is wrong with the index, in a few queries on any number of articles."""
    if not get_index(using).has_tables():
        return [
            Trouble(
                "missing", "The search index does not exist.", f"{MIGRATE} {REBUILD}"
            )
        ]
    state = SearchState.objects.using(using).first()
    if state and state.version != VERSION:
        message = (
            f"The search index was made by version {state.version}; this is {VERSION}."
        )
        return [Trouble("version", message, REBUILD)]
    recent = Article.objects.using(using).order_by("-modified", "-id")[:looked_at]
    if stale := differing(list(recent.values_list("pk", flat=True))):
        message = f"Of the {looked_at} articles changed last, {len(stale)} are not indexed as they stand."
        return [Trouble("stale", message, REBUILD)]
    if state and state.building:
        message = "A rebuild of the search index has begun and not ended; searches use the old one."
        return [
            Trouble("unfinished", message, f"Wait for it, or begin anew. {REBUILD}")
        ]
    return []


MIGRATE = "Run: manage.py migrate."


def differing(article_ids: Sequence[int]) -> list[int]:
    """Those of the articles whose entry is missing, outdated or should not be."""
    wanted = {d.article: digest_of(d) for d in load_documents(article_ids)}
    there = dict(
        SearchEntry.objects.filter(article__in=article_ids).values_list(
            "article_id", "digest"
        )
    )
    return [pk for pk in article_ids if wanted.get(pk) != there.get(pk)]


def all_differing() -> Iterator[list[int]]:
    """For each batch of all articles, those that differ."""
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True).iterator())
    for batch in batches(ids):
        yield differing(batch)

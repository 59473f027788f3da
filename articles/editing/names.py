"""What follows when an author or a topic gets another name: it is found by the new one."""

from __future__ import annotations

from articles.importing.indexing import index_articles
from articles.models import Author, Topic

MOST = 500  # articles indexed anew while the editor waits


def author_renamed(author: Author) -> bool:
    """An author's names stand in the index of each article.

    Returns False when there are more than MOST: ``rebuild_search`` does the others.
    """
    ids = list(author.articles.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    index_articles(ids[:MOST])
    return len(ids) <= MOST


def topic_renamed(topic: Topic) -> None:
    """A topic's name stands in the index once, and comes along with any article."""
    index_articles(topic.articles.values_list("pk", flat=True)[:1])

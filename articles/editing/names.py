"""What follows when an author or a topic gets another name: it is found by the new one."""

from __future__ import annotations

from articles.importing.indexing import index_naming, index_topic
from articles.models import Author, Topic

# What search keeps of each.
AUTHOR_NAMES = {"name", "variants", "sort_key"}
TOPIC_NAMES = {"name", "sort_key"}


def author_renamed(author: Author) -> None:
    """An author's names stand in the index of each article, however many they are."""
    index_naming(author)


def topic_renamed(topic: Topic) -> None:
    """The index of an article has the topic's number only, suggestions its name."""
    index_topic(topic)

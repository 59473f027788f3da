"""An empty result that helps: what each of the words finds alone."""

from __future__ import annotations

from articles.search.base import SearchIndex
from articles.search.query import SearchQuery, parse_query
from articles.search.spelling import COUNTED, Offer

MOST = 6


def each_alone(index: SearchIndex, query: SearchQuery) -> list[Offer]:
    """For several words, each with how many articles it finds, in the order typed."""
    words = [word for word in query.text.split() if word not in ("OR", "AND", "NOT")]
    if len(words) < 2:
        return []
    trees = {word: parse_query(word).tree for word in dict.fromkeys(words[:MOST])}
    return [
        Offer(word, len(index.scan(tree, COUNTED + 1)))
        for word, tree in trees.items()
        if tree
    ]

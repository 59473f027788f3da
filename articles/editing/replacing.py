"""Finding words in titles and paragraphs, and what they would be with others instead."""

from __future__ import annotations

from collections.abc import Iterator

from articles.editing.bulk import Wish
from articles.models import Article, Block, Issue
from articles.search.finder import find
from articles.search.query import QueryTooLong, parse_query

MOST = 500
ARTICLES = 200
TITLES = ("title", "kicker", "subtitle")


def find_all(words: str, instead: str, issue: Issue | None) -> list[Wish]:
    """In one issue, or in the first articles that the search finds; at most MOST places.

    Exactly these characters; a field that has them twice is one place.
    """
    if not words or words == instead:
        return []
    articles = _articles(words, issue)
    found: list[Wish] = []
    for wish in _wishes(articles, words, instead):
        found.append(wish)
        if len(found) == MOST:
            break
    return found


def _articles(words: str, issue: Issue | None) -> list[Article]:
    rows = Article.objects.filter(merged_into=None).order_by("issue", "position", "id")
    if issue is not None:
        return list(rows.filter(issue=issue))
    try:
        ids = find(parse_query(f'"{words}"'), size=ARTICLES).articles
    except QueryTooLong:
        return []
    return list(rows.filter(pk__in=list(ids)))


def _wishes(articles: list[Article], words: str, instead: str) -> Iterator[Wish]:
    keys = {article.pk: article.public_id for article in articles}
    for article in articles:
        for name in TITLES:
            now = getattr(article, name)
            if words in now:
                yield Wish(article.public_id, name, now, now.replace(words, instead))
    blocks = Block.objects.filter(article__in=keys, text__contains=words)
    for block in blocks.order_by("article", "position", "id")[: MOST + 1]:
        if words not in block.text:  # SQLite's LIKE takes a for A
            continue
        text = block.text.replace(words, instead)
        yield Wish(keys[block.article_id or 0], "text", block.text, text, block.pk)

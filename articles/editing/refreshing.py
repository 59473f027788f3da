"""What follows from every change of an article's text."""

from __future__ import annotations

from articles.bookmarks.passages import settle
from articles.importing.fields import CONFIDENCE_DIGITS, count_characters
from articles.importing.indexing import index_articles
from articles.models import Article, is_settled


def refresh(article: Article) -> None:
    """Counts anew; tells the search index and readers' highlights, in the same
    transaction."""
    blocks = list(article.blocks.only("role", "text", "confidence", "base"))
    doubted = (block for block in blocks if not is_settled(block.base))
    sure = min((block.confidence for block in doubted), default=1.0)
    Article.objects.filter(pk=article.pk).update(
        characters=count_characters(blocks), confidence=round(sure, CONFIDENCE_DIGITS)
    )
    index_articles([article.pk])
    settle([article.pk])

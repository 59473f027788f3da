"""An article as plain text: its head, its blocks a paragraph each, where it is from."""

from __future__ import annotations

from django.db.models import prefetch_related_objects

from articles.models import Article, Role

# These stand in the head already.
_HEAD = {Role.TITLE, Role.KICKER, Role.BYLINE}
# What is read of an article; several are cheaper fetched together.
RELATED = ("authorships__author", "blocks")


def article_as_text(article: Article) -> str:
    """Ends with a newline; verse keeps its lines, stanzas and paragraphs a blank line."""
    prefetch_related_objects([article], *RELATED)
    names = [signed.author.name for signed in article.authorships.all()]
    head = [article.kicker, article.title, article.subtitle, "　".join(names)]
    body = [block.text for block in article.blocks.all() if block.role not in _HEAD]
    place = f"《{article.issue.publication}》{article.issue.label()}"
    return "\n\n".join(["\n".join(filter(None, head)), *body, place]) + "\n"

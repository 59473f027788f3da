"""An article as plain text: its head, its blocks a paragraph each, where it is from."""

from __future__ import annotations

from articles.models import Article, Role

# These stand in the head already.
_HEAD = {Role.TITLE, Role.KICKER, Role.BYLINE}


def article_as_text(article: Article) -> str:
    """Ends with a newline; verse keeps its lines, stanzas and paragraphs a blank line."""
    names = [signed.author.name for signed in article.authorships.select_related("author")]
    head = [article.kicker, article.title, article.subtitle, "　".join(names)]
    blocks = article.blocks.exclude(role__in=_HEAD).order_by("position", "id")
    body = [text for text in blocks.values_list("text", flat=True)]
    place = f"《{article.issue.publication}》{article.issue.label()}"
    return "\n\n".join(["\n".join(filter(None, head)), *body, place]) + "\n"

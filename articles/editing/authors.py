"""Who signed an article: to an import the whole list is one field, ``authors``."""

from __future__ import annotations

from articles.editing.fields import locked, protect_edit
from articles.editing.history import Edit
from articles.importing.protect import plain_authors
from articles.models import Article

FIELD = "authors"
Signed = list[list[str]]


def signed(article: Article) -> Signed:
    """``[name as printed, kind, affiliation]`` of each author, in order, read anew."""
    return plain_authors(Article.objects.prefetch_related("authorships__author").get(pk=article.pk))


def protect_authors(article: Article, before: Signed) -> list[Edit]:
    """To be called after the authorships were changed; ``before`` is what they were."""
    after = signed(article)
    if after == before:
        return []
    edit = Edit.of(article, FIELD, before, after)
    article.base = locked(article).base
    protect_edit(article, edit)
    article.save(update_fields=["base"])
    return [edit]

"""What follows from every change of an article, and taking one out of sight."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.bookmarks.passages import settle
from articles.editing.fields import save_fields
from articles.editing.history import record
from articles.importing.fields import COUNTED_ROLES
from articles.importing.indexing import index_articles
from articles.models import Article


def refresh(article: Article) -> None:
    """Counts the characters anew; tells the search index and readers' highlights, in
    the same transaction."""
    texts = article.blocks.filter(role__in=COUNTED_ROLES).values_list("text", flat=True)
    characters = sum(len("".join(text.split())) for text in texts)
    Article.objects.filter(pk=article.pk).update(characters=characters)
    index_articles([article.pk])
    settle([article.pk])


@transaction.atomic
def withdraw(articles: Iterable[Article], user: AbstractBaseUser) -> int:
    """Readers no longer see them; addresses and everything in them is kept.

    Returns how many were shown until now.
    """
    return sum(_set_withdrawn(article, user, True) for article in articles)


@transaction.atomic
def restore(articles: Iterable[Article], user: AbstractBaseUser) -> int:
    return sum(_set_withdrawn(article, user, False) for article in articles)


def _set_withdrawn(article: Article, user: AbstractBaseUser, value: bool) -> bool:
    article.withdrawn = value
    edits = save_fields(article, ["withdrawn"])
    record(user, article, edits, [Article._meta.get_field("withdrawn").verbose_name])
    if edits:
        refresh(article)
    return bool(edits)

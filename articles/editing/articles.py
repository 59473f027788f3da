"""What follows from every change of an article, and taking one out of sight."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles import search
from articles.editing.fields import save_fields
from articles.editing.history import record
from articles.importing.fields import count_characters
from articles.models import Article


def refresh(article: Article) -> None:
    """Counts the characters anew and tells the search index, in the same transaction."""
    characters = count_characters(article.blocks.only("role", "text"))
    Article.objects.filter(pk=article.pk).update(characters=characters)
    if hasattr(search, "get_index"):  # until the index lands
        search.get_index().put_many([article.pk])


@transaction.atomic
def withdraw(article: Article, user: AbstractBaseUser) -> None:
    """Readers no longer see it; its address and everything in it is kept."""
    _show(article, user, withdrawn=True)


@transaction.atomic
def restore(article: Article, user: AbstractBaseUser) -> None:
    _show(article, user, withdrawn=False)


def _show(article: Article, user: AbstractBaseUser, *, withdrawn: bool) -> None:
    article.withdrawn = withdrawn
    edits = save_fields(article, ["withdrawn"])
    record(user, article, edits, [Article._meta.get_field("withdrawn").verbose_name])
    if edits:
        refresh(article)

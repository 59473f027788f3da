"""Taking articles out of readers' sight, and back."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_noop

from articles.editing.acting import act
from articles.editing.fields import save_fields
from articles.editing.saying import said
from articles.models import Article, Way


@transaction.atomic
def withdraw(articles: Iterable[Article], user: AbstractBaseUser) -> int:
    """Readers no longer see them; addresses and everything in them is kept.

    Returns how many were shown until now.
    """
    return sum(_set_withdrawn(article, user, True) for article in articles)


@transaction.atomic
def restore(articles: Iterable[Article], user: AbstractBaseUser) -> int:
    """An article that was merged into another has nothing in it to be shown."""
    return sum(
        _set_withdrawn(article, user, False)
        for article in articles
        if article.merged_into_id is None
    )


def _set_withdrawn(article: Article, user: AbstractBaseUser, value: bool) -> bool:
    done = (
        gettext_noop("撤下《%(title)s》")
        if value
        else gettext_noop("恢复《%(title)s》")
    )
    with act(
        user, said(done, title=article), way=Way.BULK, articles=[article]
    ) as doing:
        article.withdrawn = value
        save_fields(article, ["withdrawn"])
    return doing.revision is not None

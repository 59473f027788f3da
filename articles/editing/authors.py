"""Who signed an article: to an import the whole list is one field, ``authors``."""

from __future__ import annotations

from dataclasses import dataclass

from articles.editing.fields import locked, protect_edit
from articles.editing.history import Edit
from articles.importing.people import authors_named
from articles.importing.protect import plain_authors
from articles.models import Article, Authorship

FIELD = "authors"


@dataclass(frozen=True)
class Signed:
    """``plain``: as an import knows it.  ``ids``: whom the printed names stand for.

    An editor may say that a printed 刘志军 is 刘志国: the names stay, the person changes.
    """

    plain: list[list[str]]
    ids: list[int]


def signed(article: Article) -> Signed:
    """Who signs the article now, in order, read anew."""
    row = Article.objects.prefetch_related("authorships__author").get(pk=article.pk)
    return Signed(plain_authors(row), [a.author_id for a in row.authorships.all()])


def protect_authors(article: Article, before: Signed) -> list[Edit]:
    """To be called after the authorships were changed; ``before`` is what they were."""
    after = signed(article)
    if after == before:
        return []
    edit = Edit.of(article, FIELD, before.plain, after.plain)
    article.base = locked(article).base
    if after.plain == before.plain:
        article.protect(FIELD, before.plain)
    else:
        protect_edit(article, edit)
    article.save(update_fields=["base"])
    return [edit]


def sign(article: Article, people: list[list[str]]) -> list[Edit]:
    """These sign the article, in this order: ``[name as printed, kind, affiliation]``."""
    before = signed(article)
    _put(article, people)
    return protect_authors(article, before)


def release_authors(article: Article) -> list[Edit]:
    """Whom the last import named sign the article again."""
    base = locked(article).base
    if FIELD not in base:
        return []
    before, wanted = signed(article).plain, base.pop(FIELD)
    _put(article, wanted)
    article.base = base
    article.save(update_fields=["base"])
    return [Edit.of(article, FIELD, before, wanted)]


def _put(article: Article, people: list[list[str]]) -> None:
    known = authors_named([(name, kind) for name, kind, _ in people])
    article.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(
            article=article,
            author=known[name, kind],
            position=position,
            printed_name=name,
            affiliation=affiliation,
        )
        for position, (name, kind, affiliation) in enumerate(people)
    )

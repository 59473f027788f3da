"""The addresses of rows that an editor adds."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.importing import pinyin
from articles.models import Author, AuthorKind


def free_slug(rows: QuerySet, wanted: str, text: str) -> str:
    """``wanted``, or a longer one when one of ``rows`` has it."""
    candidates = pinyin.slug_candidates(wanted, text)
    taken = set(rows.filter(slug__in=candidates).values_list("slug", flat=True))
    return next(slug for slug in candidates if slug not in taken)


def named_slug(rows: QuerySet, name: str) -> str:
    """The address of a thing called ``name``, free among ``rows``."""
    return free_slug(rows, pinyin.slug(name), name)


def sort_key(name: str) -> str:
    return pinyin.sort_key(name)


def author_slug(author: Author) -> str:
    name, text = author.name, f"{author.name} {author.kind} {author.disambiguation}"
    person = author.kind == AuthorKind.PERSON
    wanted = pinyin.person_slug(name) if person else pinyin.slug(name)
    return free_slug(Author.objects.all(), wanted, text)


def author_sort_key(author: Author) -> str:
    if author.kind == AuthorKind.PERSON:
        return pinyin.person_sort_key(author.name)
    return pinyin.sort_key(author.name)

"""Whether what is kept of articles' pages says what a page made now would say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from articles.models import Article
from articles.pages.renderings import find_kept, freeze, keep
from articles.views.read import values_anew

PROGRAM = "test"


@contextmanager
def pages_go_along(*languages: str) -> Iterator[None]:
    """Around a change: every page is kept before it, and none is out of date after it."""
    for language in languages:
        keep_pages(language)
    yield
    for language in languages:
        assert stale_pages(language) == []


def keep_pages(language: str) -> None:
    with translation.override(language):
        for public_id in _published():
            kept = find_kept(public_id, language, PROGRAM)
            assert kept
            if kept.values is None:
                keep(kept, freeze(values_anew(public_id)))


def stale_pages(language: str) -> list[str]:
    """Articles whose kept page would be shown and says something else than a new one."""
    with translation.override(language):
        return [p for p in _published() if not _is_true(p, language)]


def _is_true(public_id: str, language: str) -> bool:
    kept = find_kept(public_id, language, PROGRAM)
    assert kept
    return kept.values is None or kept.values == freeze(values_anew(public_id))


def _published() -> list[str]:
    return list(Article.objects.published().values_list("public_id", flat=True))

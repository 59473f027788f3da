"""What is offered while a reader types: authors, topics and titles.

In: the beginning of a name in characters, in pinyin (liuzhij) or in initials (lzj).
Out: ``Suggestion``s, people and topics first, those with more articles first; titles
also by any word in them.  One look at an index each, whatever the collection's size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.models import Article, Author, NameKey, SearchEntry, Topic
from articles.querysets import COUNT_CAP
from articles.search.base import SearchIndex
from articles.search.folding import runs
from articles.search.names import (
    INITIALS,
    SOUND_BYTES,
    key_prefix,
    keys_of,
    name_keys,
)
from articles.search.query import And, Node, Term
from articles.search.tokens import Field

LOOKED_AT = 200  # names under one beginning; the index has the shortest first
AUTHORS, TOPICS, TITLES = 5, 3, 4
LONGEST = 60

Kind = NameKey.Kind


@dataclass(frozen=True)
class Suggestion:
    """``query`` is what to search for, ``url`` the page of what is offered."""

    text: str
    kind: str
    note: str
    url: str


def suggest(index: SearchIndex, typed: str) -> list[Suggestion]:
    prefix = key_prefix(typed[:LONGEST])
    if not prefix:
        return []
    return [
        *_authors(prefix),
        *_topics(prefix),
        *_titles(index, typed[:LONGEST], prefix),
    ]


def _authors(prefix: bytes) -> Iterator[Suggestion]:
    """By a name on record, or by another form that was printed of it."""
    found = Author.objects.with_counts().filter(pk__in=_targets(Kind.AUTHOR, prefix))
    shown = set()
    for author in _most(found, AUTHORS, prefix):
        count = {"name": str(author), "count": _capped(author.article_count)}
        own = any(
            key.startswith(prefix)
            for key in keys_of(author.name, author.sort_key.split())
        )
        name = str(author) if own else _form(author.variants, prefix) or str(author)
        note = (
            _("作者 · %(count)s 篇") if own else _("%(name)s 的另一印作 · %(count)s 篇")
        )
        shown.add(name)
        yield Suggestion(name, "author", note % count, author.get_absolute_url())
    yield from _other_authors(prefix, shown)


def _other_authors(prefix: bytes, shown: set[str]) -> Iterator[Suggestion]:
    """Names that only a contents list has: they lead to a search."""
    ids = _targets(Kind.OTHER_AUTHOR, prefix)[:AUTHORS]
    forms = Article.objects.published().filter(pk__in=ids).order_by("-pk")
    for variants in forms.values_list("author_variants", flat=True):
        if (name := _form(variants, prefix)) and name not in shown:
            shown.add(name)
            address = f"{reverse('articles:search')}?{urlencode({'q': f'作者:{name}'})}"
            yield Suggestion(name, "author", _("作者，目录所印"), address)


def _form(variants: list[str], prefix: bytes) -> str:
    """The one of an author's printed forms that begins so."""
    return next(
        (v for v in variants if any(k.startswith(prefix) for k in name_keys(v))), ""
    )


def _topics(prefix: bytes) -> Iterator[Suggestion]:
    found = Topic.objects.with_counts().filter(pk__in=_targets(Kind.TOPIC, prefix))
    for topic in _most(found, TOPICS, prefix):
        note = _("主题 · %(count)s 篇") % {"count": _capped(topic.article_count)}
        yield Suggestion(topic.name, "topic", note, topic.get_absolute_url())


def _titles(index: SearchIndex, typed: str, prefix: bytes) -> Iterator[Suggestion]:
    """Newest first: titles with the words anywhere, then those whose pinyin begins so."""
    wanted: list[Node] = [Term(run, Field.TITLE) for run in runs(typed)]
    ids = [row.article for row in index.scan(And(tuple(wanted)), TITLES)]
    ids += [pk for pk in _by_sound(prefix) if pk not in ids]
    found = (
        Article.objects.published().select_related("issue__publication").in_bulk(ids)
    )
    for article in [found[pk] for pk in ids if pk in found][:TITLES]:
        note = f"{article.issue.publication.title} {article.issue.label()}"
        yield Suggestion(article.title, "article", note, article.get_absolute_url())


def _by_sound(prefix: bytes) -> Iterator[int]:
    """Articles whose title's initials begin so, then those whose pinyin does."""
    for column, most in (("initials", INITIALS), ("sound", SOUND_BYTES)):
        low = prefix[:most]
        span = {f"{column}__gte": low, f"{column}__lt": low + b"\xff"}
        found = SearchEntry.objects.filter(**span).order_by(column, "article_id")
        yield from found.values_list("article_id", flat=True)[:TITLES]


def _targets(kind: str, prefix: bytes) -> list[int]:
    keys = NameKey.objects.filter(kind=kind, key__gte=prefix, key__lt=prefix + b"\xff")
    return list(keys.order_by("key").values_list("target", flat=True)[:LOOKED_AT])


def _most(found, limit: int, prefix: bytes) -> list:  # type: ignore[no-untyped-def, type-arg]
    """Those with articles; who bears exactly the name typed stands before the others."""
    exact = prefix.decode()
    rows = [row for row in found if row.article_count]
    rows.sort(
        key=lambda row: (row.name != exact, -row.article_count, row.sort_key, row.pk)
    )
    return rows[:limit]


def _capped(count: int) -> str:
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)

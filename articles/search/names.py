"""The keys under which titles, authors and topics are suggested.

A name has up to three: itself folded (刘志军), its pinyin (liuzhijun) and its initials
(lzj).  Whoever types the beginning of one is offered the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import Q

from articles.models import Author, NameKey, Topic
from articles.search.document import SearchDocument
from articles.search.folding import fold

KEY_BYTES = 60  # of each key; nobody types more before looking at what is offered
READ_CHARACTERS = 20  # of a title, that are put into pinyin
_CHUNK = 2000

Kind = NameKey.Kind
Target = tuple[str, int]


def put_names(documents: Sequence[SearchDocument]) -> None:
    """Keys of the articles' titles, authors and topics, as they now are."""
    wanted: dict[Target, set[bytes]] = {}
    for document in documents:
        wanted[Kind.ARTICLE, document.article] = name_keys(document.title)
        wanted[Kind.OTHER_AUTHOR, document.article] = set().union(
            *map(name_keys, document.other_authors)
        )
    facets = {token for document in documents for token in document.facets.split(" ")}
    wanted |= _author_keys(Author.objects.filter(pk__in=_ids(facets, "aut")))
    wanted |= _topic_keys(Topic.objects.filter(pk__in=_ids(facets, "top")))
    _store(wanted)


def drop_names(article_ids: Sequence[int]) -> None:
    """The keys that the articles alone have given rise to."""
    kinds = (Kind.ARTICLE, Kind.OTHER_AUTHOR)
    NameKey.objects.filter(kind__in=kinds, target__in=article_ids).delete()


def rebuild_names() -> None:
    """Takes out what belongs to authors and topics that are no more; adds the others."""
    for kind, model in ((Kind.AUTHOR, Author), (Kind.TOPIC, Topic)):
        NameKey.objects.filter(kind=kind).exclude(
            target__in=model.objects.values("pk")
        ).delete()
    authors = Author.objects.order_by("pk").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(authors, _CHUNK)):
        _store(_author_keys(chunk))
    _store(_topic_keys(Topic.objects.all()))


def key_prefix(text: str) -> bytes:
    """What was typed, as the beginning of a key."""
    return "".join(fold(text).split())[:KEY_BYTES].encode()


def keys_of(name: str, syllables: Sequence[str]) -> set[bytes]:
    forms = (
        "".join(fold(name).split()),
        "".join(syllables).lower(),
        "".join(syllable[:1] for syllable in syllables).lower(),
    )
    return {form.encode()[:KEY_BYTES] for form in forms if form}


def _author_keys(authors: Iterable[Author]) -> dict[Target, set[bytes]]:
    return {
        (Kind.AUTHOR, author.pk): keys_of(author.name, author.sort_key.split()).union(
            *map(name_keys, author.variants)
        )
        for author in authors
    }


def _topic_keys(topics: Iterable[Topic]) -> dict[Target, set[bytes]]:
    return {
        (Kind.TOPIC, topic.pk): keys_of(topic.name, topic.sort_key.split())
        for topic in topics
    }


def name_keys(name: str) -> set[bytes]:
    from pypinyin import lazy_pinyin  # only who writes needs it

    letters = "".join(fold(name).split())[:READ_CHARACTERS]
    return keys_of(name, lazy_pinyin(letters))


def _ids(tokens: Iterable[str], prefix: str) -> list[int]:
    return [int(token[len(prefix) :]) for token in tokens if token.startswith(prefix)]


def _store(wanted: dict[Target, set[bytes]]) -> None:
    known = list(_known(list(wanted)))
    stale = [pk for target, key, pk in known if key not in wanted[target]]
    there = {(target, key) for target, key, _ in known}
    NameKey.objects.filter(pk__in=stale).delete()
    NameKey.objects.bulk_create(
        [
            NameKey(key=key, kind=kind, target=pk)
            for (kind, pk), keys in sorted(wanted.items())
            for key in sorted(keys)
            if ((kind, pk), key) not in there
        ],
        ignore_conflicts=True,  # two imports may meet at one author
    )


def _known(targets: Sequence[Target]) -> Iterator[tuple[Target, bytes, int]]:
    for kind in Kind.values:
        ids = [pk for of_kind, pk in targets if of_kind == kind]
        for start in range(0, len(ids), _CHUNK):
            within = Q(kind=kind, target__in=ids[start : start + _CHUNK])
            rows = NameKey.objects.filter(within).values_list("target", "key", "pk")
            yield from (((kind, target), bytes(key), pk) for target, key, pk in rows)

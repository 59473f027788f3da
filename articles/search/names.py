"""The keys under which titles, authors and topics are suggested.

The name of an author or a topic has up to three: itself folded (刘志军), its pinyin
(liuzhijun) and its initials (lzj).  Whoever types the beginning of one is offered the
name.  Of a title the search index knows every word, so its entry needs the beginnings
of pinyin and initials only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import Q

from articles.models import Article, Author, NameKey, Topic
from articles.search.document import SearchDocument
from articles.search.folding import fold

KEY_BYTES = 60  # of each key; nobody types more before looking at what is offered
READ_CHARACTERS = 20  # of a name, that are put into pinyin
SOUND_BYTES, INITIALS = 16, 10  # of a title, in its entry
_CHUNK = 2000

Kind = NameKey.Kind
Target = tuple[str, int]


def put_names(documents: Sequence[SearchDocument]) -> None:
    """Keys of the articles' authors and topics, as they now are."""
    wanted: dict[Target, set[bytes]] = {}
    for document in documents:
        target = Kind.OTHER_AUTHOR, document.article
        wanted[target] = _keys_of_all(document.other_authors)
    facets = {token for document in documents for token in document.facets.split(" ")}
    wanted |= author_keys(Author.objects.filter(pk__in=_ids(facets, "aut")))
    wanted |= topic_keys(Topic.objects.filter(pk__in=_ids(facets, "top")))
    _store(wanted)


def put_topic(topic: Topic) -> None:
    """The keys of a topic that got another name; no article's entry holds them."""
    _store(topic_keys([topic]))


def drop_names(article_ids: Sequence[int]) -> None:
    """The keys that the articles alone have given rise to."""
    NameKey.objects.filter(kind=Kind.OTHER_AUTHOR, target__in=article_ids).delete()


def rebuild_names() -> None:
    """Takes out what belongs to rows that are no more; adds the others."""
    unsure = Article.objects.published().exclude(author_variants=[])
    for kind, rows in (
        (Kind.AUTHOR, Author.objects.all()),
        (Kind.TOPIC, Topic.objects.all()),
        (Kind.OTHER_AUTHOR, unsure),
    ):
        gone = NameKey.objects.filter(kind=kind).exclude(target__in=rows.values("pk"))
        gone.delete()
    authors = Author.objects.order_by("pk").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(authors, _CHUNK)):
        _store(author_keys(chunk))
    _store(topic_keys(Topic.objects.all()))
    others = unsure.values_list("pk", "author_variants").iterator(chunk_size=_CHUNK)
    while pairs := list(islice(others, _CHUNK)):
        _store({(Kind.OTHER_AUTHOR, pk): _keys_of_all(names) for pk, names in pairs})


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


def author_keys(authors: Iterable[Author]) -> dict[Target, set[bytes]]:
    return {
        (Kind.AUTHOR, author.pk): keys_of(author.name, author.sort_key.split())
        | _keys_of_all(author.variants)
        for author in authors
    }


def topic_keys(topics: Iterable[Topic]) -> dict[Target, set[bytes]]:
    return {
        (Kind.TOPIC, topic.pk): keys_of(topic.name, topic.sort_key.split())
        for topic in topics
    }


def name_keys(name: str) -> set[bytes]:
    return keys_of(name, _syllables(name, READ_CHARACTERS))


def load_dictionaries() -> None:
    """Those that names are folded and read with; no search shall be timed for it."""
    name_keys("阅")


def _keys_of_all(names: Iterable[str]) -> set[bytes]:
    return {key for name in names for key in name_keys(name)}


def title_keys(title: str) -> tuple[bytes, bytes]:
    """The beginnings of the title's pinyin and of its initials.

    >>> title_keys("走好转型发展新路")
    (b'zouhaozhuanxingf', b'zhzxfzxl')
    """
    syllables = _syllables(title, INITIALS)
    sound = "".join(syllables).lower()
    initials = "".join(syllable[:1] for syllable in syllables).lower()
    return sound.encode()[:SOUND_BYTES], initials.encode()[:INITIALS]


def _syllables(name: str, most: int) -> list[str]:
    from pypinyin import lazy_pinyin  # only who writes needs it

    return lazy_pinyin("".join(fold(name).split())[:most])


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

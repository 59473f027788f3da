"""What every search index can do, whichever database it stands in."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from articles.models import Article, SearchEntry, SearchState
from articles.search.document import Passages, SearchDocument, load_documents
from articles.search.folding import FOLDING
from articles.search.names import drop_names, put_names, rebuild_names, title_keys
from articles.search.places import Key, key_of, place_of, rank_of
from articles.search.plan import Condition, Plan
from articles.search.query import Node
from articles.search.resolve import resolved
from articles.search.tokens import COMMON

BATCH = 200  # articles read and indexed at once
LAYOUT = "2"  # of the tables of words
VERSION = f"{FOLDING}.{LAYOUT}-{hashlib.sha256(COMMON.encode()).hexdigest()[:8]}"
Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """An entry as a search finds it."""

    rank: int
    place: int
    article: int
    facets: str

    @property
    def key(self) -> Key:
        return key_of(self.rank, self.place, self.article)


class SearchIndex(ABC):
    """Puts articles in, takes them out, finds them.

    ``put_many`` and ``drop_many`` belong in the transaction that changes the articles:
    what a reader can find is then always what a reader can read.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def put_many(
        self, article_ids: Iterable[int], passages: Passages | None = None
    ) -> None:
        """Indexes the articles as they now stand; withdrawn ones are taken out.

        To be called after the article, its blocks, authors and topics are saved.
        Who has just written an article's blocks may hand them on as ``passages``.
        """
        ids = sorted(set(article_ids))
        with transaction.atomic(using=self.connection.alias):
            for batch in batches(ids):
                self._lock(batch)
                documents = list(load_documents(batch, passages))
                if gone := set(batch) - {document.article for document in documents}:
                    self.drop_many(gone)
                self._put(documents)
                put_names(documents)

    def drop_many(self, article_ids: Iterable[int]) -> None:
        """Takes articles out; ids that are not in the index are ignored."""
        ids = list(article_ids)
        with transaction.atomic(using=self.connection.alias):
            for batch in batches(ids):
                self._drop(batch)
                drop_names(batch)

    def rebuild(self, progress: Progress = lambda done, total: None) -> int:
        """Makes the index anew while readers use the old one; how many articles it has.

        Runs in many small transactions, so it must not be called inside one.
        """
        ids = _oldest_first()
        self._begin_rebuild()
        for done, batch in enumerate(batches(ids), 1):
            self._rebuild_batch(batch)
            progress(min(done * BATCH, len(ids)), len(ids))
        self._finish_rebuild()
        rebuild_names()
        return len(ids)

    @abstractmethod
    def tidy(self) -> None:
        """To be called after a large change, outside of transactions.

        Searches are exact without it; this keeps them fast where articles came in
        another order than that of their dates.
        """

    def scan(self, tree: Node, limit: int, after: Key | None = None) -> list[Row]:
        """The first ``limit`` results, or those that follow a result, in their order."""
        return self._scan(self._plan(resolved(tree)), limit, after)

    @abstractmethod
    def create_tables(self) -> None:
        """What the models do not create; nothing happens to what is there."""

    @abstractmethod
    def drop_tables(self) -> None: ...

    @abstractmethod
    def has_tables(self) -> bool: ...

    @abstractmethod
    def _lock(self, article_ids: Sequence[int]) -> None:
        """Keeps two transactions from indexing the same articles side by side."""

    @abstractmethod
    def _put(self, documents: Sequence[SearchDocument]) -> None: ...

    @abstractmethod
    def _drop(self, article_ids: Sequence[int]) -> None: ...

    @abstractmethod
    def _begin_rebuild(self) -> None: ...

    @abstractmethod
    def _rebuild_batch(self, article_ids: Sequence[int]) -> None: ...

    @abstractmethod
    def _finish_rebuild(self) -> None: ...

    @abstractmethod
    def _plan(self, tree: Node) -> Plan: ...

    @abstractmethod
    def _scan(self, plan: Plan, limit: int, after: Key | None) -> list[Row]: ...

    def _rows(self, condition: Condition) -> list[Row]:
        with self.connection.cursor() as cursor:
            cursor.execute(condition.text, condition.params)
            return list(map(Row._make, cursor.fetchall()))


def state() -> SearchState:
    """The one row; made anew where a test or a person has emptied the table."""
    return SearchState.objects.get_or_create(pk=1, defaults={"version": VERSION})[0]


def mark_built() -> None:
    SearchState.objects.filter(pk=1).update(version=VERSION, built_at=timezone.now())


def entry_of(document: SearchDocument, number: int, folded: str = "") -> SearchEntry:
    sound, initials = title_keys(document.title)
    return SearchEntry(
        id=number,
        article_id=document.article,
        rank=rank_of(document.day, document.issue_address),
        place=place_of(document.position, document.public_id),
        facets=document.facets,
        common=b"" if folded else document.common,
        folded=folded,
        sound=sound,
        initials=initials,
        digest=digest_of(document),
    )


def digest_of(document: SearchDocument) -> int:
    """Equal digests: the article need not be indexed again."""
    parts = [
        VERSION,
        str(document.day),
        document.issue_address,
        str(document.position),
        document.facets,
        *document.head_runs,
        *([document.passage.text] if document.passage.text else []),
        "",
        *document.field_runs,
        "",
        *sorted(document.unfolded),
    ]
    raw = hashlib.blake2b("\n".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(raw, signed=True)


def _oldest_first() -> list[int]:
    """Every article that readers may see, the last result first."""
    rows = Article.objects.published().values_list(
        "id",
        "position",
        "public_id",
        "issue__sort_date",
        "issue__publication__slug",
        "issue__key",
    )
    keys = sorted(
        key_of(rank_of(day, f"{slug}/{key}"), place_of(position, public_id), pk)
        for pk, position, public_id, day, slug, key in rows.iterator(chunk_size=10_000)
    )
    return [-key.minus_article for key in keys]


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])

"""The index on SQLite: contentless FTS5 tables of pairs.

A string is a phrase of its pairs; a single character is the beginning of a pair.  Pairs
with a character that is not COMMON have a table without positions (``sqlite_plan``).  FTS5
streams matches by row number, newest first in a sorted segment (``segments``), so the
first page costs the same in any collection.  A contentless table must be told exactly
the words it forgets (SQLite before 3.43), and corrupts silently when told others; so an
edited article's old row stays behind, dead because no entry has its number, until
``rebuild_search``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

from articles.models import SearchEntry, SearchState
from articles.search.base import (
    Row,
    SearchIndex,
    batches,
    digest_of,
    mark_built,
    state,
)
from articles.search.document import SearchDocument, load_documents
from articles.search.places import Key
from articles.search.plan import Condition, Plan
from articles.search.query import Node
from articles.search.segments import Segment, is_untidy
from articles.search.sqlite_plan import EVERY, SqlitePlanner
from articles.search.sqlite_store import COLUMNS, Store

_MERGE_PAGES = 1000  # of FTS5's pages, so that a writer waits about a second at most


class SqliteIndex(SearchIndex):
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        super().__init__(connection)
        self.store = Store(connection)
        self.next = Store(connection, "next_")

    def create_tables(self) -> None:
        self.store.create()

    def drop_tables(self) -> None:
        for table in (self.store.words, self.store.rare):
            self.store.execute(f"DROP TABLE IF EXISTS {table}")
        self._drop_next()

    def has_tables(self) -> bool:
        wanted = "SELECT 1 FROM sqlite_master WHERE name IN (%s, %s)"
        found = self.store.fetch(wanted, (self.store.words, self.store.rare))
        return len(found) == 2

    def tidy(self) -> None:
        """Sorts what came out of order; when that is most of the index, all of it."""
        segments = self.store.segments()
        if not is_untidy(segments):
            return
        loose = [segment for segment in segments if not segment.is_settled]
        if 2 * sum(s.size for s in loose) > sum(s.size for s in segments):
            self.rebuild()
            return
        with transaction.atomic(using=self.connection.alias):
            self.store.begin_segment()
        for batch in batches(self._articles_in(loose)):
            with transaction.atomic(using=self.connection.alias):
                self.store.move(list(load_documents(batch)))
        with transaction.atomic(using=self.connection.alias):
            emptied = {segment.low for segment in loose}
            kept = [s for s in self.store.segments() if s.low not in emptied]
            self.store.keep_segments([s for s in kept if s.size])

    def _lock(self, article_ids: Sequence[int]) -> None:
        """The transaction is this database's only writer."""

    def _put(self, documents: Sequence[SearchDocument]) -> None:
        building = self._state().building
        changed = _changed(documents)
        self.store.put(changed)
        if building:
            self.next.put(changed)

    def _drop(self, article_ids: Sequence[int]) -> None:
        self.store.forget(article_ids)
        if self._state().building:
            self.next.forget(article_ids)

    def _state(self) -> SearchState:
        """Without the row the numbering is unknown, and old rows must not be met again."""
        if (found := SearchState.objects.first()) is None:
            for table in (self.store.words, self.store.rare):
                self.store.execute(
                    f"INSERT INTO {table} ({table}) VALUES ('delete-all')"
                )
            SearchEntry.objects.all().delete()
            return state()
        return found

    def _articles_in(self, segments: Sequence[Segment]) -> list[int]:
        """The articles that have rows there, the last result first."""
        within = " OR ".join(f"id BETWEEN {s.low} AND {s.high}" for s in segments)
        rows = self.store.fetch(
            f"SELECT article_id FROM {self.store.entries} WHERE {within} "
            "ORDER BY rank, place DESC, article_id DESC"
        )
        return [pk for (pk,) in rows]

    # --- Rebuilding: a second index is filled beside the first, then takes its place.

    def _begin_rebuild(self) -> None:
        with transaction.atomic(using=self.connection.alias):
            self._drop_next()
            self.create_tables()
            self._state()
            self.next.create()
            self.next.create_entries()
            SearchState.objects.filter(pk=1).update(
                building=True, next_serial=0, next_segments=[]
            )

    def _rebuild_batch(self, article_ids: Sequence[int]) -> None:
        """What an editor saved since the start is in the new index already."""
        with transaction.atomic(using=self.connection.alias):
            there = self.next.fetch(
                f"SELECT article_id FROM {self.next.entries} "
                f"WHERE article_id IN ({', '.join(map(str, article_ids))})"
            )
            missing = set(article_ids) - {pk for (pk,) in there}
            self.next.put(list(load_documents(sorted(missing))))

    def _finish_rebuild(self) -> None:
        for table in (self.next.words, self.next.rare):
            self._merge(table)
        live, fresh = self.store, self.next
        with transaction.atomic(using=self.connection.alias):
            for old, new in ((live.words, fresh.words), (live.rare, fresh.rare)):
                live.execute(f"DROP TABLE {old}")
                live.execute(f"ALTER TABLE {new} RENAME TO {old}")
            live.execute(f"DELETE FROM {live.entries}")
            live.execute(
                f"INSERT INTO {live.entries} ({COLUMNS}) SELECT {COLUMNS} FROM {fresh.entries}"
            )
            live.execute(f"DROP TABLE {fresh.entries}")
            SearchState.objects.filter(pk=1).update(
                building=False, serial=F("next_serial"), segments=F("next_segments")
            )
            mark_built()

    def _merge(self, table: str) -> None:
        """Merges a table of the new index into one b-tree, a piece at a time."""
        pages = -_MERGE_PAGES  # negative: begin with everything
        while True:
            with transaction.atomic(using=self.connection.alias):
                before = self._changes()
                self.next.execute(
                    f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {pages})"
                )
                if self._changes() - before < 2:
                    return
            pages = _MERGE_PAGES

    def _changes(self) -> int:
        [(changes,)] = self.store.fetch("SELECT total_changes()")
        return int(changes)

    def _drop_next(self) -> None:
        for table in (self.next.words, self.next.rare, self.next.entries):
            self.next.execute(f"DROP TABLE IF EXISTS {table}")
        SearchState.objects.filter(pk=1).update(building=False)

    # --- Finding

    def _plan(self, tree: Node) -> Plan:
        plan = SqlitePlanner().plan(tree)
        known = plan.index or plan.rare
        return plan if known else replace(plan, index=Condition(EVERY))

    def _scan(self, plan: Plan, limit: int, after: Key | None) -> list[Row]:
        return self.store.find(plan, limit, after)


def _changed(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    known = dict(
        SearchEntry.objects.filter(
            article__in=[d.article for d in documents]
        ).values_list("article_id", "digest")
    )
    return [
        d
        for d in documents
        if d.article not in known or known[d.article] != digest_of(d)
    ]

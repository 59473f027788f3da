"""The index on SQLite: a contentless FTS5 table of pairs and singles.

A string is a phrase of its pairs; FTS5 reads matches by rowid, newest first, so the
first page costs the same in any collection.  A contentless table cannot delete without
being told the old tokens exactly (SQLite before 3.43), and a wrong word there corrupts
it silently.  So nothing is deleted: an entry gives the article its rowid, a new version
gets a new one, and rows without an entry are dead until ``rebuild_search``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import F

from articles.models import SearchEntry, SearchState
from articles.search.base import (
    Row,
    SearchIndex,
    digest_of,
    entry_of,
    mark_built,
    state,
)
from articles.search.document import SearchDocument, load_documents
from articles.search.facets import ANY
from articles.search.places import MAX_SERIAL
from articles.search.plan import Condition, Plan
from articles.search.query import Node
from articles.search.sqlite_plan import WORDS, SqlitePlanner, quoted
from articles.search.tokens import pairs

NEXT_WORDS = "articles_searchwords_next"
ENTRIES = SearchEntry._meta.db_table
NEXT_ENTRIES = "articles_searchentry_next"
_COLUMNS = "id, article_id, place, facets, common, folded, digest"
# Stands between two runs that would else read as one: 放管|管服 is no 放管服.
_SEAM = "seam"
_MERGE_PAGES = 1000  # of FTS5's pages, so that a writer waits about a second at most


class SerialsUsedUp(RuntimeError):
    """After 134 million changed articles: time for ``rebuild_search``."""


class SqliteIndex(SearchIndex):
    def create_tables(self) -> None:
        self._execute(_create_words(WORDS))

    def drop_tables(self) -> None:
        self._execute(f"DROP TABLE IF EXISTS {WORDS}")
        self._drop_next()

    def has_tables(self) -> bool:
        return bool(
            self._fetch("SELECT 1 FROM sqlite_master WHERE name = %s", (WORDS,))
        )

    def size(self) -> int:
        return 0

    def _lock(self, article_ids: Sequence[int]) -> None:
        """The transaction is this database's only writer."""

    def _put(self, documents: Sequence[SearchDocument]) -> None:
        building = self._state().building
        changed = _changed(documents)
        self._insert(changed, ENTRIES, WORDS, "serial")
        if building:
            self._insert(changed, NEXT_ENTRIES, NEXT_WORDS, "next_serial")

    def _drop(self, article_ids: Sequence[int]) -> None:
        SearchEntry.objects.filter(article__in=article_ids).delete()
        if self._state().building:
            self._forget(NEXT_ENTRIES, article_ids)

    def _insert(
        self,
        documents: Sequence[SearchDocument],
        entries: str,
        words: str,
        counter: str,
    ) -> None:
        if not documents:
            return
        first = self._reserve(counter, len(documents))
        numbered = [(entry_of(d, first + n), d) for n, d in enumerate(documents)]
        # FTS5 takes rising rowids without flushing what it has in memory.
        numbered.sort(key=lambda pair: pair[0].id)
        self._forget(entries, [document.article for document in documents])
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {entries} ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [
                    (e.id, e.article_id, e.place, e.facets, e.common, "", e.digest)
                    for e, _ in numbered
                ],
            )
            cursor.executemany(
                f"INSERT INTO {words} (rowid, words) VALUES (%s, %s)",
                [(entry.id, _indexed(document)) for entry, document in numbered],
            )

    def _forget(self, entries: str, article_ids: Sequence[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {entries} WHERE article_id = %s",
                [(pk,) for pk in article_ids],
            )

    def _reserve(self, counter: str, count: int) -> int:
        SearchState.objects.filter(pk=1).update(**{counter: F(counter) + count})
        last: int = SearchState.objects.values_list(counter, flat=True).get(pk=1)
        if last > MAX_SERIAL:
            raise SerialsUsedUp(
                "the search index is full of old versions: run rebuild_search"
            )
        return last - count

    def _state(self) -> SearchState:
        """Without the row the numbering is unknown, and old rowids must not be met again."""
        if (found := SearchState.objects.first()) is None:
            self._execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('delete-all')")
            SearchEntry.objects.all().delete()
            return state()
        return found

    # --- Rebuilding: a second index is filled beside the first, then takes its place.

    def _begin_rebuild(self) -> None:
        with transaction.atomic(using=self.connection.alias):
            self._drop_next()
            self.create_tables()
            self._state()
            self._execute(_create_words(NEXT_WORDS))
            self._execute(
                f"CREATE TABLE {NEXT_ENTRIES} AS SELECT {_COLUMNS} FROM {ENTRIES} WHERE 0"
            )
            self._execute(
                f"CREATE UNIQUE INDEX {NEXT_ENTRIES}_article ON {NEXT_ENTRIES} (article_id)"
            )
            SearchState.objects.filter(pk=1).update(building=True, next_serial=0)

    def _rebuild_batch(self, article_ids: Sequence[int]) -> None:
        """What an editor saved since the start is in the new index already."""
        with transaction.atomic(using=self.connection.alias):
            there = {
                pk
                for (pk,) in self._fetch(
                    f"SELECT article_id FROM {NEXT_ENTRIES} WHERE article_id BETWEEN %s AND %s",
                    (min(article_ids), max(article_ids)),
                )
            }
            documents = list(
                load_documents([pk for pk in article_ids if pk not in there])
            )
            self._insert(documents, NEXT_ENTRIES, NEXT_WORDS, "next_serial")

    def _finish_rebuild(self) -> None:
        for _ in self._merged():
            pass
        with transaction.atomic(using=self.connection.alias):
            self._execute(f"DROP TABLE {WORDS}")
            self._execute(f"ALTER TABLE {NEXT_WORDS} RENAME TO {WORDS}")
            self._execute(f"DELETE FROM {ENTRIES}")
            self._execute(
                f"INSERT INTO {ENTRIES} ({_COLUMNS}) SELECT {_COLUMNS} FROM {NEXT_ENTRIES}"
            )
            self._execute(f"DROP TABLE {NEXT_ENTRIES}")
            SearchState.objects.filter(pk=1).update(
                building=False, serial=F("next_serial")
            )
            mark_built()

    def _merged(self) -> Iterator[int]:
        """Merges the new index into one segment, a piece at a time."""
        pages = -_MERGE_PAGES  # negative: begin a merge of everything
        while True:
            with transaction.atomic(using=self.connection.alias):
                before = self._changes()
                self._execute(
                    f"INSERT INTO {NEXT_WORDS} ({NEXT_WORDS}, rank) VALUES ('merge', {pages})"
                )
                if self._changes() - before < 2:
                    return
            pages = _MERGE_PAGES
            yield 1

    def _changes(self) -> int:
        [(changes,)] = self._fetch("SELECT total_changes()")
        return changes

    def _drop_next(self) -> None:
        self._execute(f"DROP TABLE IF EXISTS {NEXT_WORDS}")
        self._execute(f"DROP TABLE IF EXISTS {NEXT_ENTRIES}")
        SearchState.objects.filter(pk=1).update(building=False)

    # --- Finding

    def _plan(self, tree: Node) -> Plan:
        plan = SqlitePlanner().plan(tree)
        return plan if plan.index else replace(plan, index=Condition(quoted(ANY)))

    def _scan(self, plan: Plan, limit: int, below: int | None) -> list[Row]:
        bound = " AND w.rowid <= %s" if below is not None else ""
        found = _select(plan, bound, () if below is None else (below,))
        return self._rows(
            Condition(
                f"{found.text} ORDER BY w.rowid DESC LIMIT %s", (*found.params, limit)
            )
        )

    def _scan_range(self, plan: Plan, low: int, high: int) -> list[Row]:
        return self._rows(_select(plan, " AND w.rowid BETWEEN %s AND %s", (low, high)))

    def _execute(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def _fetch(
        self, statement: str, params: Sequence[object] = ()
    ) -> list[tuple[int, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall()


def _create_words(name: str) -> str:
    # ascii: every character beyond ASCII belongs to a token, whatever SQLite's Unicode
    # tables know of it.  columnsize=0: nothing here is ranked by length.
    return (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING "
        "fts5(words, content='', columnsize=0, detail=full, tokenize='ascii')"
    )


def _changed(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    known = dict(
        SearchEntry.objects.filter(
            article__in=[d.article for d in documents]
        ).values_list("article_id", "digest")
    )
    return [d for d in documents if known.get(d.article) != digest_of(d)]


def _indexed(document: SearchDocument) -> str:
    tokens: list[str] = []
    last = ""
    for run in (*document.runs, *document.field_runs):
        if len(run) > 1:
            tokens += [_SEAM, *pairs(run)] if run[0] == last else pairs(run)
            last = run[-1]
    return " ".join([*tokens, *document.singles, document.facets])


def _select(plan: Plan, bound: str, params: Sequence[int]) -> Condition:
    assert plan.index
    check = f" AND ({plan.check.text})" if plan.check else ""
    return Condition(
        f"SELECT e.id, e.place, e.article_id, e.facets FROM {WORDS} w "
        f"CROSS JOIN {ENTRIES} e ON e.id = w.rowid WHERE w.words MATCH %s{bound}{check}",
        (plan.index.text, *params, *(plan.check.params if plan.check else ())),
    )

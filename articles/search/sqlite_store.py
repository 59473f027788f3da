"""One index in SQLite: two tables of words, entries, and which of its rows are sorted.

There are two while ``rebuild_search`` runs: the one in use, and the next.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import SearchEntry, SearchState
from articles.search.base import Row, digest_of, entry_of
from articles.search.document import SearchDocument
from articles.search.places import Key, key_of
from articles.search.plan import Condition, Plan, joined
from articles.search.segments import OLDEST, Segment, grown, loaded, stored
from articles.search.sqlite_plan import RARE, WORDS, has, members
from articles.search.tokens import (
    FACET,
    IN_A_FIELD,
    Chain,
    chain_of,
    common_place,
    linked,
)

ENTRIES, STATE = SearchEntry._meta.db_table, SearchState._meta.db_table
COLUMNS = "id, article_id, rank, place, facets, common, folded, sound, initials, digest"

MANY = 5000  # articles; whether it is more is not asked
FIRST_SPAN = 32_768  # row numbers that a search looks at first


class Store:
    """``prefix`` names the tables' and the counters' variant: "" or "next_"."""

    def __init__(self, connection: BaseDatabaseWrapper, prefix: str = "") -> None:
        self.connection = connection
        self.prefix = prefix
        self.words, self.rare, self.entries = (
            f"{table}{prefix and '_next'}" for table in (WORDS, RARE, ENTRIES)
        )

    def create(self) -> None:
        # ascii: every character beyond ASCII belongs to a token, whatever SQLite's
        # Unicode tables know of it.  columnsize=0: nothing is ranked by length.
        # detail=none: of what is rare no position is kept, a third of the whole index.
        for table, detail in ((self.words, "full"), (self.rare, "none")):
            self.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5("
                f"words, content='', columnsize=0, detail={detail}, tokenize='ascii')"
            )

    def create_entries(self) -> None:
        self.execute(
            f"CREATE TABLE {self.entries} AS SELECT {COLUMNS} FROM {ENTRIES} WHERE 0"
        )
        for column in ("id", "article_id"):
            self.execute(
                f"CREATE UNIQUE INDEX {self.entries}_{column} ON {self.entries} ({column})"
            )

    def put(self, documents: Sequence[SearchDocument]) -> None:
        """Gives the documents new rows; their old ones, if any, are dead from now on."""
        if not documents:
            return
        numbered = self._numbered(documents)
        self.forget([document.article for document in documents])
        self._many(
            f"INSERT INTO {self.entries} ({COLUMNS}) "
            "VALUES (%s, %s, %s, %s, %s, %s, '', %s, %s, %s)",
            [
                (e.id, e.article_id, e.rank, e.place, e.facets, e.common)
                + (e.sound, e.initials, e.digest)
                for e, _ in numbered
            ],
        )
        for table, words_of in self._tables():
            self._many(
                f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)",
                [(entry.id, words_of(document)) for entry, document in numbered],
            )

    def move(self, documents: Sequence[SearchDocument]) -> None:
        """The same for documents that are indexed already: of these the old rows go.

        FTS5 must be told the very words it forgets, so a document that has changed
        since it was indexed leaves a dead row instead.
        """
        places = ", ".join(["%s"] * len(documents))
        known = self.fetch(
            f"SELECT article_id, id, digest FROM {self.entries} WHERE article_id IN ({places})",
            [document.article for document in documents],
        )
        rows = {article: (number, digest) for article, number, digest in known}
        same = [
            document
            for document in documents
            if document.article in rows
            and rows[document.article][1] == digest_of(document)
        ]
        for table, words_of in self._tables():
            self._many(
                f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', %s, %s)",
                [(rows[d.article][0], words_of(d)) for d in same],
            )
        self.put(documents)

    def forget(self, article_ids: Sequence[int]) -> None:
        self._many(
            f"DELETE FROM {self.entries} WHERE article_id = %s",
            [(pk,) for pk in article_ids],
        )

    def _tables(self) -> Iterator[tuple[str, Callable[[SearchDocument], str]]]:
        yield self.words, indexed_words
        yield self.rare, rare_words

    def segments(self) -> list[Segment]:
        found = self.fetch(f"SELECT {self.prefix}segments FROM {STATE}")
        return loaded(json.loads(found[0][0]) if found else [])

    def begin_segment(self) -> None:
        """What is put next begins a segment of its own, however small."""
        serial = f"{self.prefix}serial"
        last: int = SearchState.objects.values_list(serial, flat=True).get(pk=1)
        self.keep_segments([*self.segments(), Segment(last + 1, last, OLDEST)])

    def keep_segments(self, segments: list[Segment]) -> None:
        values = {f"{self.prefix}segments": stored(segments)}
        SearchState.objects.filter(pk=1).update(**values)

    def find(self, plan: Plan, limit: int, after: Key | None) -> list[Row]:
        self.connection.ensure_connection()
        self.connection.connection.create_function("yuelan_has", -1, has)
        begun = self._begun_with_fewer(plan)
        if begun is None:
            return []
        found = [self._in(s, begun, limit, after) for s in self.segments()]
        if len(found) == 1:
            return found[0][:limit]
        return list(islice(heapq.merge(*found, key=_key, reverse=True), limit))

    def _begun_with_fewer(self, plan: Plan) -> Plan | None:
        """Of a string whose rare pairs stand in more articles than its others, the others
        first: of all that is found the text is read, and that costs the most.

        None where none has all of the one kind.
        """
        if not (plan.rare and plan.narrow):
            return plan
        rare = self._count(self.rare, plan.rare, MANY)
        others = self._count(self.words, plan.narrow, rare) if rare else 0
        if not others:
            return None
        if others == rare:
            return plan
        index = joined("AND", [c for c in (plan.index, plan.narrow) if c])
        checks = [c for c in (plan.check, members(RARE, plan.rare.text)) if c]
        return replace(plan, index=index, check=joined("AND", checks), rare=None)

    def _count(self, table: str, expression: Condition, most: int) -> int:
        found = self.fetch(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s LIMIT {most}",
            (expression.text,),
        )
        return len(found)

    def execute(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def fetch(
        self, statement: str, params: Sequence[Any] = ()
    ) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall()

    def _numbered(
        self, documents: Sequence[SearchDocument]
    ) -> list[tuple[SearchEntry, SearchDocument]]:
        """New row numbers, the oldest document first, and the segments they fall into."""
        numbered = [(entry_of(document, 0), document) for document in documents]
        keyed = sorted(
            ((key_of(e.rank, e.place, e.article_id), e, d) for e, d in numbered),
            key=lambda item: item[0],
        )
        serial = f"{self.prefix}serial"
        last: int = SearchState.objects.values_list(serial, flat=True).get(pk=1)
        for number, (_, entry, _) in enumerate(keyed, last + 1):
            entry.id = number
        SearchState.objects.filter(pk=1).update(**{serial: last + len(keyed)})
        self.keep_segments(
            grown(self.segments(), last + 1, [key for key, _, _ in keyed])
        )
        return [(entry, document) for _, entry, document in keyed]

    def _in(
        self, segment: Segment, plan: Plan, limit: int, after: Key | None
    ) -> list[Row]:
        """The segment's matches, the first result first."""
        if segment.newest is None:
            rows = self._matches(plan, segment.low, segment.high)
            older = (row for row in rows if after is None or row.key < after)
            return sorted(older, key=_key, reverse=True)
        if (high := self._last_before(segment, after)) is None:
            return []
        found: list[Row] = []
        for span in _spans(segment.low, high):
            order = f" ORDER BY w.rowid DESC LIMIT {limit - len(found)}"
            found += self._matches(plan, *span, order)
            if len(found) >= limit:
                break
        return found

    def _matches(self, plan: Plan, low: int, high: int, order: str = "") -> list[Row]:
        conditions = [plan.check] if plan.check else []
        if plan.rare and plan.index:
            conditions.insert(0, members(WORDS, plan.index.text))
        table, first = (self.rare, plan.rare) if plan.rare else (self.words, plan.index)
        assert first
        statement = (
            "WITH span(low, high) AS (VALUES (%s, %s)) "
            f"SELECT e.rank, e.place, e.article_id, e.facets FROM {table} w "
            f"CROSS JOIN {self.entries} e ON e.id = w.rowid WHERE w.{table} MATCH %s "
            "AND w.rowid BETWEEN (SELECT low FROM span) AND (SELECT high FROM span)"
            + "".join(f" AND ({condition.text})" for condition in conditions)
            + order
        )
        params: list[Any] = [low, high, first.text]
        params += [value for condition in conditions for value in condition.params]
        return list(map(Row._make, self.fetch(statement, params)))

    def _last_before(self, segment: Segment, after: Key | None) -> int | None:
        """The greatest row number in a sorted segment that is older than ``after``."""
        if after is None:
            return segment.high
        low, high, found = segment.low, segment.high, None
        while low <= high:
            middle = (low + high) // 2
            row = self.fetch(
                f"SELECT id, rank, place, article_id FROM {self.entries} "
                "WHERE id BETWEEN %s AND %s ORDER BY id LIMIT 1",
                (middle, high),
            )
            if row and key_of(*row[0][1:]) < after:
                found = row[0][0]
                low = found + 1
            else:
                high = middle - 1
        return found

    def _many(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def indexed_words(document: SearchDocument) -> str:
    """Facets, where a position takes one byte; the pairs whose order is kept; letters
    that begin no pair of a field.
    """
    facets = [FACET + facet for facet in document.facets.split(" ")]
    chain = _chain(document)
    words = [chain.words] if chain.words else []
    alone = sorted(letter for letter in chain.alone if letter >= IN_A_FIELD)
    return " ".join([*facets, *words, *alone])


def rare_words(document: SearchDocument) -> str:
    """Each once: the text's rare pairs, and what else must be a token: letters that
    begin no pair, and those that are not written as they fold.

    Of COMMON letters the entry's bits say that they are there.
    """
    chain = _chain(document)
    alone = {
        letter
        for letter in chain.alone
        if letter < IN_A_FIELD and common_place(letter) is None
    }
    return " ".join(sorted(chain.rare | alone | document.unfolded))


def _chain(document: SearchDocument) -> Chain:
    chain = linked(chain_of(document.head_runs), document.passage.chain)
    return linked(chain, chain_of(document.field_runs))


def _spans(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The row numbers from ``high`` down, each span twice as long as the one before.

    What a statement gathers before its first result grows with the rows it looks at, and
    of a string that stands in many articles the newest are enough.
    """
    length = FIRST_SPAN
    while high >= low:
        begin = max(low, high - length + 1)
        yield begin, high
        high, length = begin - 1, 2 * length


def _key(row: Row) -> Key:
    return row.key

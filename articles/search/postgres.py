"""The index on PostgreSQL: the folded text beside each entry, GIN over its pairs.

The pairs are not stored: the index is on a function of the text, ``yuelan_pairs``,
whose keys are two code points in one integer.  It finds the articles that have all pairs
of a string; ``strpos`` on the stored text then says whether they follow one another.
Everything compares code points (``COLLATE "C"``), so the database's locale has no say.

The stored text is written in an alphabet of its own (``tokens.swapped``): for the commonest
characters stand those that no folded text has and UTF-8 spells in one byte, the rest of
the COMMON ones change places with letters that it spells in two; that makes the text
near half as long.  Nobody reads it but the index.  A character that is not among them is
a key of its own too, so that it is found alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from articles.models import SearchEntry
from articles.search.base import (
    Row,
    SearchIndex,
    digest_of,
    entry_of,
    mark_built,
    state,
)
from articles.search.document import SearchDocument, load_documents
from articles.search.folding import BREAK
from articles.search.places import Key
from articles.search.plan import Condition, Plan, Planner, all_of, joined
from articles.search.query import Node, Phrase, Term
from articles.search.tokens import (
    SWAP,
    TWO_BYTES,
    Field,
    common_place,
    shifted,
    swapped,
)

ENTRIES = SearchEntry._meta.db_table
_COLUMNS = [field.attname for field in SearchEntry._meta.concrete_fields]
INDEX, ORDER = "articles_searchentry_words", "articles_searchentry_order"
# One exclusive holder rebuilds a batch; those who index hold it together.
LOCK = 0x7975656C  # "yuel"
SINGLE = "\x02"  # before a letter as it was written, where the text has it folded
SAMPLE, DENSE = 100, 40  # of the newest 100 entries 40 match: walk rather than sort
# Memory to build the index in, in bytes for a byte of the entries (4.7 would hold it all,
# see ``_room_to_build``); no more than a small server can spare.
_MEMORY_SHARE, _LEAST_KB, _MOST_KB = 2.7, 32 * 1024, 512 * 1024

# An integer for a pair.  Of two COMMON characters, or of SINGLE and another: their code
# points, and no other pair has it.  Of any other pair one of 262,144 numbers (in the
# place of the surrogates, which no text has): they are a crowd of which each is rare, and
# a key of its own takes ten times what a place in a shared one does.
_LIMIT, _PAIR, _HASHED = TWO_BYTES + len(SWAP), 0x10000, 0xD8000000
_MIX, _SPREAD, _FEW, _HASH = 40503, 2654435761, 0x7FFFFFFF, 0x3FFFF
_CODED = (
    f"({{0}} BETWEEN {TWO_BYTES} AND {_LIMIT - 1} "
    "OR {0} < 97 OR {0} BETWEEN 123 AND 127)"
)
_NUMBER = (
    f"{_HASHED} + (((({{a}} * {_MIX} + {{b}}) & {_FEW}) * {_SPREAD}) >> 13 & {_HASH})"
)
# Of each pair a key; of each character but digits and the COMMON ones another, as of
# SINGLE and it.  The last character has NULL behind it.
_FUNCTION = rf"""
CREATE OR REPLACE FUNCTION yuelan_pairs(folded text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
    SELECT coalesce(array_agg((CASE
            WHEN ({_CODED.format("a")} AND {_CODED.format("b")} OR a = 2) AND b < {_PAIR}
            THEN a * {_PAIR} + b ELSE {_NUMBER.format(a="a", b="b")} END)::bit(32)::integer)
            FILTER (WHERE a <> 10 AND b NOT IN (2, 10)), '{{}}')
        || coalesce(array_agg((CASE WHEN a < {_PAIR} THEN 2 * {_PAIR} + a
            ELSE {_NUMBER.format(a=2, b="a")} END)::bit(32)::integer)
            FILTER (WHERE NOT {_CODED.format("a")}), '{{}}')
    FROM (SELECT string_to_array(folded, NULL) AS c) AS letters,
         unnest(c, c[2:]) AS pair(first, second),
         LATERAL (SELECT ascii(first)::bigint AS a, ascii(second)::bigint AS b) AS codes
$$
"""
_ORDER = "rank DESC, place, article_id"
_FACETS = "string_to_array(facets, ' ') COLLATE \"C\""


class PostgresIndex(SearchIndex):
    def create_tables(self) -> None:
        self._execute(_FUNCTION)
        # Chinese text hardly shrinks under pglz, and reading it back would cost more.
        self._execute(f"ALTER TABLE {ENTRIES} ALTER COLUMN folded SET STORAGE EXTERNAL")
        self._execute(
            f"CREATE INDEX IF NOT EXISTS {ORDER} ON {ENTRIES} (rank DESC, place, article_id)"
        )
        self._create_index()

    def _create_index(self, concurrently: str = "") -> None:
        with self._room_to_build():
            self._execute(
                f"CREATE INDEX {concurrently} IF NOT EXISTS {INDEX} ON {ENTRIES} "
                f"USING gin (yuelan_pairs(folded), ({_FACETS})) WITH (fastupdate = off)"
            )
        # ANALYZE would compute the pairs of 30,000 texts, and no plan asks for them.
        self._execute(f"ALTER INDEX {INDEX} ALTER COLUMN 1 SET STATISTICS 0")

    @contextmanager
    def _room_to_build(self) -> Iterator[None]:
        """Memory for a little more than half of all pairs, and no second process.

        PostgreSQL gathers pairs in memory and then adds them to the index in the order
        of their keys.  A page that is full it splits in the middle: added all at once,
        or by processes that sort them first, they leave every page half empty.  What is
        gathered in a second turn fills the pages up.
        """
        size = int(self._value("SELECT pg_table_size(%s::regclass)", (ENTRIES,)))
        room = min(max(int(size * _MEMORY_SHARE / 1024), _LEAST_KB), _MOST_KB)
        self._execute(f"SET maintenance_work_mem = {room}")
        self._execute("SET max_parallel_maintenance_workers = 0")
        yield
        # After an error the transaction undoes both, or the command ends.
        self._execute("RESET max_parallel_maintenance_workers")
        self._execute("RESET maintenance_work_mem")

    def drop_tables(self) -> None:
        self._execute(f"DROP INDEX IF EXISTS {INDEX}, {ORDER}")
        self._execute("DROP FUNCTION IF EXISTS yuelan_pairs(text)")

    def has_tables(self) -> bool:
        return bool(self._value("SELECT to_regclass(%s) IS NOT NULL", (INDEX,)))

    def tidy(self) -> None:
        """An index keeps the order of results, whatever the order of imports."""

    def _lock(self, article_ids: Sequence[int]) -> None:
        """A second transaction then reads the blocks as the first has left them."""
        self._execute(f"SELECT pg_advisory_xact_lock_shared({LOCK})")
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM articles_article WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
                (list(article_ids),),
            )

    def _put(self, documents: Sequence[SearchDocument]) -> None:
        state()
        known = dict(
            SearchEntry.objects.filter(
                article__in=[d.article for d in documents]
            ).values_list("article_id", "digest")
        )
        self._write(
            [
                _entry(d)
                for d in documents
                if d.article not in known or known[d.article] != digest_of(d)
            ]
        )

    def _write(self, entries: Sequence[SearchEntry]) -> None:
        SearchEntry.objects.filter(article__in=[e.article_id for e in entries]).delete()
        SearchEntry.objects.bulk_create(entries)

    def _drop(self, article_ids: Sequence[int]) -> None:
        SearchEntry.objects.filter(article__in=article_ids).delete()

    # --- Rebuilding: every entry is compared with what it should be, and its words are
    # indexed anew; readers see each old or new, never none.

    def _begin_rebuild(self) -> None:
        """Nothing is found in an empty index, and to fill one takes thrice as long."""
        self.create_tables()
        state()
        if not SearchEntry.objects.exists():
            self._execute(f"DROP INDEX {INDEX}")

    def _rebuild_batch(self, article_ids: Sequence[int]) -> None:
        with transaction.atomic(using=self.connection.alias):
            # Whoever holds the shared lock has changed articles and not yet committed.
            self._execute(f"SELECT pg_advisory_xact_lock({LOCK})")
            wanted = map(_entry, load_documents(article_ids))
            there = set(map(_values, _entries_of(article_ids)))
            # A row written again leaves the old one behind: half of the table, in the end.
            self._write([entry for entry in wanted if _values(entry) not in there])

    def _finish_rebuild(self) -> None:
        self._execute(
            f"DELETE FROM {ENTRIES} e WHERE NOT EXISTS (SELECT 1 FROM articles_article a "
            "WHERE a.id = e.article_id AND NOT a.withdrawn)"
        )
        if not self.has_tables():
            self._create_index(
                "" if self.connection.in_atomic_block else "CONCURRENTLY"
            )
        elif not self.connection.in_atomic_block:
            with self._room_to_build():
                self._execute(f"REINDEX INDEX CONCURRENTLY {INDEX}")
        mark_built()

    # --- Finding

    def _plan(self, tree: Node) -> Plan:
        return PostgresPlanner().plan(tree)

    def _scan(self, plan: Plan, limit: int, after: Key | None) -> list[Row]:
        bound = _older_than(after)
        if plan.index is None or self._is_dense(plan, bound):
            return self._rows(_walk(plan, bound, limit))
        return self._rows(_sorted(plan, bound, limit))

    def _is_dense(self, plan: Plan, bound: Condition) -> bool:
        """Do so many of the newest match that walking finds enough of them soon?"""
        newest = _newest(bound)
        count = self._value(
            f"SELECT count(*) FROM ({newest.text} LIMIT {SAMPLE}) e WHERE {plan.truth.text}",
            (*newest.params, *plan.truth.params),
        )
        return int(count) >= DENSE

    def _execute(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def _value(self, statement: str, params: Sequence[Any] = ()) -> Any:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchone()[0]


class PostgresPlanner(Planner):
    """Index and check are SQL on an entry; a truth never asks the index's function."""

    def facets(self, tokens: tuple[str, ...]) -> Plan:
        has = Condition(f"{_FACETS} && %s::text[]", (list(tokens),))
        return Plan(has, None, has)

    def term(self, term: Term) -> Plan:
        run = shifted(term.run, term.field)
        if len(run) > 1:
            return _containing(run)
        if term.field is Field.TEXT and common_place(run) is not None:
            letter = swapped(run)  # nearly every article has it
            return _by_check(Condition("strpos(folded, %s) > 0", (letter,)))
        return _having(run)

    def phrase(self, phrase: Phrase) -> Plan:
        runs = [self.term(Term(run, phrase.field)) for run in phrase.runs]
        letters = [_containing(SINGLE + letter) for letter in phrase.unfolded]
        return all_of([*runs, *letters, _by_check(_printed(phrase))])


def folded_text(document: SearchDocument) -> str:
    written = "".join(SINGLE + letter for letter in sorted(document.unfolded))
    passage = [document.passage.swapped] if document.passage.text else []
    fields = swapped(BREAK.join([*document.field_runs, written]))
    return BREAK.join([*map(swapped, document.head_runs), *passage, fields])


def _entry(document: SearchDocument) -> SearchEntry:
    return entry_of(document, document.article, folded_text(document))


def _entries_of(article_ids: Sequence[int]) -> Iterable[SearchEntry]:
    return SearchEntry.objects.filter(article__in=article_ids)


def _values(entry: SearchEntry) -> tuple[object, ...]:
    """Every column, to compare what is there with what should be."""
    values = (getattr(entry, name) for name in _COLUMNS)
    return tuple(bytes(v) if isinstance(v, memoryview) else v for v in values)


def _containing(run: str) -> Plan:
    """Two COMMON characters are a pair: the index then knows for certain."""
    codes = [ord(letter) for letter in swapped(run)]
    return _found([*zip(codes, codes[1:], strict=False)], run)


def _having(letter: str) -> Plan:
    """One character, wherever it stands."""
    return _found([(ord(SINGLE), ord(swapped(letter)))], letter)


def _found(codes: Sequence[tuple[int, int]], run: str) -> Plan:
    """All the pairs, and the run; a pair that shares its key is not known for certain."""
    keys = [_key(*pair) for pair in codes]
    index = Condition("yuelan_pairs(folded) @> %s::integer[]", (keys,))
    truth = Condition("strpos(folded, %s) > 0", (swapped(run),))
    is_sure = len(codes) == 1 and _has_own_key(*codes[0])
    return Plan(index, None if is_sure else truth, truth)


def _key(a: int, b: int) -> int:
    """What ``yuelan_pairs`` makes of a pair."""
    number = ((a * _MIX + b & _FEW) * _SPREAD) >> 13 & _HASH
    key = a * _PAIR + b if _has_own_key(a, b) else _HASHED + number
    return key - (1 << 32) if key >= 1 << 31 else key


def _has_own_key(a: int, b: int) -> bool:
    return b < _PAIR and (a == ord(SINGLE) or _is_coded(a) and _is_coded(b))


def _is_coded(code: int) -> bool:
    """Does it stand for a COMMON character?"""
    return TWO_BYTES <= code < _LIMIT or code < 97 or 123 <= code <= 127


def _by_check(condition: Condition) -> Plan:
    return Plan(None, condition, condition)


def _older_than(after: Key | None) -> Condition:
    """The rows that follow a result."""
    if after is None:
        return Condition("TRUE")
    place, article = -after.minus_place, -after.minus_article
    return Condition(
        "rank <= %s AND (rank < %s OR (place, article_id) > (%s, %s))",
        (after.rank, after.rank, place, article),
    )


def _newest(bound: Condition) -> Condition:
    """Along the index of the order: the outer query reads no more than it needs."""
    return Condition(
        f"SELECT rank, place, article_id, facets, folded FROM {ENTRIES} "
        f"WHERE {bound.text} ORDER BY {_ORDER}",
        bound.params,
    )


def _walk(plan: Plan, bound: Condition, limit: int) -> Condition:
    newest = _newest(bound)
    return Condition(
        f"SELECT rank, place, article_id, facets FROM ({newest.text} OFFSET 0) e "
        f"WHERE {plan.truth.text} ORDER BY {_ORDER} LIMIT %s",
        (*newest.params, *plan.truth.params, limit),
    )


def _sorted(plan: Plan, bound: Condition, limit: int) -> Condition:
    """All that the index finds, newest first; the check stops when there are enough.

    No more is sorted than says the order, so that it stays in memory; the rest of a row
    is fetched by its place in the table when its turn comes.
    """
    assert plan.index
    found = joined("AND", [plan.index, bound])
    check = plan.check or Condition("TRUE")
    return Condition(
        f"SELECT e.rank, e.place, e.article_id, e.facets FROM (SELECT ctid AS at, "
        f"rank AS r, place AS p, article_id AS n FROM {ENTRIES} WHERE {found.text} "
        f"ORDER BY {_ORDER} OFFSET 0) s JOIN {ENTRIES} e ON e.ctid = s.at "
        f"WHERE {check.text} ORDER BY r DESC, p, n LIMIT %s",
        (*found.params, *check.params, limit),
    )


def _printed(phrase: Phrase) -> Condition:
    raw = phrase.raw
    title = (
        "EXISTS (SELECT 1 FROM articles_article a WHERE a.id = e.article_id AND "
        "strpos(concat_ws(chr(10), a.title, a.kicker, a.subtitle), %s) > 0)"
    )
    if phrase.field is Field.TITLE:
        return Condition(title, (raw,))
    blocks = (
        "EXISTS (SELECT 1 FROM articles_block b WHERE b.article_id = e.article_id AND "
        "(strpos(b.text, %s) > 0 OR strpos(replace(b.printed, chr(10), ''), %s) > 0))"
    )
    return Condition(f"{blocks} OR {title}", (raw,) * 3)

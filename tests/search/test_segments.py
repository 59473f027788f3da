"""SQLite's rows in segments: in order whatever came in when, and tidy again."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Block, SearchEntry
from articles.search import get_index
from articles.search.places import Key, key_of
from articles.search.query import Everything, parse_query
from articles.search.segments import Segment, grown, is_untidy, loaded, stored
from articles.search.upkeep import all_differing
from articles.search.window import Cursor, after, newest
from tests import factories as make
from tests.search.library import build_library

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way")
KEYS = st.lists(
    st.builds(Key, st.integers(0, 50), st.integers(-9, 0), st.integers(-9, 0)),
    min_size=1,
    max_size=9,
)


@given(st.lists(KEYS, max_size=30))
def test_a_sorted_segment_is_sorted(batches: list[list[Key]]) -> None:
    segments: list[Segment] = []
    rows: list[Key] = []
    for batch in batches:
        keys = sorted(batch)
        segments = grown(segments, len(rows) + 1, keys)
        rows += keys
    covered = [n for s in segments for n in range(s.low, s.high + 1)]
    assert covered == list(range(1, len(rows) + 1))
    for segment in segments:
        if segment.newest is not None:
            keys = rows[segment.low - 1 : segment.high]
            assert keys == sorted(keys)
            assert segment.newest == keys[-1]
    assert loaded(stored(segments)) == segments


def test_rising_batches_are_one_segment() -> None:
    segments: list[Segment] = []
    for n in range(1000):
        segments = grown(
            segments, 30 * n + 1, [Key(n, -place, 0) for place in range(30, 0, -1)]
        )
    assert len(segments) == 1
    assert not is_untidy(segments)


def test_edits_gather_in_one_segment() -> None:
    segments = grown([], 1, [Key(n, 0, 0) for n in range(1000)])
    chance = random.Random(1)
    for n in range(500):
        segments = grown(segments, 1001 + n, [Key(chance.randrange(1000), 0, 0)])
    assert len(segments) == 2
    assert not is_untidy(segments)


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("small", [1, 3, 15, 40])
def test_results_merge_from_many_segments(
    monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr("articles.search.segments.SMALL", small)
    library = build_library(seed=small)
    chance = random.Random(2)
    for book in chance.sample(library.books, 20):
        _edit(book.article.blocks.order_by("position")[0])
    index = get_index()
    assert len(index.store.segments()) > 1
    for text in ("", "的", "发展", "改革 -发展", "-的", '"，的"'):
        tree = parse_query(text).tree if text else Everything()
        assert tree
        whole = [row.article for row in newest(index, tree).rows]
        assert whole == library.find(tree)
        cursor, seen = None, []
        while len(seen) < len(whole):
            rows = after(index, tree, cursor, 7) if cursor else newest(index, tree).rows
            seen += [row.article for row in rows[:7]]
            cursor = Cursor.at(rows[:7][-1])
        assert seen == whole


def _edit(block: Block) -> None:
    """Another word at the end of what the library knows: none of its strings changes."""
    block.text += "。改"
    block.save()
    get_index().put_many([block.article_id])


@on_sqlite
@pytest.mark.django_db(transaction=True)
class TestTidying:
    def test_moved_rows_leave_nothing_behind(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.search.segments.SMALL", 20)
        monkeypatch.setattr("articles.search.segments.MOST_UNSORTED", 10)
        newer = make.make_issue(year=2021, number=1)
        big = [make.make_article(newer, text=f"同文{n}", position=n) for n in range(60)]
        get_index().put_many([article.pk for article in big])
        old = [
            make.make_article(
                make.make_issue(year=year, number=1), text=f"同文旧{year}"
            )
            for year in random.Random(3).sample(range(1900, 1990), 30)
        ]
        for article in old:
            get_index().put_many([article.pk])
        index = get_index()
        before = self._found(index)
        assert is_untidy(index.store.segments())
        index.tidy()
        segments = index.store.segments()
        assert not is_untidy(segments)
        assert all(segment.newest is not None for segment in segments)
        assert self._found(index) == before
        assert [pk for batch in all_differing() for pk in batch] == []
        assert self._rows_of_words(index) == SearchEntry.objects.count()
        self._assert_sorted(index)

    def test_mostly_loose_is_made_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.search.segments.MOST_UNSORTED", 10)
        for year in random.Random(4).sample(range(1900, 1990), 30):
            article = make.make_article(
                make.make_issue(year=year, number=1), text="同文"
            )
            get_index().put_many([article.pk])
        index = get_index()
        before = self._found(index)
        index.tidy()
        [segment] = index.store.segments()
        assert segment.newest is not None
        assert self._found(index) == before

    def test_tidy_is_left_alone(self) -> None:
        article = make.make_article(text="同文")
        get_index().put_many([article.pk])
        entry = SearchEntry.objects.values().get()
        get_index().tidy()
        assert SearchEntry.objects.values().get() == entry

    def test_an_edited_article_is_moved_without_its_old_words(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What changed unannounced must not corrupt the index when it is moved."""
        monkeypatch.setattr("articles.search.segments.MOST_UNSORTED", 0)
        monkeypatch.setattr("articles.search.segments.SMALL", 3)
        issue = make.make_issue(year=2021, number=1)
        articles = [
            make.make_article(issue, text=f"甲文{n}", position=n) for n in range(9)
        ]
        get_index().put_many([article.pk for article in articles])
        old = [
            make.make_article(make.make_issue(year=y, number=1), text="乙文")
            for y in (1950, 1940)
        ]
        for article in old:
            get_index().put_many([article.pk])
        Block.objects.filter(article=old[0]).update(text="丙文", printed="丙文")
        get_index().tidy()
        index = get_index()
        assert [r.article for r in index.scan(parse_query("丙文").tree, 9)] == [
            old[0].pk
        ]
        assert [r.article for r in index.scan(parse_query("乙文").tree, 9)] == [
            old[1].pk
        ]
        assert len(index.scan(parse_query("甲文").tree, 99)) == 9

    def _found(self, index: object) -> list[int]:
        return [row.article for row in newest(index, Everything()).rows]  # type: ignore[arg-type]

    def _rows_of_words(self, index: object) -> int:
        words = index.store.words  # type: ignore[attr-defined]
        [(count,)] = index.store.fetch(  # type: ignore[attr-defined]
            f"SELECT count(*) FROM {words} WHERE {words} MATCH '\"§any\"'"
        )
        return int(count)

    def _assert_sorted(self, index: object) -> None:
        for segment in index.store.segments():  # type: ignore[attr-defined]
            rows = SearchEntry.objects.filter(id__range=(segment.low, segment.high))
            keys = [
                key_of(*values)
                for values in rows.order_by("id").values_list(
                    "rank", "place", "article_id"
                )
            ]
            assert all(one < other for one, other in pairwise(keys))

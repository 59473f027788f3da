"""The index says what the articles say: after every change, through every rebuild."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles.models import Article, Block, SearchEntry, SearchState
from articles.search import get_index
from articles.search.query import Everything, SearchQuery, parse_query
from articles.search.suggest import suggest
from articles.search.upkeep import all_differing, differing, troubles
from articles.search.window import newest
from tests import factories as make

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's own way"
)


def found(text: str) -> list[int]:
    tree = parse_query(text).tree if text else Everything()
    assert tree
    return [row.article for row in newest(get_index(), tree).rows]


def put(**fields: Any) -> Article:
    article = make.make_article(**fields)
    get_index().put_many([article.pk])
    return article


@pytest.mark.django_db
def test_both_wordings_are_found_after_a_correction() -> None:
    article = put(text="奋发向士的精神")
    block = article.blocks.get()
    block.protect("text", block.text)
    block.text = "奋发向上的精神"
    block.save()
    get_index().put_many([article.pk])
    assert found("向士") == found("向上") == found('"奋发向士"') == [article.pk]


@pytest.mark.django_db
def test_a_corrected_title_is_found_by_both_in_the_title() -> None:
    article = put(title="末来之路")
    article.protect("title", article.title)
    article.title = "未来之路"
    article.save()
    get_index().put_many([article.pk])
    assert found("标题:末来") == found("标题:未来") == found("未来之路") == [article.pk]


@pytest.mark.django_db
def test_words_that_are_gone_are_no_longer_found() -> None:
    article = put(text="旧字在此")
    Block.objects.filter(article=article).update(text="新字在彼", printed="新字在彼")
    get_index().put_many([article.pk])
    assert (found("旧字"), found("新字")) == ([], [article.pk])


@pytest.mark.django_db
def test_what_a_transaction_takes_back_was_never_indexed() -> None:
    with transaction.atomic():
        put(text="昙花一现")
        assert found("昙花")
        transaction.set_rollback(True)
    assert found("昙花") == []


@pytest.mark.django_db
def test_dropping_and_deleting() -> None:
    first, second = put(text="甲乙丙丁"), put(text="甲乙丙丁")
    get_index().drop_many([first.pk, 10**12])
    assert found("乙丙") == [second.pk]
    Block.objects.filter(article=second).delete()
    second.delete()
    assert found("乙丙") == []
    assert not SearchEntry.objects.exists()


@pytest.mark.django_db
def test_indexing_the_same_again_changes_nothing() -> None:
    article = put(text="原封不动")
    entry = SearchEntry.objects.values().get()
    get_index().put_many([article.pk, article.pk])
    assert SearchEntry.objects.values().get() == entry


@pytest.mark.django_db
def test_many_versions_of_one_article_are_one_hit() -> None:
    article = put(text="第0版")
    for n in range(1, 30):
        Block.objects.filter(article=article).update(
            text=f"第{n}版", printed=f"第{n}版"
        )
        get_index().put_many([article.pk])
    assert found("第29版") == [article.pk]
    assert found("第28版") == []
    assert found("-第0版") == [article.pk]


@pytest.mark.django_db
def test_nothing_of_it_grows_with_the_index(django_assert_max_num_queries: Any) -> None:
    articles = [put(text=f"第{n}篇") for n in range(12)]
    with django_assert_max_num_queries(30):
        get_index().put_many([article.pk for article in articles])


@pytest.mark.django_db
def test_troubles_are_named() -> None:
    article = put(text="好好的")
    assert troubles() == []
    Block.objects.filter(article=article).update(text="改了没说", printed="改了没说")
    assert [t.code for t in troubles()] == ["stale"]
    assert differing([article.pk]) == [article.pk]
    get_index().put_many([article.pk])
    SearchState.objects.update(version="0")
    assert [t.code for t in troubles()] == ["version"]
    SearchState.objects.all().delete()
    SearchEntry.objects.all().delete()
    assert [t.code for t in troubles()] == ["stale"]
    get_index().drop_tables()
    assert [t.code for t in troubles()] == ["missing"]


@pytest.mark.django_db
def test_healthz_and_the_check_name_the_index(client: Any) -> None:
    from django.core import checks

    article = put(text="好好的")
    assert client.get("/healthz").json() == {"database": "ok", "search": "ok"}
    SearchEntry.objects.filter(article=article).delete()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["search"]) == (200, "stale")
    found = checks.run_checks(databases=["default"])
    assert "articles.W-search-stale" in [message.id for message in found]


@pytest.mark.django_db(transaction=True)
class TestRebuild:
    def test_it_makes_everything_anew(self) -> None:
        articles = [put(text=f"正文{n}，各不相同") for n in range(25)]
        hidden = put(text="撤下的正文")
        Article.objects.filter(pk=hidden.pk).update(withdrawn=True)
        Block.objects.filter(article=articles[0]).update(
            text="谁也没说", printed="谁也没说"
        )
        SearchEntry.objects.filter(article=articles[1]).delete()
        assert get_index().rebuild() == 25
        assert list(all_differing()) == [[]]
        assert troubles() == []
        assert found("谁也没说") == [articles[0].pk]
        assert sorted(found("")) == sorted(article.pk for article in articles)
        call_command("rebuild_search", "--check", verbosity=0)

    @on_postgresql
    def test_what_is_right_is_not_written_again(self) -> None:
        """A row that is replaced leaves its old self in the table."""
        right, wrong = put(text="好好的"), put(text="弄坏的")
        SearchEntry.objects.filter(article=wrong).update(folded="", sound=b"")
        rows = dict(_row_places())
        assert get_index().rebuild() == 2
        after = dict(_row_places())
        assert after[right.pk] == rows[right.pk]
        assert after[wrong.pk] != rows[wrong.pk]
        assert (found("好好"), found("弄坏")) == ([right.pk], [wrong.pk])

    def test_it_fills_an_empty_index(self) -> None:
        articles = [make.make_article(text=f"正文{n}，各不相同") for n in range(5)]
        titled = make.make_article(title="鹤鸣渡口", author_variants=["刘志军"])
        assert get_index().rebuild() == 6
        assert sorted(found("各不相同")) == sorted(a.pk for a in articles)
        assert troubles() == []
        for typed, text in (("hmd", "鹤鸣渡口"), ("lzj", "刘志军")):
            assert text in [s.text for s in suggest(get_index(), typed)]
        assert found("鹤鸣") == [titled.pk]

    def test_the_check_fails_on_one_difference(self) -> None:
        article = put(text="好好的")
        Block.objects.filter(article=article).update(
            text="改了没说", printed="改了没说"
        )
        with pytest.raises(CommandError, match=str(article.pk)):
            call_command("rebuild_search", "--check")

    def test_readers_read_and_editors_save_meanwhile(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.search.base.BATCH", 4)
        articles = [put(text=f"正文{n}，各不相同") for n in range(12)]
        seen: list[int] = []

        def meanwhile(done: int, total: int) -> None:
            seen.append(len(found("各不相同")))
            if done == 4:
                put(text="新来的，各不相同")
                for edited in (articles[0], articles[-1]):
                    Block.objects.filter(article=edited).update(
                        text="改过，各不相同", printed="改"
                    )
                    get_index().put_many([edited.pk])
                get_index().drop_many([articles[1].pk])
                Article.objects.filter(pk=articles[1].pk).update(withdrawn=True)

        get_index().rebuild(meanwhile)
        assert seen == [12, 12, 12]
        assert len(found("改过")) == 2
        assert len(found("各不相同")) == 12
        assert [pk for batch in all_differing() for pk in batch] == []

    def test_a_rebuild_that_died_is_begun_anew(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        article = put(text="正文在此")
        index = get_index()
        monkeypatch.setattr(type(index), "_finish_rebuild", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            index.rebuild()
        assert found("正文") == [article.pk]
        second = put(text="正文又一")
        monkeypatch.undo()
        get_index().rebuild()
        assert sorted(found("正文")) == [article.pk, second.pk]
        assert troubles() == []

    @on_sqlite
    def test_without_its_counter_the_index_begins_anew(self) -> None:
        """A table emptied by hand must not give old words to new articles."""
        put(text="旧正文")
        SearchState.objects.all().delete()
        SearchEntry.objects.all().delete()
        article = put(text="新文章")
        assert found("旧正") == []
        assert found("新文") == [article.pk]


def _row_places() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id, ctid::text FROM articles_searchentry")
        return cursor.fetchall()


@pytest.mark.django_db
def test_a_search_without_words_is_no_search() -> None:
    from articles.search.finder import find

    assert find(SearchQuery("", None)).articles == []

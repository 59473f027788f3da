"""Both engines find what a reading of every text finds, no more and no less, in order."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from articles.models import Article
from articles.search import get_index, sqlite_store
from articles.search.query import Node, Or, Term, parse_query
from articles.search.sqlite_store import Store
from articles.search.tokens import COMMON, Field
from articles.search.window import newest
from tests import factories as make
from tests.search.library import LONG, Library

pytestmark = pytest.mark.django_db


def found(tree: Node | None) -> list[int]:
    assert tree is not None
    window = newest(get_index(), tree)
    assert window.is_exact
    return [row.article for row in window.rows]


@pytest.mark.parametrize("length", range(1, 9))
def test_any_string_is_found_exactly(library: Library, length: int) -> None:
    for _ in range(60):
        tree = parse_query(library.string(length)).tree
        assert tree
        assert found(tree) == library.find(tree), tree


def test_strings_deep_in_a_long_article(library: Library) -> None:
    book = library.books[-1]
    assert len(book.folded) > LONG
    for _ in range(60):
        start = library.chance.randrange(16_383, len(book.folded) - 6)
        wanted = [run for run in book.folded[start : start + 6].split("\n") if run]
        for run in wanted:
            assert book.article.pk in found(Term(run)), run


@pytest.mark.parametrize("field", [Field.TITLE, Field.AUTHOR])
def test_fields_are_searched_exactly(library: Library, field: Field) -> None:
    for _ in range(40):
        book = library.chance.choice([b for b in library.books if b.authors])
        values = book.titles if field is Field.TITLE else book.authors
        text = Term("".join(library.chance.choice(values)[:2].split()), field)
        [*runs] = parse_query(text.run).wanted()
        for leaf in runs:
            tree = Term(leaf.run, field)
            assert found(tree) == library.find(tree), tree


def test_every_common_and_rare_character(library: Library) -> None:
    characters = sorted({c for book in library.books for c in book.folded} - {"\n"})
    rare = [c for c in characters if c not in COMMON]
    common = [c for c in characters if c in COMMON]
    for character in library.chance.sample(rare, 60) + library.chance.sample(
        common, 60
    ):
        assert found(Term(character)) == library.find(Term(character)), character


def test_a_string_that_spans_marks_means_all_of_its_runs(library: Library) -> None:
    for _ in range(60):
        book = library.chance.choice(library.books)
        text = library.chance.choice([t for t in book.texts if len(t) > 12])
        start = library.chance.randrange(len(text) - 8)
        cut = text[start : start + 8].translate({ord(c): "，" for c in '"＂-－:：'})
        tree = parse_query(cut).tree
        if tree is not None:
            assert book.article.pk in found(tree), cut
            assert found(tree) == library.find(tree), cut


@pytest.mark.parametrize("mark", ["，", "。", "（", "x", "·1·"])
def test_no_string_is_found_across_a_mark(mark: str) -> None:
    """发展|展望 is no 发展望, though its pairs follow one another."""
    texts = [f"发展{mark}展望", f"发展{mark}好{mark}展望", f"瀛寰{mark}寰宇"]
    articles = [make.make_article(title="甲", text=text) for text in texts]
    get_index().put_many([article.pk for article in articles])
    own = {article.pk for article in articles}
    for run in ("发展望", "瀛寰宇"):
        assert not own & set(found(Term(run)))
    assert (
        own & set(found(Term("发展")))
        == own & set(found(Term("展望")))
        == {article.pk for article in articles[:2]}
    )


def test_as_printed_means_as_printed(library: Library) -> None:
    for _ in range(80):
        book = library.chance.choice(library.books)
        text = library.chance.choice([t for t in book.texts if len(t) > 12])
        start = library.chance.randrange(len(text) - 9)
        raw = (
            text[start : start + library.chance.randint(2, 9)].replace('"', "").strip()
        )
        tree = parse_query(f'"{raw}"').tree
        if tree is not None:
            assert found(tree) == library.find(tree), raw


@pytest.mark.parametrize(
    "query",
    [
        "的 发展", "发展 -改革", "-发展", "-的", "的 -一 -发展", "发展 OR 改革", "发展 工作 OR 服务",
        "的 OR 乡村", "-的 OR 改革", '"，的" OR 发展', '-"、"', '发展 -"。"', "年:2019", "年:1998-2019",
        "年:2000-", "-年:2021", "年:-2000 OR 作者:王军", "作者:王军", "作者:军 -标题:发展", "刊:河石",
        "刊:日报 OR 刊:晚报", "栏目:时评 发展", "主题:康养", "主题:没有这个", "标题:的", "标题:\"，\"",
        "學習專欄", "学习专栏", "“学习、专栏”", "標題:學習", '"學習"', '"学习"', "目录所印", "标题:目錄",
        "ＰＭ２.5", "pm", '"PM"', "A-B", "底 -\"底\"", "年:2021 -刊:河石 的", "发展,工作", "NOT 发展 的",
    ],
)  # fmt: skip
def test_every_kind_of_query(library: Library, query: str) -> None:
    tree = parse_query(query).tree
    if tree is not None:
        assert found(tree) == library.find(tree)


def test_random_trees(library: Library) -> None:
    chance = random.Random(3)
    for _ in range(120):
        words = [
            library.string(chance.choice((1, 1, 2, 2, 3)))
            for _ in range(chance.randint(2, 5))
        ]
        pieces = [chance.choice(("", "", "-", "OR ")) + word for word in words]
        tree = parse_query(" ".join(pieces)).tree
        assert tree is not None
        assert found(tree) == library.find(tree), pieces


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way")
@pytest.mark.parametrize("first", [1, 7])
def test_any_string_is_found_in_however_many_spans(
    library: Library, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    monkeypatch.setattr(sqlite_store, "FIRST_SPAN", first)
    for length in (2, 3, 4, 8) * 15:
        tree = parse_query(library.string(length)).tree
        assert tree
        assert found(tree) == library.find(tree), tree


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way")
def test_a_search_that_begins_with_the_common_pairs(
    monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    """As in a large collection, where rare characters are not that rare after all."""
    asked: list[bool] = []

    def count(store: Store, table: str, expression: object, most: int) -> int:
        asked.append(table == store.words)
        return 1 if asked[-1] else 2

    monkeypatch.setattr(Store, "_count", count)
    chance = random.Random(4)
    for length in (3, 4, 5, 8) * 30:
        run, other = library.string(length), library.string(2)
        pattern = chance.choice(("{0}", "{0} {1}", "{0} -{1}", "{0} 年:2000-", '"{0}"'))
        tree = parse_query(pattern.format(run, other)).tree
        assert tree is not None
        assert found(tree) == library.find(tree), tree
    assert sum(asked) > 20


def test_a_whole_paragraph_finds_its_article(library: Library) -> None:
    for book in library.books[:30]:
        paragraph = max(book.texts, key=len)[:900].replace('"', "").replace("-", "")
        tree = parse_query(f"“{paragraph}”".replace("：", "，").replace(":", "，")).tree
        assert book.article.pk in found(tree)


def test_withdrawn_articles_are_nowhere(library: Library) -> None:
    book = library.books[0]
    run = max(book.folded.split("\n"), key=len)
    assert book.article.pk in found(Term(run))
    Article.objects.filter(pk=book.article.pk).update(withdrawn=True)
    get_index().put_many([book.article.pk])
    assert book.article.pk not in found(Or((Term(run), Term("的"))))

"""A reader's words as a tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import (
    MAX_LENGTH,
    And,
    Named,
    Not,
    Or,
    Phrase,
    QueryTooLong,
    Term,
    Years,
    parse_query,
)  # fmt: skip
from articles.search.tokens import Field

A, B, C = Term("甲"), Term("乙"), Term("丙")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("甲", A),
        ("甲 乙", And((A, B))),
        ("甲　乙", And((A, B))),
        ("甲 AND 乙", And((A, B))),
        ("甲 OR 乙", Or((A, B))),
        ("甲 乙 OR 丙", And((A, Or((B, C))))),
        ("OR 甲 OR", A),
        ("甲 or 乙", And((A, Term("or"), B))),
        ("甲 -乙", And((A, Not(B)))),
        ("甲 NOT 乙", And((A, Not(B)))),
        ("甲-乙", And((A, B))),
        ("-甲 OR 乙", Or((Not(A), B))),
        ("甲，乙", And((A, B))),
        ("甲甲", Term("甲甲")),
        ('"甲，乙"', Phrase("甲，乙")),
        ('丙"甲，乙"', And((C, Phrase("甲，乙")))),
        ("＂甲＂", Phrase("甲")),
        ("“甲”", A),
        ('甲"乙', Term("甲乙")),
        ('""', None),
        ('"，"', None),
        ("标题:甲", Term("甲", Field.TITLE)),
        ("標題：甲", Term("甲", Field.TITLE)),
        ("Title:甲", Term("甲", Field.TITLE)),
        ('标题:"甲、"', Phrase("甲、", Field.TITLE)),
        (
            "作者:甲 author:乙",
            And((Term("甲", Field.AUTHOR), Term("乙", Field.AUTHOR))),
        ),
        ("栏目:甲", Named("section", ("甲",))),
        ("section:甲", Named("section", ("甲",))),
        ("主题:甲", Named("topic", ("甲",))),
        ("topic:甲", Named("topic", ("甲",))),
        ('刊:"甲 乙"', Named("publication", ("甲乙",))),
        ("publication:甲", Named("publication", ("甲",))),
        ("-刊:甲", Not(Named("publication", ("甲",)))),
        ("年:2019", Years(2019, 2019)),
        ("year:2019-2021", Years(2019, 2021)),
        ("年：２０１９至２０２１", Years(2019, 2021)),
        ("年:2019..2021", Years(2019, 2021)),
        ("年:2019-", Years(2019, 9999)),
        ("年:-2019", Years(1, 2019)),
        ("年:2021-2019", Years(2019, 2021)),
        ("年:甲", And((Term("年"), A))),
        ("年:", Term("年")),
        ("时间:甲", And((Term("时间"), A))),
        ("，。！", None),
        ("", None),
        ("\0", None),
    ],
)
def test_parsing(text: str, tree: object) -> None:
    assert parse_query(text).tree == tree


def test_what_is_too_long_is_refused() -> None:
    parse_query("甲" * MAX_LENGTH)
    for text in ("甲" * (MAX_LENGTH + 1), "甲 乙 丙 丁 戊 己 " * 20):
        with pytest.raises(QueryTooLong):
            parse_query(text)


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from('甲乙"＂-:： OR AND NOT年标题作者*()^'), st.characters()
        )
    )
)
def test_nothing_that_can_be_typed_is_an_error(text: str) -> None:
    tree = parse_query(text[:200]).tree
    assert tree is None or tree == parse_query(text[:200]).tree


def test_what_a_hit_shows_is_what_was_not_excluded() -> None:
    query = parse_query('甲 -乙 (丙 OR 标题:丁) "戊，"')
    assert [getattr(leaf, "run", None) or leaf.raw for leaf in query.wanted()] == [
        "甲",
        "丙",
        "丁",
        "戊，",
    ]

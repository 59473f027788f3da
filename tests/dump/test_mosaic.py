"""A page of loose pieces reads the same however its columns were shuffled."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from articles.dump import parse_dump
from articles.dump.affinity import affinities
from articles.dump.fluency import shipped

PAGE = Path(__file__).parent / "cases" / "page-of-loose-pieces" / "in.txt"
TOP, FOOT = 3, 1  # lines of the page itself, above and below its pieces


def _pieces() -> tuple[list[str], list[list[str]], list[str]]:
    """The page's own lines, and between them the groups that were printed together."""
    lines = PAGE.read_text(encoding="utf-8").strip().split("\n\n")
    body = lines[TOP:-FOOT]
    return (
        lines[:TOP],
        [body[:2], body[2:4], body[4:7], body[7:10], body[10:]],
        lines[-FOOT:],
    )


def _texts(page: str) -> set[tuple[str, ...]]:
    found = parse_dump(page.encode(), source="page")
    return {
        tuple(block.text for block in article.blocks if block.role.value == "paragraph")
        for article in found.articles
    }


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_of_the_columns_does_not_matter(order: tuple[int, ...]) -> None:
    top, groups, foot = _pieces()
    shuffled = [line for n in order for line in groups[n]] + groups[4]
    assert _texts("\n\n".join(top + shuffled + foot)) == _texts(
        PAGE.read_text(encoding="utf-8")
    )


def test_a_word_and_a_phrase_run_on_and_a_chance_meeting_does_not() -> None:
    known = shipped()
    left = "非首都功能的疏"
    assert known.across(left, "解,为经济") > known.across(left, "的时候,老人")
    assert known.begins("今年春天,") > known.begins("的事情,")


def test_texts_of_one_subject_are_more_alike() -> None:
    table = affinities(
        [
            "石榴树种在楼顶的盆里,石榴七年没有开花,周奶奶每天浇水。",
            "石榴开花那天,周奶奶数了三遍,楼顶站满了孩子。",
            "渡船停了以后,老艄公把马灯挂在船篷下面,夜里照着渡口。",
            "老艄公的马灯碎过三回,渡口的人都认得那盏灯。",
        ]
    )
    assert table[0][1] > table[0][2] and table[2][3] > table[1][2]
    assert all(table[i][j] == table[j][i] for i in range(4) for j in range(4))

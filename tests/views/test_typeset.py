"""Where the joints of a paragraph are, found again in its reading text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Block
from articles.pages.typeset import set_article, set_beside_lines

pytestmark = pytest.mark.one_engine


def _block(printed: list[str], text: str, **fields: object) -> Block:
    lines = [2 * n + 1 for n in range(len(printed))]
    defaults = {"role": "paragraph", "lines": lines, "anchor": "p1", "confidence": 0.5}
    return Block(printed="\n".join(printed), text=text, **{**defaults, **fields})


@given(st.lists(st.text("渠水abc12，。 ,“”", min_size=1), min_size=1, max_size=6))
def test_runs_are_the_text_and_nothing_else(printed: list[str]) -> None:
    block = _block(printed, "".join(printed).replace(",", "，").replace(" ", ""))
    for layout in (set_article, set_beside_lines):
        for piece in layout([block]).pieces:
            for setting in piece.settings:
                assert "".join(run.text for run in setting.runs) == block.text


def test_each_line_begins_where_print_has_it() -> None:
    block = _block(["我们党始", "终秉持,", "不变"], "我们党始终秉持，不变")
    runs = set_beside_lines([block]).pieces[0].first.runs
    assert [(run.text, run.line) for run in runs] == [
        ("我们党始", None), ("终秉持，", 3), ("不变", 5),
    ]  # fmt: skip


def test_a_joint_that_cannot_be_found_marks_the_paragraph() -> None:
    block = _block(["浓度46 $\\mu$", "以下$\\mu$"], "浓度46 μ以下μ")
    setting = set_article([block]).pieces[0].first
    assert setting.placed_in_doubt is not None and len(setting.runs) == 1


def test_a_joint_is_found_beside_a_formula() -> None:
    block = _block(["浓度46 $\\mu$", "以下，很好"], "浓度46 μ以下，很好")
    runs = set_beside_lines([block]).pieces[0].first.runs
    assert [run.text for run in runs] == ["浓度46 μ", "以下，很好"]


def test_a_stanza_in_doubt_is_one_doubt() -> None:
    block = _block(["甲", "乙", "丙"], "甲\n乙\n丙", role="verse", lines=[5, 6, 9])
    (doubt,) = set_article([block]).doubts
    assert (doubt.joined, doubt.line_label) == (False, "5–6、9")


def test_a_sure_paragraph_has_no_mark() -> None:
    sheet = set_article([_block(["甲", "乙"], "甲乙", confidence=0.97)])
    assert sheet.doubts == []


def test_only_joints_across_a_gap_are_marked_where_there_is_one() -> None:
    block = _block(["甲甲", "乙乙", "丙丙"], "甲甲乙乙丙丙", lines=[5, 6, 11])
    assert [doubt.lines for doubt in set_article([block]).doubts] == [(6, 11)]
    wrapped = _block(["甲甲", "乙乙"], "甲甲乙乙", lines=[5, 6], confidence=0.7)
    assert set_article([wrapped]).doubts == []


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("| 甲 | 乙 |\n|---|:-:|\n| 1 | |", [["甲", "乙"], ["1", ""]]),
        ("| 甲 | 乙 |", []),
        ("（一）甲", []),
    ],
)
def test_a_table_is_made_of_pipe_rows(text: str, table: list[list[str]]) -> None:
    setting = set_article([_block([text], text, role="list_item", confidence=1)])
    assert setting.pieces[0].first.table == table
    assert setting.pieces[0].kind == ("table" if table else "list")


def test_credit_stands_last_and_headings_are_listed() -> None:
    blocks = [
        _block(["题"], "题", role="title"),
        _block(["据某报"], "据某报", role="credit"),
        _block(["一"], "一", role="heading"),
        _block(["文"], "文", confidence=1),
    ]
    sheet = set_article(blocks)
    assert [piece.kind for piece in sheet.pieces] == ["heading", "paragraph", "credit"]
    assert [block.text for block in sheet.headings] == ["一"]
    assert len(sheet.head) == 1

"""Where the printed order is asked about, and where it stands as it was printed."""

from __future__ import annotations

from collections.abc import Sequence

from articles.dump.flow import Dump
from articles.dump.page import Page, build_page
from articles.dump.pipeline import STAGES
from articles.dump.questions import Questions
from articles.dump.record import BlockRole
from articles.dump.tidy import reading_text
from articles.dump.untangle import untangle

WHOLE = "渡口的摆渡人每天清早把船擦干净,再把缆绳绕在石桩上,等第一批去镇里的人。"
CUT = "渡口的摆渡人每天清早把船擦干净,再把缆绳绕在石桩上,等第一批去镇里的"


def page_of(articles: Sequence[Sequence[str]]) -> Page:
    """The page of a magazine of which only the paragraphs are given."""
    lines = ["渡口月刊", "2021·4期(总第12期) 2021年4月10日出版"]
    for number, paragraphs in enumerate(articles):
        lines += [f"# 渡口旧事之{'甲乙丙丁戊己庚辛'[number]}", "◎ 张三丰"]
        # no two lines are the same, or the second would be taken for a misprint
        lines += [f"{len(lines) + n}天后,{text}" for n, text in enumerate(paragraphs)]
    dump = Dump(source="x", data="\n\n".join(lines).encode())
    for stage in STAGES[: STAGES.index(untangle)]:
        dump = stage(dump)
    return build_page(dump)


def test_whole_texts_below_their_headlines_are_calm() -> None:
    asked = Questions(page_of([[WHOLE] * 12] * 4))
    assert all(asked.calm)
    assert not any(asked.wanting(h) for h in range(4))


def test_where_many_texts_are_cut_before_a_headline_nothing_is_calm() -> None:
    asked = Questions(page_of([[WHOLE, CUT]] * 8))
    assert not any(asked.calm)
    assert all(asked.wanting(h) for h in range(8))


def test_a_cut_end_is_looked_for_farther_where_the_place_is_not_calm() -> None:
    calm = Questions(page_of([[WHOLE] * 30 + [CUT], [WHOLE] * 30]))
    tangled = Questions(page_of([[WHOLE, CUT]] * 8))
    assert calm.reach(30) < tangled.reach(1)


def test_marks_that_close_what_nobody_opened_tell_nothing_where_they_are_common() -> (
    None
):
    closing = "这是渡口的旧话”,船上的人都这样说,说完就上岸去了。"
    noisy = page_of([[closing] * 6] * 4)
    assert not any(node.right.depth for node in noisy.nodes)
    rare = page_of([[WHOLE] * 11 + [closing]] * 2)
    assert sum(bool(node.right.depth) for node in rare.nodes) == 2


def test_blank_lines_between_doubled_marks_make_one_change() -> None:
    assert reading_text(BlockRole.PARAGRAPH, [";", "", ";"]) == ";"

"""Hits marked in what is shown: printed characters, everything escaped."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.marks import Marker, mark_hits, mark_html, marker_for

HOSTILE = "<>&\"'放管服发展轉型Ａa、· \n。<b>"


def marked(text: str) -> list[str]:
    return re.findall(r'<mark class="hit">(.*?)</mark>', text)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("推进放、管、服改革", "放管服", ["放、管、服"]),
        ("轉型　發展", "转型发展", ["轉型　發展"]),
        ("ＰＭ2.5", "pm2", ["ＰＭ2"]),
        ("发展，发展", "发展", ["发展", "发展"]),
        ("发展发展", "发展", ["发展", "发展"]),
        ("人人人", "人人", ["人人人"]),
        ("甲乙丙", "甲乙 乙丙", ["甲乙丙"]),
        ("放、管、服与放管服", '"放、管、服"', ["放、管、服"]),
        ("甲乙", "甲 -乙", ["甲"]),
        ("甲<乙>", "甲", ["甲"]),
        ("甲乙", "标题:乙", []),
        ("甲乙", "", []),
    ],
)
def test_marks(text: str, query: str, expected: list[str]) -> None:
    assert marked(mark_hits(text, query)) == expected


@given(st.text(alphabet=HOSTILE), st.text(alphabet=HOSTILE, max_size=6))
def test_nothing_but_marks_is_added(text: str, query: str) -> None:
    page = str(mark_hits(text, query))
    plain = page.replace('<mark class="hit">', "").replace("</mark>", "")
    assert html.unescape(plain) == text
    assert "<" not in plain


def test_a_hit_reaches_across_tags_but_not_across_paragraphs() -> None:
    page = '<p id="转型">转<a href="#发展" title="转型">型</a>发展</p>\n<p>转</p><p>型 a&amp;b</p>'
    found = mark_html(page, Marker('转型发展 "a&b"'))
    assert marked(found) == ["转", "型", "发展", "a&amp;b"]
    assert re.sub(r"</?mark[^>]*>", "", found) == page


@pytest.mark.parametrize("typed", ["", "，", "甲" * 5000, "-甲", "年:2021"])
def test_nothing_to_mark(typed: str) -> None:
    assert marker_for(typed) is None

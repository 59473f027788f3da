"""Time grows with the length of the dump and no faster, on hostile dumps too."""

import time
from contextlib import suppress

import pytest

from articles.dump import DumpError, parse_dump

HOSTILE = {
    "byline marks": "◎",
    "opening brackets": "(",
    "wide brackets": "（",
    "jump marks": "（上接第",
    "jump lines": "（上接第3页）某某工作还在\n",
    "headings": "# 一、背景\n\n",
    "names": "张 三\n",
    "tables": "| a | b |\n",
    "blanks": "某 ",
    "stars": "**",
    "formulas": "$\\mu$",
    "one endless line": "某某地方的工作。",
    "separators": "某\u2028某\u0085某",
    "articles": "某某调查\n\n◎ 张三\n\n这是一段文字,说明情况。\n\n",
    "contents": "目录\n1 某某调查 张三\n",
    "boxes": "编者按\n\n某某地方的工作。\n\n",
}


def seconds(text: str) -> float:
    start = time.process_time()
    with suppress(DumpError):
        parse_dump(text.encode(), source="x")
    return time.process_time() - start


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_takes_at_most_two_and_a_half_times_as_long(piece: str) -> None:
    size = max(60, 6_000 // len(piece))
    seconds(piece * size)  # what is loaded once is loaded now
    once = min(seconds(piece * size) for _ in range(2))
    twice = min(seconds(piece * size * 2) for _ in range(2))
    assert twice <= 2.5 * once + 0.25

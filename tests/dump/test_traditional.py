"""Traditional characters parse as simplified ones do; the texts stay as printed."""

from pathlib import Path

import opencc
import pytest

from articles.dump import ParsedIssue, parse_dump

CASES = sorted((Path(__file__).parent / "cases").iterdir())
TO_TRADITIONAL = opencc.OpenCC("s2t")


def shape(issue: ParsedIssue) -> object:
    """Which lines are what, and of which article."""
    articles = [
        (a.kind, [(block.role, block.lines) for block in a.blocks])
        for a in issue.articles
    ]
    return articles, [(entry.role, entry.lines) for entry in issue.furniture]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_dump_in_traditional_characters_has_the_same_shape(case: Path) -> None:
    simplified = (case / "in.txt").read_bytes().decode("utf-8-sig")
    traditional = TO_TRADITIONAL.convert(simplified)
    parsed = parse_dump(traditional.encode(), source="in.txt")
    assert shape(parsed) == shape(parse_dump(simplified.encode(), source="in.txt"))
    printed = traditional.replace("\r\n", "\n").split("\n")
    assert all(printed[n - 1] == line for n, line in parsed.printed.items())

"""Whatever the input, every line stands in exactly one place."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.dump import DumpError, LedgerBroken, ParsedIssue, parse_dump
from articles.dump.audit import audit
from articles.dump.flow import Dump, Line
from articles.dump.lines import decode
from articles.dump.record import Furniture, FurnitureRole

CASES = sorted((Path(__file__).parent / "cases").iterdir())
STYLES = sorted((Path(__file__).parent / "styles").iterdir())
PIECES = [
    "◎ 张 三", "# 某镇调查", "一、背景", "(作者单位:某某学院)", "(上接第3页)还有一些", "下转第4版",
    "目录", "3 某镇调查 张三", "编者按", "|a|b|", "— 3 —", "某镇的工作,", "已经完成。", "**加强领导。**",
    "图①:某镇。 李四摄", "2021年第5期", "·绿地·", "水清了  ", "1.", "　　缩进的一段", "据《某报》", "公益广告",
]  # fmt: skip


def assert_ledger(parsed: ParsedIssue) -> None:
    places = Counter(n for a in parsed.articles for b in a.blocks for n in b.lines)
    places.update(n for f in parsed.furniture for n in f.lines)
    assert set(places) == set(parsed.printed)
    assert max(places.values()) == 1


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.just(""), st.text(max_size=30))))
def test_any_lines_are_all_accounted_for(lines: list[str]) -> None:
    try:
        parsed = parse_dump("\n".join(lines).encode("utf-8", "replace"), source="x")
    except DumpError:
        return
    assert_ledger(parsed)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_result_or_a_clear_refusal(data: bytes) -> None:
    try:
        assert_ledger(parse_dump(data, source="x"))
    except DumpError as error:
        assert "x" in str(error)


def mutate(lines: list[str], chance: random.Random) -> list[str]:
    """Drop, double, swap, cut, glue or mark lines, as bad OCR does."""
    lines = list(lines)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(lines))
        other = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0 if len(lines) > 2:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
            case 4 if at != other and len(lines) > 2:
                lines[at] += lines[other]
            case _:
                lines[at] = chance.choice("◎□(“《#*|,") + lines[at]
    return lines


@pytest.mark.parametrize("folder", [*CASES, *STYLES], ids=lambda path: path.name)
def test_mutated_dumps_are_all_accounted_for(folder: Path) -> None:
    text = decode((folder / "in.txt").read_bytes(), folder.name, None)[0]
    text = text.replace("\r\n", "\n")
    for seed in range(6):
        chance = random.Random(f"{folder.name}{seed}")
        mutated = "\n".join(mutate(text.split("\n"), chance))
        if mutated.strip():
            assert_ledger(parse_dump(mutated.encode(), source="x"))


def test_a_lost_line_breaks_the_parse_loudly() -> None:
    line = Line(1, "某某", "某某", "某某")
    with pytest.raises(LedgerBroken, match="x:1: line 1 stands in no place"):
        audit(Dump(source="x", data=b"", lines=(line,)))


def test_a_line_in_two_places_breaks_it_too() -> None:
    line = Line(1, "某某", "某某", "某某")
    twice = (
        Furniture(FurnitureRole.MASTHEAD, (1,)),
        Furniture(FurnitureRole.STAFF, (1,)),
    )
    with pytest.raises(LedgerBroken, match="stands in 2 places"):
        audit(Dump(source="x", data=b"", lines=(line,), furniture=twice))


def test_the_same_bytes_give_the_same_answer() -> None:
    data = (CASES[0] / "in.txt").read_bytes()
    assert (
        parse_dump(data, source="x").as_dict() == parse_dump(data, source="x").as_dict()
    )

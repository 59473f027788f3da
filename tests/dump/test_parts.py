"""The parts that can be asked alone: names, numbers, joints, matchings, doctests."""

import doctest
import importlib
import itertools
import pkgutil
import random

import pytest

import articles.dump
from articles.dump import gains, join
from articles.dump.assign import Matching, best_matching
from articles.dump.fold import fold
from articles.dump.masthead import numeral
from articles.dump.names import is_office, is_person, read_authors
from articles.dump.ngrams import learn
from articles.dump.numbering import broken_numbers
from articles.dump.rows import split_author
from articles.dump.writers import byline_names, byline_value

MODULES = [m.name for m in pkgutil.iter_modules(articles.dump.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"articles.dump.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("◎ 王 军", ["王军"]),
        ("□汪仲启 李 明", ["汪仲启", "李明"]),
        ("文/张三丰", ["张三丰"]),
        ("文|郁 青 图|宋 远", ["郁青"]),
        ("作者:欧阳修远", ["欧阳修远"]),
        ("本报记者 张三丰 通讯员 李四海", ["张三丰", "李四海"]),
        ("●口述:汤小莲 整理:宗小满", ["汤小莲", "宗小满"]),
        ("◎ 王 军(某市教育局)", ["王军"]),
        ("□牧 云", ["牧云"]),
    ],
)
def test_bylines_of_every_form_name_their_authors(line: str, names: list[str]) -> None:
    assert [author.name for author in byline_names(line)] == names


@pytest.mark.parametrize(
    "line",
    [
        "◎ 中国共产党第一次代表大会",
        "◇ 宣传党的政策",
        "▲ 游泳池九月换水。",
        "图|张三",
        "王军",
    ],
)
def test_other_marked_lines_are_no_bylines(line: str) -> None:
    assert byline_names(line) == ()


def test_names_are_told_by_their_surnames() -> None:
    assert is_person("欧阳修") and not is_person("产城融合")
    assert is_office("中共某县委改革办") and not is_office("融入新发展格局")
    assert [a.kind for a in read_authors("某市水务局")] == ["organization"]
    assert byline_value("文/张 三") == "张 三"


def test_a_contents_row_gives_title_and_author() -> None:
    assert split_author("某镇调查……张 三", fold("某镇调查……张 三")) == (
        "某镇调查",
        ("张三",),
    )
    assert split_author("某镇渡口 某镇桥梁", "某镇渡口 某镇桥梁") == (
        "某镇渡口 某镇桥梁",
        (),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("二〇一九", 2019), ("十二", 12), ("二十", 20), ("一百四十三", 143), ("08", 8)],
)
def test_numerals_of_every_form_are_read(text: str, value: int) -> None:
    assert numeral(text) == value


def test_numbering_that_breaks_is_a_fault() -> None:
    running = [
        ("chapter", 1),
        ("section", 1),
        ("section", 2),
        ("chapter", 2),
        ("section", 1),
    ]
    assert broken_numbers(running) == 0
    assert broken_numbers([("chapter", 1), ("chapter", 1)]) > 2
    assert broken_numbers([("chapter", 2)]) > 2


def test_a_cut_word_is_stronger_than_a_neighbour() -> None:
    model = learn(["推动高质量发展取得新成效,社会主义现代化建设取得新成效。"])
    left = join.left_end("人民从实践中认识到,中国特色社", "")
    true = join.features(left, join.right_end("会主义是唯一道路。", ""), model)
    false = join.features(left, join.right_end("去年春天,镇里开会。", ""), model)
    assert join.score(true) > gains.JOIN_ZERO + 2 > join.score(false)


def test_an_open_quotation_wants_its_end() -> None:
    left = join.left_end("坚持“两", "")
    closing = join.features(left, join.right_end("个确立”,不断前进。", ""), learn([]))
    plain = join.features(left, join.right_end("个地方,不断前进。", ""), learn([]))
    assert join.score(closing) > join.score(plain) + 3


def test_the_matching_is_the_best_there_is() -> None:
    chance = random.Random(4)
    for _ in range(300):
        size = chance.randint(1, 4)
        gains = {
            left: [
                (right, round(chance.uniform(-1, 5), 2))
                for right in range(size)
                if chance.random() < 0.8
            ]
            for left in range(size)
        }
        found = best_matching(gains)
        assert len(set(found.values())) == len(found)
        value = sum(dict(gains[left])[right] for left, right in found.items())
        assert value == pytest.approx(brute_force(gains))


def test_a_changed_matching_is_the_best_under_its_conditions() -> None:
    chance = random.Random(5)
    for _ in range(300):
        size = chance.randint(2, 5)
        gains = {
            left: [(right, round(chance.uniform(-1, 5), 2)) for right in range(size)]
            for left in range(size)
        }
        matching = Matching(gains)
        for _ in range(2):
            matching = matching.copy()
            paired = [p for p in matching.mate.items() if p[1] >= 0]
            if paired and chance.random() < 0.5:
                left, right = chance.choice(paired)
                matching.forbid(left, right)
                gains[left] = [g for g in gains[left] if g[0] != right]
                continue
            left = chance.choice([k for k in gains if k not in matching.forced])
            right = chance.choice([r for r in range(size) if r not in matching.gone])
            matching.force(left, right)
            rest = {k: v for k, v in gains.items() if k not in matching.forced}
            gains = gains | {left: [(right, 1000.0)]}
            gains |= {
                k: [g for g in v if g[0] not in matching.gone] for k, v in rest.items()
            }
        found = matching.pairs()
        assert len(set(found.values())) == len(found)
        value = sum(dict(gains[left])[right] for left, right in found.items())
        assert value == pytest.approx(brute_force(gains))


def brute_force(gains: dict[int, list[tuple[int, float]]]) -> float:
    lefts = list(gains)
    choices = [[None, *dict(gains[left])] for left in lefts]
    best = 0.0
    for rights in itertools.product(*choices):
        used = [r for r in rights if r is not None]
        if len(used) == len(set(used)):
            total = sum(
                dict(gains[k])[r]
                for k, r in zip(lefts, rights, strict=True)
                if r is not None
            )
            best = max(best, total)
    return best


def test_the_package_knows_nothing_of_the_web_framework() -> None:
    import subprocess
    import sys

    code = "import sys, articles.dump; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

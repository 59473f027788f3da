"""A passage is found where it went, or not at all — never on a sentence like it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from articles.bookmarks.anchoring import Passage, find_again
from tests.parsed import parse_dump

pytestmark = pytest.mark.one_engine

# As formulaic as a speech: every paragraph is made of these, so look-alikes abound.
FORMULAS = [
    "为乡亲服务。", "坚持以水为中心，", "修渠要修到头。", "要提高认识，", "要狠抓落实。",
    "上下同心，", "我们要把渠修好，", "全面推进清淤。", "河水流过村子。", "一是", "二是", "啊",
]  # fmt: skip
STRANGE = "◇◆○●△▲"  # what edits write: nothing of it can be taken for the text
NEAR = 12

Character = tuple[str, int | None]  # the second says which it was in the old text


def paragraph(chance: random.Random) -> str:
    return "".join(chance.choice(FORMULAS) for _ in range(chance.randint(2, 14)))


def edit(chance: random.Random, text: list[Character]) -> list[Character]:
    """Corrections, omissions, whole sentences in and out, paragraphs joined and cut."""
    for _ in range(chance.randint(1, 4)):
        at, kind = chance.randint(0, len(text)), chance.randrange(7)
        if kind == 0 and at < len(text):
            text[at] = (chance.choice(STRANGE), None)
        elif kind == 1:
            text[at:at] = [(chance.choice(STRANGE), None)]
        elif kind == 2:
            del text[at : at + chance.randint(1, 3)]
        elif kind == 3:
            del text[at : at + chance.randint(4, 20)]
        elif kind == 4:
            text[at:at] = [(c, None) for c in chance.choice(FORMULAS)]
        elif kind == 5:
            other: list[Character] = [(c, None) for c in paragraph(chance)]
            text = text + other if chance.random() < 0.5 else other + text
        else:
            text = text[:at] if chance.random() < 0.5 else text[at:]
    return text


@settings(max_examples=3000, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=2**32))
def test_never_on_a_look_alike(seed: int) -> None:
    chance = random.Random(seed)
    old = paragraph(chance)
    start = chance.randrange(len(old))
    end = min(len(old), start + chance.randint(1, 20))
    changed = edit(chance, [(c, n) for n, c in enumerate(old)])
    text = "".join(c for c, _ in changed)
    found = find_again(Passage(old, start, end), text)
    if found is None:
        return
    assert text[found:].startswith(old[start:end])
    # A like sentence put into the passage itself makes the same text as one put before
    # it; but most of what is found must be what was marked.
    marked = [n for _, n in changed[found : found + end - start]]
    if 2 * sum(n in range(start, end) for n in marked if n is not None) > end - start:
        return
    # Copies of a whole paragraph cannot be told apart, by nobody.
    around = old[max(0, start - NEAR) : end + NEAR]
    begin = max(0, found - min(start, NEAR))
    assert fuzz.ratio(around, text[begin : begin + len(around)]) > 85


@pytest.mark.parametrize(
    ("old", "passage", "new", "found"),
    [
        ("河水流过村子。渠修好了。", "渠修好了", "河水流过村子。渠修好了。", True),
        ("河水流过村子。渠修好了。", "渠修好了", "河水流过山村子。渠修好了。", True),
        ("河水流过村子,渠修好了.", "渠修好了", "河水流过村子，渠修好了。", True),
        ("河水流过村子。渠修好了。", "渠修好了", "河水流过村子。渠修坏了。", False),
        ("河水流过村子。渠修好了。", "渠修好了", "", False),
        # Of two like sentences one goes: nobody can say which.
        ("要修渠。要修渠。", "要修渠", "要修渠。", False),
        # The sentence is corrected, and one like it stands in the paragraph joined to it.
        (
            "先量地，再放线。要修渠。",
            "要修渠",
            "先量地，再放线。要修桥。要修渠。大家都来。",
            False,
        ),
        ("啊", "啊", "啊，河。", False),
    ],
)
def test_cases(old: str, passage: str, new: str, found: bool) -> None:
    start = old.rindex(passage)
    place = find_again(Passage(old, start, start + len(passage)), new)
    assert (place is not None) is found
    if place is not None:
        assert new[place:].startswith(passage)


def test_nearly_all_survive_a_correction_elsewhere(sample_dumps: Path) -> None:
    """On real prose: one wrong character in a paragraph is put right."""
    texts = [
        block.text
        for path in sorted(sample_dumps.glob("*.txt"))
        for article in parse_dump(path.read_bytes(), source=path.name).articles
        for block in article.blocks
        if len(block.text) > 60
    ]
    chance, found, tries = random.Random(7), 0, 1000
    for _ in range(tries):
        old = chance.choice(texts)
        start = chance.randrange(len(old) - 30)
        end = start + chance.randint(4, 30)
        outside = [n for n in range(len(old)) if not start <= n < end]
        at = chance.choice(outside)
        place = find_again(Passage(old, start, end), old[:at] + "◇" + old[at + 1 :])
        assert place in (start, None)
        found += place is not None
    assert found >= 0.98 * tries


def test_a_very_long_text_takes_no_long_time() -> None:
    old = "要狠抓落实。" * 3000
    assert find_again(Passage(old, 6, 12), "◇" + old) is None

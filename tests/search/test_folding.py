"""What counts as the same string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.folding import BREAK, fold, fold_with_offsets, runs
from articles.search.tokens import (
    COMMON,
    COMMON_BYTES,
    FACET,
    Field,
    chain_of,
    common_bits,
    common_place,
    either,
    hinted,
    is_common,
    linked,
    pairs,
    shifted,
    swapped,
)  # fmt: skip

pytestmark = pytest.mark.one_engine

SAMPLES = "放管服、改革·“转型”發展ＡＢC１２3 \n\u3000，。;？（）《》①㎡½𠮷臺灣々〇é\u0301\ufe0f\u200b\0"
TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(SAMPLES), st.characters(exclude_categories=["Cs"])
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("放、管、服", ["放管服"]),
        ("“双高”‘转型’「蹚」『新』路", ["双高转型蹚新路"]),
        ("轉型發展", ["转型发展"]),
        ("ＰＭ２.５ Pm2.5", ["pm2", "5", "pm2", "5"]),
        ("要 事　录", ["要事录"]),
        ("行首\n行尾", ["行首行尾"]),
        ("卡尔·马克思・恩格斯", ["卡尔马克思恩格斯"]),
        ("改革，发展。稳定", ["改革", "发展", "稳定"]),
        ("《河石月刊》（月刊）", ["河石月刊", "月刊"]),
        ("hello world", ["hello", "world"]),
        ("2021 年 5 月", ["2021", "年", "5", "月"]),
        ("①②", ["12"]),
        ("don't", ["dont"]),
        ("𠮷野家", ["𠮷野家"]),
        ("\u200b零\ufeff宽", ["零宽"]),
        ("。，！\0", []),
        ("", []),
    ],
)
def test_folding(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@given(TEXT, st.data())
def test_a_piece_of_a_text_folds_to_pieces_of_the_folded_text(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    folded = fold(text)
    assert all(run in folded for run in runs(text[start:end]))


@given(TEXT)
def test_offsets_lead_back_to_the_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert offsets == sorted(offsets)
    assert all(
        character == BREAK or character in fold(text[at])
        for character, at in zip(folded, offsets, strict=True)
    )


@given(st.lists(st.text(alphabet="的发展稀罕瀛9a𠮷", max_size=8)))
def test_every_common_character_is_a_bit(words: list[str]) -> None:
    bits = common_bits(set("".join(words)))
    assert len(bits) == COMMON_BYTES
    for character in set("的发展稀罕瀛9a𠮷"):
        place = common_place(character)
        if place is not None:
            has = any(character in word for word in words)
            assert has == bool(bits[place // 8] >> place % 8 & 1)


@given(st.text(alphabet="的发展稀罕瀛9a𠮷", min_size=1, max_size=12))
def test_each_pair_of_a_run_is_kept_in_order_or_as_a_rare_one(run: str) -> None:
    chain = chain_of([run])
    rare = [pair for pair in pairs(run) if not is_common(pair)]
    assert [hint[:2] for hint in hinted(run)] == rare
    kept = [token for token in chain.words.split() if token != FACET]
    assert kept == [pair for pair in pairs(run) if is_common(pair)]
    assert chain.rare == set(hinted(run))


def test_the_common_characters_are_what_folding_leaves() -> None:
    assert len(COMMON) == len(set(COMMON)) == 1000
    assert fold(COMMON) == COMMON


def test_fields_never_meet() -> None:
    letters = [chr(0x3400), "的", "a", chr(0x2A6D6), chr(0x3FFFD)]
    planes = [
        {ord(shifted(letter, field)) >> 16 for letter in letters} for field in Field
    ]
    assert len(set().union(*planes)) == sum(map(len, planes))
    assert pairs("放管服") == ["放管", "管服"]
    assert pairs("放") == []


@given(TEXT, TEXT)
def test_what_is_made_of_two_pieces_is_what_is_made_of_the_whole(
    one: str, other: str
) -> None:
    """A passage is prepared before its article has authors, and linked to them later."""
    first, second = runs(one), runs(other)
    assert linked(chain_of(first), chain_of(second)) == chain_of([*first, *second])
    bits = either(common_bits(set(one)), common_bits(set(other)))
    assert bits == common_bits({*one, *other})
    assert swapped(one) + swapped(other) == swapped(one + other)

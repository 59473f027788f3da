"""Highlights through re-imports and corrections: where they were, or waiting; never else."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from articles.bookmarks.candidates import passage_candidates
from articles.bookmarks.listing import lost_ids
from articles.bookmarks.passages import (
    NotThere,
    Selection,
    confirm,
    find_selection,
    places_of,
)
from articles.editing.fields import save_fields
from articles.editing.refreshing import refresh
from articles.importing.identity import Wishes
from articles.importing.run import import_dump
from articles.models import Block, Bookshelf, Highlight
from tests.bookmarks.shelves import mark, put_on
from tests.importing.sheets import BOAT, CHESS, WELL, Sheet, village
from tests.parsed import parse_dump

pytestmark = pytest.mark.django_db

# The same sentence in two paragraphs: what a speech does all the time.
REFRAIN = "修渠要修到头，清淤要清到底。"
SPEECH = [
    f"同志们，今天只说一件事。{REFRAIN}这是我们对全村人的交代，也是对后来人的交代。",
    f"去年冬天我们走了十二里渠。{REFRAIN}有人说太难，可是水不会等人。",
    "最后一段与前面无关，只讲怎样分工，谁管哪一段，写在墙上。",
]


def speech(
    *paragraphs: str | tuple[str, ...], title: str = "在水利会上的讲话"
) -> Sheet:
    sheet = Sheet(number=9)
    sheet.furniture("masthead", "槐下月刊")
    sheet.article(title, paragraphs or SPEECH)
    return sheet.article("一眼老井", WELL)


def block_with(text: str) -> Block:
    return Block.objects.get(text__contains=text, role="paragraph")


def stands(highlight: Highlight) -> str | None:
    """The text at the place that the program gives, or None while it waits."""
    row = Highlight.objects.select_related("block").get(pk=highlight.pk)
    place = places_of([row]).get(row.pk)
    if place is None:
        assert lost_ids(Highlight.objects.all()) == [row.pk]
        return None
    assert place.block.text[place.start : place.end] == highlight.exact
    return place.block.text


@pytest.fixture
def refrain(shelf: Bookshelf) -> Highlight:
    """On the second of the two like sentences."""
    speech().load()
    return mark(shelf, block_with("去年冬天"), REFRAIN)


def test_the_same_dump_again(refrain: Highlight) -> None:
    speech().load()
    assert stands(refrain) == SPEECH[1]


def test_a_better_dump_with_lines_before_it(refrain: Highlight) -> None:
    speech("新认出的第一段，原来漏了。", *SPEECH).load("b.txt")
    assert stands(refrain) == SPEECH[1]


def test_its_own_sentence_changes_and_the_other_stays(refrain: Highlight) -> None:
    changed = SPEECH[1].replace("清到底", "清到边")
    speech(SPEECH[0], changed, SPEECH[2]).load("b.txt")
    assert stands(refrain) is None


def test_its_paragraph_goes_and_the_other_stays(refrain: Highlight) -> None:
    speech(SPEECH[0], SPEECH[2]).load("b.txt")
    assert stands(refrain) is None


def test_the_paragraphs_are_joined(refrain: Highlight) -> None:
    """Both like sentences now stand in one block; it keeps to its own."""
    speech((SPEECH[0], SPEECH[1]), SPEECH[2]).load("b.txt")
    text = stands(refrain)
    assert text == SPEECH[0] + SPEECH[1]
    refrain.refresh_from_db()
    assert refrain.start == text.rindex(REFRAIN)


def test_its_paragraph_is_cut_in_two(shelf: Bookshelf) -> None:
    long = (
        "渠头的水是清的，渠尾的水是浑的，",
        "中间隔着十二里路和三个村子，",
        "谁也不让谁先开闸。",
    )
    speech(long).load()
    first = mark(shelf, block_with("渠头"), "渠头的水是清的")
    last = mark(shelf, block_with("渠头"), "谁也不让谁先开闸")
    speech(*long).load()
    assert stands(first) == long[0]
    assert stands(last) == long[2]


def test_it_moves_to_another_article(shelf: Bookshelf) -> None:
    village().load()
    highlight = mark(shelf, block_with(CHESS[3]), CHESS[3][4:20])
    sheet = village()
    first, second = sheet.articles[0], sheet.articles[1]
    sheet.change(0, blocks=first.blocks[:-1])
    sheet.change(1, blocks=(*second.blocks, first.blocks[-1]))
    sheet.load()
    assert stands(highlight) == CHESS[3]
    highlight.refresh_from_db()
    assert highlight.article.title == "一眼老井"


def test_its_paragraph_becomes_furniture(shelf: Bookshelf) -> None:
    village().load()
    highlight = mark(shelf, block_with(BOAT[1]), BOAT[1][2:14])
    bookmark = put_on(shelf, highlight.article, block=highlight.block)
    sheet = village()
    article = sheet.articles[2]
    lines = article.blocks[-1].lines
    sheet.change(2, blocks=article.blocks[:-1])
    sheet.pieces.append(replace(sheet.pieces[0], lines=lines))
    sheet.load()
    assert stands(highlight) is None
    bookmark.refresh_from_db()
    assert bookmark.is_lost and bookmark.quote == BOAT[1]


def edit(block: Block, text: str) -> None:
    """An editor's correction, as the desk makes it."""
    block.text = text
    save_fields(block, ["text"])
    refresh(block.article)


def test_an_editor_corrects_beside_it_again_and_again(refrain: Highlight) -> None:
    """Each correction moves what is remembered, so that many small ones add up."""
    block = block_with("去年冬天")
    for old, new in [
        ("去年", "前年"),
        ("十二里", "十三里"),
        ("有人说太难", "有人嫌难"),
        ("水不会", "河水不会"),
    ]:
        block.refresh_from_db()
        edit(block, block.text.replace(old, new))
    text = stands(refrain)
    assert (
        text
        == "前年冬天我们走了十三里渠。修渠要修到头，清淤要清到底。有人嫌难，可是河水不会等人。"
    )


def test_an_editor_corrects_the_sentence_itself_and_takes_it_back(
    refrain: Highlight,
) -> None:
    block = block_with("去年冬天")
    edit(block, block.text.replace("清到底", "清到根"))
    assert stands(refrain) is None
    edit(block, SPEECH[1])
    assert stands(refrain) == SPEECH[1]


def test_the_reader_confirms_a_place(refrain: Highlight) -> None:
    block = block_with("去年冬天")
    edit(block, block.text.replace("清到底", "清到根"))
    refrain.refresh_from_db()
    candidates = passage_candidates(refrain)
    assert candidates[0].block == block and candidates[0].exact.startswith(
        "修渠要修到头"
    )
    confirm(refrain, block, candidates[0].start, candidates[0].end)
    assert not lost_ids(Highlight.objects.all())
    with pytest.raises(NotThere):
        confirm(refrain, block, 3, 9999)


@pytest.mark.slow
def test_two_hundred_passages_through_a_better_dump(
    shelf: Bookshelf, sample_dumps: Path
) -> None:
    """A twentieth of the lines read otherwise, then ten corrections at the desk: none
    is put on other words, and those whose words still stand are found."""
    chance = random.Random(1)
    lines = (sample_dumps / "heshi-2023-09.txt").read_text(encoding="utf-8").split("\n")
    _load(lines)
    marked = {h.pk: h for h in (_somewhere(chance, shelf) for _ in range(200)) if h}
    for n in chance.sample(
        [n for n, line in enumerate(lines) if len(line) > 20], len(lines) // 20
    ):
        at = chance.randrange(10, len(lines[n]))
        lines[n] = lines[n][:at] + "某" + lines[n][at + 1 :]
    _load(lines)
    for block in chance.sample(list(Block.objects.filter(role="paragraph")), 10):
        at = chance.randrange(len(block.text))
        edit(block, block.text[:at] + "某" + block.text[at + 1 :])
    found = places_of(Highlight.objects.select_related("block"))
    standing = lost = 0
    for pk, before in marked.items():
        place = found.get(pk)
        if place:
            assert place.block.text[place.start : place.end] == before.exact
        own = Block.objects.get(pk=before.block_id).text
        standing += before.exact in own
        lost += before.exact in own and place is None
    assert standing > 150 and lost <= 0.02 * standing


def _load(lines: list[str]) -> None:
    content = "\n".join(lines).encode()
    parsed = parse_dump(content, source="heshi-2023-09.txt")
    import_dump(parsed, content, wishes=Wishes())


def _somewhere(chance: random.Random, shelf: Bookshelf) -> Highlight | None:
    block = chance.choice(
        list(Block.objects.filter(role="paragraph", article__isnull=False))
    )
    start = chance.randrange(max(1, len(block.text) - 6))
    try:
        return mark(shelf, block, block.text[start : start + chance.randint(5, 30)])
    except NotThere:
        return None


@pytest.mark.parametrize(
    ("text", "exact", "prefix", "suffix", "found"),
    [
        ("河水流过村子。", "流过村子", "", "", (2, 6)),
        ("过了溪口\n它忽然想起", "溪口它忽然", "", "", (2, 8)),
        ("要修渠。要修渠。", "修渠", "修渠。要", "", (5, 7)),
        ("a b c", "b  c", "", "", (2, 5)),
    ],
)
def test_a_selection_is_found_whatever_its_white_space(
    text: str, exact: str, prefix: str, suffix: str, found: tuple[int, int]
) -> None:
    assert find_selection(text, Selection(exact, prefix, suffix)) == found


@pytest.mark.parametrize(
    ("text", "exact", "prefix", "suffix"),
    [
        ("河水", "渠水", "", ""),
        ("修渠修渠", "修渠", "", ""),
        ("河水", " ", "", ""),
        ("河水", "", "", ""),
    ],
)
def test_a_selection_that_is_not_there_or_not_surely(
    text: str, exact: str, prefix: str, suffix: str
) -> None:
    with pytest.raises(NotThere):
        find_selection(text, Selection(exact, prefix, suffix))

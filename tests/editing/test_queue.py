"""The queue: what is doubtful stands in it, and what a person settled stays settled."""

from __future__ import annotations

from typing import Any

import pytest

from articles.dump import REVIEW_BELOW
from articles.editing.blocks import correct_text, join_previous
from articles.editing.doubts import settle
from articles.models import Bookmark, Bookshelf, Issue, ProofSheet, Task
from articles.queue import find_twins, sync, weigh
from articles.queue.wanted import SURE
from tests import factories as make
from tests.editing.conftest import article, block
from tests.importing.sheets import Sheet, village

pytestmark = pytest.mark.django_db


def doubtful() -> Sheet:
    """The village with one joint of which the parser is not sure."""
    from dataclasses import replace

    sheet = village()
    chess = sheet.articles[0]
    blocks = list(chess.blocks)
    blocks[2] = replace(blocks[2], confidence=0.4, reasons=("join: open end",))
    sheet.articles[0] = replace(chess, blocks=tuple(blocks))
    return sheet.problem("author-mismatch", 3, article="a1")


def kinds() -> dict[str, int]:
    rows = Task.objects.filter(state="open").values_list("kind", flat=True)
    return {kind: list(rows).count(kind) for kind in set(rows)}


def test_an_import_queues_its_doubts() -> None:
    doubtful().load()
    assert kinds() == {"placement": 1, "contents": 1, "author": 1}
    assert Task.objects.order_by("-weight").first().kind in ("placement", "contents")
    assert ProofSheet.objects.get().tasks == 3


def test_the_same_import_again_changes_no_task() -> None:
    doubtful().load()
    before = list(Task.objects.order_by("pk").values())
    doubtful().load()
    assert list(Task.objects.order_by("pk").values()) == before


def test_what_was_settled_stays_settled() -> None:
    doubtful().load()
    for kind in ("placement", "author"):
        settle(None, Task.objects.get(kind=kind))
    assert kinds() == {"contents": 1}
    assert ProofSheet.objects.get().tasks == 1
    doubtful().furniture("slogan", "再一版").load(replace=True)
    assert kinds() == {"contents": 1}


def test_what_a_person_put_right_leaves_the_queue() -> None:
    doubtful().load()
    join_previous(None, block("卖豆腐"))
    assert "placement" not in kinds()


def test_a_corrected_word_leaves_the_doubt_about_the_place() -> None:
    doubtful().load()
    correct_text(None, block("卖豆腐"), "卖豆腐的老陈。")
    assert kinds()["placement"] == 1


def test_what_is_read_more_weighs_more() -> None:
    doubtful().load()
    for _ in range(3):
        Bookmark.objects.create(
            shelf=Bookshelf.objects.create(), article=article("渡船")
        )
    assert weigh() == 1
    first = Task.objects.order_by("-weight").first()
    assert (first.kind, first.weight) == ("author", 2.0)


def test_likely_twins_are_asked_about_once() -> None:
    one = make.make_author("刘志国", variants=["刘志军"])
    other = make.make_author("刘志军")
    make.make_author("曾在田")
    assert find_twins() == 1
    task = Task.objects.get(kind="twins")
    assert set(task.detail["authors"]) == {one.pk, other.pk}
    settle(None, task)
    assert find_twins() == 0


def test_the_number_of_queries_does_not_grow(
    django_assert_max_num_queries: Any,
) -> None:
    sheet = Sheet()
    for n in range(40):
        sheet.article(f"题{n}", [f"第{n}段文字。"])
    sheet.load()
    with django_assert_max_num_queries(14):
        sync(Issue.objects.get())


def test_the_queue_and_the_parser_doubt_the_same_blocks() -> None:
    assert SURE == REVIEW_BELOW

"""What a person has looked at is in doubt no more: in the queue, and for readers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.editing import doubts, problems, undoing
from articles.editing.blocks import move_block
from articles.models import Article, Block, Issue, Problem, Revision, Task
from articles.pages.contents import measure
from tests.editing.conftest import article, block
from tests.importing.sheets import CHESS, Sheet, village

pytestmark = pytest.mark.django_db


def doubtful(words: tuple[str, ...] | None = None) -> Sheet:
    """The village with one joint, of lines 7 and 9, of which the parser is not sure."""
    sheet = village()
    chess = sheet.articles[0]
    blocks = list(chess.blocks)
    blocks[2] = replace(blocks[2], confidence=0.4, reasons=("join: open end",))
    if words:
        first, second = blocks[2].lines
        sheet.printed |= {first: words[0], second: words[1]}
        blocks[2] = replace(blocks[2], text="".join(words))
    sheet.articles[0] = replace(chess, blocks=tuple(blocks))
    return sheet


def marked_for_readers(client: Client) -> bool:
    found = article("槐下棋局")
    html = client.get(found.get_absolute_url()).content.decode()
    return 'class="joint' in html


def in_doubt() -> tuple[int, float, int]:
    """Open tasks, the article's confidence, lines that the issue's page calls doubtful."""
    issue = Issue.objects.get()
    return (
        Task.objects.filter(state="open", kind="placement").count(),
        Article.objects.get(title="槐下棋局").confidence,
        measure(issue, []).in_doubt,
    )


def test_a_settled_paragraph_is_no_doubt_of_readers_until_its_words_change(
    client: Client, editor: User
) -> None:
    doubtful().load()
    assert marked_for_readers(client)
    assert in_doubt() == (1, 0.4, 2)
    doubts.settle(editor, Task.objects.get(kind="placement"))
    assert not marked_for_readers(client)
    assert in_doubt() == (0, 0.9, 0)
    assert block("卖豆腐").confidence == 0.4  # what the parser says, to programs

    doubtful().load(replace=True)
    doubtful().furniture("slogan", "再一版").load(replace=True)
    assert not marked_for_readers(client)
    assert in_doubt() == (0, 0.9, 0)

    doubtful((CHESS[1][0] + "些", CHESS[1][1])).load(replace=True)
    assert marked_for_readers(client)
    assert in_doubt() == (1, 0.4, 2)


def test_what_was_looked_at_is_undone_like_any_act(
    client: Client, editor: User
) -> None:
    doubtful().load()
    done = doubts.settle(editor, Task.objects.get(kind="placement"))
    assert done is not None and done.user == editor
    undone = undoing.undo(editor, done)
    assert marked_for_readers(client)
    assert in_doubt() == (1, 0.4, 2)
    undoing.undo(editor, undone)
    assert in_doubt() == (0, 0.9, 0)


def test_a_paragraph_that_a_person_placed_is_no_doubt_of_readers(
    client: Client, editor: User
) -> None:
    doubtful().load()
    move_block(editor, block("卖豆腐"), article("渡船"), None)
    html = client.get(article("渡船").get_absolute_url()).content.decode()
    assert 'class="joint' not in html


def test_the_parsers_own_words_are_settled_with_it(editor: User) -> None:
    sheet = doubtful()
    lines = sheet.articles[0].blocks[2].lines
    sheet.problem("join-doubtful", *lines, article="a1", confidence=0.4).load()
    doubts.settle(editor, Task.objects.get(kind="placement"))
    told = Problem.objects.get(code="join-doubtful")
    assert told.state == Problem.State.SETTLED
    problems.reopen([told], editor)
    assert in_doubt()[0] == 1 and block("卖豆腐").base == {}
    problems.settle([told], editor)
    assert in_doubt() == (0, 0.9, 0)


def test_a_doubt_too_small_for_the_queue_is_settled_at_the_paragraph(
    client: Client, editor: User
) -> None:
    sheet = doubtful()
    chess = sheet.articles[0]
    rows = [
        replace(b, confidence=0.8) if b.confidence == 0.4 else b for b in chess.blocks
    ]
    sheet.change(0, blocks=tuple(rows)).load()
    assert marked_for_readers(client) and not Task.objects.filter(kind="placement")
    doubts.settle_block(editor, block("卖豆腐"))
    assert not marked_for_readers(client)
    assert doubts.settle_block(editor, block("卖豆腐")) is None
    assert Revision.objects.filter(user=editor).count() == 1


def test_settling_holds_nothing_back_from_an_import(editor: User) -> None:
    """It says where the words belong, not what they are: a new parse may say them anew."""
    doubtful().load()
    doubts.settle(editor, Task.objects.get(kind="placement"))
    sheet = doubtful((CHESS[1][0], "坐到他对面来。"))
    sheet.load(replace=True)
    assert Block.objects.get(text__contains="坐到他对面来").base == {}
    assert not Problem.objects.filter(code="import-conflict")

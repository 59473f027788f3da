"""The parser's next-best decision, taken with one press and taken back with another."""

from __future__ import annotations

import pytest

from articles.editing.acting import Refused
from articles.editing.alternative import can_take, take_alternative
from articles.editing.undoing import undo
from articles.importing.plan import Verdict
from articles.models import Block, Issue, Task
from tests.editing.conftest import article, block, export, ledger_holds, texts
from tests.importing.sheets import CHESS, village

pytestmark = pytest.mark.django_db


def task_for(found: Block, lines: list[int], home: str | None = None) -> Task:
    found.alternative = {"lines": lines, "article": home, "confidence": 0.3}
    Block.objects.filter(pk=found.pk).update(alternative=found.alternative)
    return Task(block=found)


def cases() -> dict[str, tuple[str, list[int], str | None]]:
    long, last, well = block("卖豆腐"), block("看客"), block("井水")
    return {
        "cut": ("卖豆腐", long.lines[:1], None),
        "join": ("悔子", [*block("悔子").lines, *last.lines], None),
        "other article": ("看客", last.lines, article("老井").public_id),
        "other end": ("卖豆腐", [long.lines[0], *well.lines], None),
    }


@pytest.mark.parametrize("name", ["cut", "join", "other article", "other end"])
def test_the_alternative_is_taken_and_taken_back(name: str, issue: Issue) -> None:
    begins, lines, home = cases()[name]
    before = export()
    found = block(begins)
    task = task_for(found, lines, home)
    assert can_take(task)
    revision = take_alternative(task, None)
    found.refresh_from_db()
    assert found.lines == lines
    assert found.article.public_id == (home or article("棋局").public_id)
    ledger_holds()
    undo(None, revision)
    ledger_holds()
    assert export() == before


def test_lines_that_were_lost_stand_where_they_stood(issue: Issue) -> None:
    long, well = block("卖豆腐"), block("井水")
    take_alternative(task_for(long, [long.lines[0], *well.lines]), None)
    assert [t[:5] for t in texts("棋局")] == [
        CHESS[0][:5],
        "每天傍晚，",
        "坐到对面来",
        CHESS[2][:5],
        CHESS[3][:5],
    ]
    assert not any("井水" in text for text in texts("老井"))
    assert village().load().verdict in (Verdict.UNCHANGED, Verdict.UPDATED)


@pytest.mark.parametrize("lines", [[], [9999]])
def test_an_alternative_that_names_nothing_is_refused(
    issue: Issue, lines: list[int]
) -> None:
    with pytest.raises(Refused):
        take_alternative(task_for(block("悔子"), lines), None)

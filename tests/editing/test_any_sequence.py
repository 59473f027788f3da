"""Whatever editors do, in any order: no line is lost, no import undoes it, and all of
it can be taken back to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.editing import blocks, lines, pieces
from articles.editing.acting import Refused
from articles.editing.undoing import undo, undo_all
from articles.importing.plan import Verdict
from articles.models import ARTICLE_ROLES, FURNITURE_ROLES, Article, Block, Issue
from articles.models import Revision as History
from tests.editing.conftest import export, ledger_holds
from tests.importing.sheets import village

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 40), st.integers(0, 40)), max_size=12
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(steps=[(8, 33, 0), (1, 0, 0)])  # an old place follows a paragraph twice
@example(steps=[(8, 6, 0), (8, 10, 0)])  # merged into what was merged in its turn
@given(steps=STEPS)
def test_any_sequence_of_acts(steps: list[tuple[int, int, int]], editor: Any) -> None:
    with transaction.atomic():
        village().load()
        before, since = export(), timezone.now()
        for step in steps:
            try:
                _do(editor, *step)
            except Refused:
                continue
            ledger_holds()
        after = export()
        assert village().load().verdict == Verdict.UNCHANGED
        assert export() == after
        result = undo_all(None, editor, since)
        assert result.stuck == []
        assert export() == before
        ledger_holds()
        transaction.set_rollback(True)


def _do(user: Any, kind: int, one: int, other: int) -> None:
    block = _nth(Block.objects.order_by("pk"), one)
    article = _nth(Article.objects.published().order_by("pk"), other)
    after = _nth([None, *article.blocks.order_by("position", "id")], one)
    if kind == 0:
        blocks.move_block(user, block, article, after)
    elif kind == 1:
        blocks.join_previous(user, block)
    elif kind == 2:
        blocks.cut_block(user, block, _nth(block.lines, other))
    elif kind == 3:
        blocks.set_role(user, block, _nth([*ARTICLE_ROLES, *FURNITURE_ROLES], other))
    elif kind == 4:
        blocks.mark_furniture(user, block, _nth(FURNITURE_ROLES, other))
    elif kind == 5:
        blocks.take_in(user, block, article, after, _nth(ARTICLE_ROLES, other))
    elif kind == 6:
        blocks.correct_text(user, block, f"{block.text}{other}")
    elif kind == 7:
        pieces.split_article(user, block, f"题{other}")
    elif kind == 8:
        pieces.merge_articles(user, article, block.article or article)
    elif kind == 9:
        dump = Issue.objects.get().dumps.get()
        every = sorted(n for b in Block.objects.all() for n in b.lines)
        pieces.new_article(user, dump, every[one % len(every) :][: other % 4])
    else:
        revision = History.objects.filter(user=user).order_by("-id")[:3]
        if revision:
            undo(user, _nth(list(revision), other))
    if block.article_id and kind == 3:
        lines.set_from_lines(user, block.article, "subtitle", block.lines[:1])


def _nth(rows: Any, number: int) -> Any:
    rows = list(rows)
    return rows[number % len(rows)]

"""Settling what a program was not sure of, and the conflicts of an import.

A conflict is settled one way or the other by a person: the importer has left the
editor's value standing and made the new value the field's ``base``, so "keep mine"
only settles, and "take new" hands the field back.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_noop

from articles.editing.acting import act
from articles.editing.doubts import OF_PLACE, blocks_told, mark, unmark
from articles.editing.release import can_release, release
from articles.editing.saying import Said, messages_own_language, said
from articles.models import Article, Block, Problem, Task
from articles.models.protected import Protected
from articles.problems import LABELS, column_label

CONFLICT = "import-conflict"


@transaction.atomic
def settle(problems: Iterable[Problem], user: AbstractBaseUser) -> int:
    """Marks them as looked at; returns how many were open."""
    return sum(_set_state(problem, user, Problem.State.SETTLED) for problem in problems)


@transaction.atomic
def reopen(problems: Iterable[Problem], user: AbstractBaseUser) -> int:
    return sum(_set_state(problem, user, Problem.State.OPEN) for problem in problems)


@transaction.atomic
def keep_mine(problem: Problem, user: AbstractBaseUser) -> None:
    """The editor's value stands, as it has stood; the new one stays remembered."""
    settle([problem], user)


@transaction.atomic
def take_new(problem: Problem, user: AbstractBaseUser) -> None:
    """What the import Said, messages_own_language, said stands from now on, and later imports may change it."""
    row, field = disputed_row(problem), problem.detail.get("field", "")
    page = row.article if isinstance(row, Block) else row
    articles = [page] if isinstance(page, Article) else []
    rows = [problem] if row is None else [problem, row]
    with messages_own_language():
        label = Said(column_label(field), {})
    what = said(gettext_noop("取新导入的值：%(field)s"), field=label)
    with act(user, what, articles=articles, rows=rows):
        if row is not None and can_release(row, field):
            release(row, field)
        Problem.objects.filter(pk=problem.pk).update(state=Problem.State.SETTLED)
    problem.refresh_from_db(fields=["state"])


def can_take_new(problem: Problem) -> bool:
    row = disputed_row(problem)
    return row is not None and can_release(row, problem.detail.get("field", ""))


def disputed_row(problem: Problem) -> Protected | None:
    """The row whose field both sides changed, or None when it has gone since."""
    if "block" in problem.detail:
        blocks = Block.objects.filter(dump__issue=problem.dump.issue_id)
        return blocks.filter(
            article=problem.article, anchor=problem.detail["block"]
        ).first()
    return problem.article or problem.dump.issue


def _set_state(problem: Problem, user: AbstractBaseUser, state: str) -> bool:
    label = Problem.State(state).label
    what = said(
        gettext_noop("疑点%(state)s：%(code)s"),
        state=label,
        code=LABELS.get(problem.code, problem.code),
    )
    blocks, issue = blocks_told(problem), problem.dump.issue
    homes = {b.article_id: b.article for b in blocks if b.article}
    if problem.article:
        homes[problem.article_id] = problem.article
    with act(
        user, what, articles=homes.values(), blocks=blocks, issue=issue,
        rows=[problem, *Task.objects.filter(block__in=blocks, kind__in=OF_PLACE)],
    ) as doing:  # fmt: skip
        for block in blocks:
            mark(block) if state == Problem.State.SETTLED else unmark(block)
        Task.objects.filter(block__in=blocks, kind__in=OF_PLACE).update(state=state)
        Problem.objects.filter(pk=problem.pk).update(state=state)
    problem.state = state
    return doing.revision is not None

"""Settling what a program was not sure of, and the conflicts of an import.

A conflict is settled one way or the other by a person: the importer has left the
editor's value standing and made the new value the field's ``base``, so "keep mine"
only settles, and "take new" hands the field back.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.editing.articles import refresh
from articles.editing.history import Edit, record
from articles.editing.release import can_release, field_label, release
from articles.models import Article, Block, Problem
from articles.models.protected import Protected

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
    """What the import said stands from now on, and later imports may change it."""
    row, field = disputed_row(problem), problem.detail.get("field", "")
    if row is not None and can_release(row, field):
        edits = release(row, field)
        page = row.article if isinstance(row, Block) else row
        record(user, page or row, edits, [field_label(row, field)])
        if isinstance(page, Article):
            refresh(page)
    settle([problem], user)


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
    before = Problem.objects.select_for_update().get(pk=problem.pk).state
    if before == state:
        return False
    problem.state = state
    problem.save(update_fields=["state"])
    label = Problem._meta.get_field("state").verbose_name
    record(user, problem, [Edit.of(problem, "state", before, str(state))], [label])
    return True

"""A person has looked, and it is right as it is: nobody is asked again.

A paragraph remembers it (``base["confidence"]``, what the parser's was) for as long as
imports bring the same words to the same article; readers see no doubt of it any more.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_noop

from articles.editing.acting import act
from articles.editing.saying import said
from articles.models import Block, Problem, Revision, Task
from articles.queue import OF_BLOCKS


def settle(user: AbstractBaseUser | None, task: Task, why: str = "") -> Revision | None:
    """The task is done, and its paragraph in no doubt."""
    blocks = [task.block] if task.block and task.kind in OF_PLACE else []
    told = _told(task.block) if blocks else []
    articles = [task.article] if task.article else []
    what = said(gettext_noop("看过，无误：%(kind)s"), kind=Task.Kind(task.kind).label)
    if blocks:
        what = said(gettext_noop("看过，无误：“%(block)s”"), block=task.block)
    with act(
        user, what, why=why, articles=articles, blocks=blocks, rows=[task, *told],
        issue=task.issue,
    ) as doing:  # fmt: skip
        _settle(blocks, told)
        task.state = Task.State.SETTLED
        task.save(update_fields=["state"])
    return doing.revision


def settle_block(
    user: AbstractBaseUser | None, block: Block, why: str = ""
) -> Revision | None:
    """The same of a paragraph, whether it is in the queue or only marked for readers."""
    told = _told(block)
    what = said(gettext_noop("看过，无误：“%(block)s”"), block=block)
    articles = [block.article] if block.article else []
    with act(
        user, what, why=why, articles=articles, blocks=[block], rows=told,
        issue=block.dump.issue,
    ) as doing:  # fmt: skip
        _settle([block], told)
    return doing.revision


OF_PLACE = frozenset({Task.Kind.PLACEMENT, Task.Kind.LINES})


def blocks_told(problem: Problem) -> list[Block]:
    """The paragraphs of whose place or joints the problem says that they are doubtful."""
    if problem.code not in OF_BLOCKS or not problem.lines:
        return []
    rows = Block.objects.filter(dump=problem.dump_id).select_related("article")
    return [block for block in rows if block.lines == problem.lines]


def mark(block: Block) -> None:
    block.protect("confidence", block.confidence)
    block.save(update_fields=["base"])


def unmark(block: Block) -> None:
    block.base.pop("confidence", None)
    block.save(update_fields=["base"])


def _settle(blocks: Iterable[Block], told: Iterable[Problem]) -> None:
    for block in blocks:
        mark(block)
    Problem.objects.filter(pk__in=[problem.pk for problem in told]).update(
        state=Problem.State.SETTLED
    )


def _told(block: Block) -> list[Problem]:
    """What the parser says of the same lines in words."""
    rows = Problem.objects.filter(
        dump=block.dump_id, code__in=OF_BLOCKS, state=Problem.State.OPEN
    )
    return [row for row in rows if row.lines == block.lines]

"""Taking back: one act, or all that one person did since a moment.

Undoing is an act like any other: it stands in the history and can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.bookmarks.following import follow_blocks
from articles.editing.acting import Refused, act
from articles.editing.pieces import undo_making
from articles.editing.saying import Said, said
from articles.journal import ORDER, Change, Overtaken, revert, rows_of
from articles.models import Article, Block, Report, Revision, Way


@dataclass
class Undone:
    """``stuck``: those that could not be taken back, each with the reason."""

    done: list[Revision] = field(default_factory=list)
    stuck: list[tuple[Revision, str]] = field(default_factory=list)


def is_undone(revision: Revision) -> bool:
    """By an undoing that stands (which may have been undone itself)."""
    return any(not is_undone(undoing) for undoing in revision.undoers.all())


def can_undo(revision: Revision) -> bool:
    if revision.way == Way.IMPORT:  # the files say what they say
        return False
    known = all(change["model"] in ORDER for change in revision.changes)
    return known and not is_undone(revision)


def undo(
    user: AbstractBaseUser | None, revision: Revision, why: str = ""
) -> Revision | None:
    """Raises Refused when something of it has been changed since, or it was undone."""
    if not can_undo(revision):
        raise Refused(_("这一步已撤销，或不能撤销"))
    changes = revision.changes
    touched = Article.objects.filter(pk__in=_articles(changes))
    others = [row for scope in rows_of(changes) for row in scope]
    try:
        with act(
            user, said(gettext_noop("撤销：%(what)s"), what=Said(revision.what, revision.facts)), why=why, way=Way.UNDO, articles=touched,
            rows=others, issue=revision.issue, undoes=revision,
        ) as doing:  # fmt: skip
            doing.journal.expect(*rows_of(changes))
            doing.journal.watch(Article.objects.filter(merged_into__in=_made(changes)))
            _revert(changes)
            _follow(changes)
            Report.objects.filter(revision=revision).update(state=Report.State.REVERTED)
    except Overtaken as overtaken:
        raise Refused(_obstacles(revision, overtaken.obstacles)) from None
    except (IntegrityError, ProtectedError):
        raise Refused(_("后来的改动与它相关；请先撤销后来的")) from None
    return doing.revision


@transaction.atomic
def undo_all(
    user: AbstractBaseUser, author: AbstractBaseUser, since: datetime
) -> Undone:
    """Everything ``author`` did since then, the newest first; what cannot be is named."""
    return undo_these(user, author.revisions.filter(when__gte=since))  # type: ignore[attr-defined]


@transaction.atomic
def undo_these(user: AbstractBaseUser | None, revisions: Any) -> Undone:
    result = Undone()
    rows = list(revisions.select_related("issue").order_by("-id"))
    known = {row.pk for row in rows}
    for revision in rows:
        # What was done and taken back again has left nothing to take back.
        if revision.undoes_id in known or is_undone(revision):
            continue
        try:
            undo(user, revision)
            result.done.append(revision)
        except Refused as refusal:
            result.stuck.append((revision, str(refusal)))
    return result


def _revert(changes: list[Change]) -> None:
    revert(changes)
    for article in Article.objects.filter(pk__in=_made(changes)):
        undo_making(article, _home(changes))


def _made(changes: Iterable[Change]) -> list[int]:
    """The articles that did not exist before."""
    return [c["pk"] for c in changes if c["model"] == "article" and c["before"] is None]


def _home(changes: Iterable[Change]) -> Article | None:
    """Where the text of an article that is unmade stands again."""
    for change in changes:
        if change["model"] == "block" and change["before"]:
            home = Block.objects.filter(pk=change["pk"]).first()
            if home and home.article:
                return home.article
    return None


def _follow(changes: Iterable[Change]) -> None:
    """Bookmarks go with their paragraph on the way back, too."""
    moved = [
        c["pk"]
        for c in changes
        if c["model"] == "block" and c["before"] and "article_id" in c["before"]
    ]
    rows = Block.objects.filter(pk__in=moved).select_related("article")
    follow_blocks({b.pk: (b if b.article else None, b.article) for b in rows})


def _articles(changes: Iterable[Change]) -> set[int]:
    found = {c["pk"] for c in changes if c["model"] == "article"}
    for change in changes:
        for side in (change["before"], change["after"]):
            found.add((side or {}).get("article_id") or 0)
    return found


def _obstacles(revision: Revision, obstacles: list[Change]) -> str:
    """Which later acts stand in the way: they changed a field that this one had."""
    keys = {key for change in obstacles for key in _fields(change)}
    later = Revision.objects.filter(pk__gt=revision.pk)
    if revision.issue_id:
        later = later.filter(issue=revision.issue_id)
    names = [
        f"“{row.said}”"
        for row in later.order_by("id")[:200]
        if any(not keys.isdisjoint(_fields(c)) for c in row.changes)
    ]
    later_ones = "、".join(names[:5]) or _("重新导入")
    return _("后来又有改动：%s；请先撤销它们") % later_ones


def _fields(change: Change) -> set[tuple[str, int, str]]:
    """A row that was made or went is every field of it."""
    names = {*(change["before"] or {}), *(change["after"] or {})}
    return {(change["model"], change["pk"], name) for name in names}

"""Saying which issue of which publication something is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles import queue
from articles.editing.fields import locked
from articles.editing.history import record
from articles.editing.saying import said
from articles.importing import move
from articles.importing.errors import ImportRefused
from articles.importing.identity import title_key
from articles.importing.protect import plain_value
from articles.models import Issue

Refused = (ValueError, ImportRefused)  # what ``identify`` raises, with a reason to show
SAID = ("publication", "year", "volume", "number", "total_number", "date")


@transaction.atomic
def identify(
    issue: Issue, user: AbstractBaseUser, publication: str, **said: Any
) -> Issue:
    """Gives the issue its place; returns the issue it is now, which may be another.

    Its old address redirects, its articles keep theirs.  Raises ValueError for a date or
    a title that is none, ImportRefused where another text already is what it would become.
    """
    if not title_key(publication):
        raise ValueError(_("刊名是空的"))
    locked(issue)
    before = {name: plain_value(issue, name) for name in SAID}
    known = move.identify_issue(issue, publication, **said)
    after = {name: plain_value(known, name) for name in SAID}
    changed = [name for name in SAID if before[name] != after[name]]
    if changed:
        _record(user, known, before, after, changed)
    return known


def _record(
    user: AbstractBaseUser,
    issue: Issue,
    before: dict[str, Any],
    after: dict[str, Any],
    changed: list[str],
) -> None:
    """``identity`` is no table: two issues may have become one, so it is said anew
    rather than undone."""
    sides = [{name: side[name] for name in changed} for side in (before, after)]
    change = {
        "model": "identity", "pk": issue.pk, "before": sides[0], "after": sides[1]
    }  # fmt: skip
    what = said(gettext_noop("定刊期：%(issue)s"), issue=issue)
    record(user, what, [change], issue=issue)
    queue.sync(issue)

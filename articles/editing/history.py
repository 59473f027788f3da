"""Who changed what, when, from what to what: reads of the history that acts write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from articles.editing.saying import Said
from articles.models import Article, Issue, Revision, Way

LOOK_BACK = 200  # acts on one row that a page reads
COLUMNS = {"section_id": "section", "article_id": "article"}


@dataclass(frozen=True)
class Edit:
    """One field of one row; ``before`` and ``after`` are plain values."""

    model: str
    pk: int
    field: str
    before: Any
    after: Any

    @classmethod
    def of(cls, row: models.Model, field: str, before: Any, after: Any) -> Edit:
        return cls(str(row._meta.model_name), row.pk, field, before, after)


@dataclass(frozen=True)
class Hand:
    """Whose hand was last on a field, and when."""

    who: str
    when: datetime


def record(
    user: Any,
    what: Said,
    changes: list[dict[str, Any]],
    *,
    subject: str = "",
    way: str = Way.FORM,
    issue: Issue | None = None,
) -> Revision:
    """A line of history for what is no act on articles (``acting.act`` writes its own)."""
    return Revision.objects.create(
        user=user, what=what.what, facts=what.facts, changes=changes, subject=subject,
        way=way, issue=issue,
    )  # fmt: skip


def subject_of(row: models.Model) -> str:
    """The name under which a row's history is found."""
    return f"{row._meta.model_name}:{row.pk}"


def revisions_of(row: models.Model) -> models.QuerySet[Revision]:
    """What was done to a row, newest first."""
    if isinstance(row, (Article, Issue)):
        found = row.revisions.all()
    else:
        found = Revision.objects.filter(subject=subject_of(row))
    return found.select_related("user").order_by("-id")


def last_hands(row: models.Model) -> dict[tuple[str, int, str], Hand]:
    """For each (model, pk, field) changed on this row's page: the latest hand."""
    hands: dict[tuple[str, int, str], Hand] = {}
    for revision in revisions_of(row)[:LOOK_BACK]:
        hand = Hand(who(revision), revision.when)
        for change in revision.changes:
            for key in _fields(change):
                hands.setdefault(key, hand)
    return hands


def who(revision: Revision) -> str:
    if revision.user:
        return revision.user.get_username()
    return revision.credited or str(revision.get_way_display())


def _fields(change: dict[str, Any]) -> list[tuple[str, int, str]]:
    before, after = change["before"] or {}, change["after"] or {}
    if change["model"] == "authorship":
        articles = {side.get("article_id") for side in (before, after)} - {None}
        return [("article", article, "authors") for article in articles]
    names = {COLUMNS.get(name, name) for name in (*before, *after)}
    return [(change["model"], change["pk"], name) for name in names]

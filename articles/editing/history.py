"""Who changed what, when, from what to what: the admin's own log, with the values.

One LogEntry an act, on the row whose page the act was done on.  Its message is the
list the admin writes, and after it ``{"edits": [Edit, …]}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import override

LOOK_BACK = 200  # acts on one row that a page reads


@dataclass(frozen=True)
class Edit:
    """One field of one row; ``before`` and ``after`` are JSON-able."""

    model: str
    pk: int
    field: str
    before: Any
    after: Any

    @classmethod
    def of(cls, row: models.Model, field: str, before: Any, after: Any) -> Edit:
        return cls(row._meta.model_name, row.pk, field, before, after)


@dataclass(frozen=True)
class Hand:
    """Whose hand was last on a field, and when."""

    who: str
    when: datetime


def edits_message(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """What to add to an admin log message; nothing when nothing was changed."""
    listed = [asdict(edit) for edit in edits]
    return [{"edits": listed}] if listed else []


def record(
    user: AbstractBaseUser,
    row: models.Model,
    edits: Iterable[Edit],
    fields: Iterable[str],
) -> None:
    """Writes one entry for an act done outside a form; ``fields`` are labels.

    Does nothing when nothing was changed.
    """
    edits = list(edits)
    if not edits:
        return
    with override(None):
        labels = [force_str(field) for field in fields]
    message = [{"changed": {"fields": labels}}, *edits_message(edits)]
    LogEntry.objects.log_actions(
        user.pk, [row], CHANGE, change_message=message, single_object=True
    )


def last_hands(row: models.Model) -> dict[tuple[str, int, str], Hand]:
    """For each (model, pk, field) changed on this row's page: the latest hand."""
    hands: dict[tuple[str, int, str], Hand] = {}
    for entry in _entries(row):
        for edit in _edits(entry):
            key = (edit["model"], edit["pk"], edit["field"])
            hands.setdefault(key, Hand(entry.user.get_username(), entry.action_time))
    return hands


def last_entry(row: models.Model) -> LogEntry | None:
    return next(iter(_entries(row)[:1]), None)


def _entries(row: models.Model) -> models.QuerySet[LogEntry]:
    return (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
        )
        .select_related("user")
        .order_by("-action_time", "-id")[:LOOK_BACK]
    )


def _edits(entry: LogEntry) -> Iterator[dict[str, Any]]:
    if not entry.change_message.startswith("["):
        return
    for part in json.loads(entry.change_message):
        yield from part.get("edits", [])

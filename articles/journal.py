"""What an act did to the database, as values: taken down, and taken back.

In: querysets to watch.  Out: ``changes``, JSON-able, one for each row that is new,
gone or different::

    {"model": "block", "pk": 7, "before": {"role": "paragraph"}, "after": {"role": "note"}}

``before`` is None for a row that is new, ``after`` for one that is gone; both then hold
the whole row.  A field's ``base`` is compared key by key (``base.title``), so two acts on
two fields of one row can be undone apart; a key that is not there is not listed.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model, QuerySet

Change = dict[str, Any]
Key = tuple[str, int]
Values = dict[str, Any]

# Counted from other rows, or the time of writing: not what anybody decided.
DERIVED = {
    "article": {"modified", "characters", "confidence"},
    "proofsheet": {"tasks", "corrections"},
    "task": {"doubt", "weight"},
}
# Rows with links of their own that must stay: never deleted, emptied instead.
LASTING = frozenset({"article"})
# Old addresses go where their paragraphs go, tasks come and go with doubts.
FOLLOWING = frozenset({"formerplace", "task"})
# The order in which rows can be made anew, each after what it points to.
ORDER = (
    "publication", "section", "issue", "topic", "author", "article", "block",
    "authorship", "articletopic", "formerplace", "problem", "proofsheet",
    "report", "task",
)  # fmt: skip


class Overtaken(ValueError):
    """Somebody has since changed what was to be taken back."""

    def __init__(self, obstacles: list[Change]) -> None:
        super().__init__("changed since")
        self.obstacles = obstacles


@dataclass
class Journal:
    """Watches rows from its making until ``changes`` is called."""

    scopes: list[QuerySet] = field(default_factory=list)
    before: dict[Key, Values] = field(default_factory=dict)

    def watch(self, *scopes: QuerySet) -> None:
        """These rows, as they are now."""
        for scope in scopes:
            self.scopes.append(scope)
            self.before |= {
                k: v for k, v in _read(scope).items() if k not in self.before
            }

    def expect(self, *scopes: QuerySet) -> None:
        """Rows that will be there, and were not before."""
        self.scopes += scopes

    def changes(self) -> list[Change]:
        after: dict[Key, Values] = {}
        for scope in self.scopes:
            after |= _read(scope.all())
        after |= _read_keys(self.before.keys() - after.keys())
        found = [
            _difference(key, self.before.get(key), after.get(key))
            for key in sorted(self.before.keys() | after.keys())
        ]
        return [change for change in found if change]


def revert(changes: Iterable[Change]) -> None:
    """Puts every row back to ``before``.

    Raises Overtaken, with nothing written, when a row is not as the act left it.
    """
    changes = list(changes)
    if obstacles := [c for c in changes if not _stands(c) or _is_in_use(c, changes)]:
        raise Overtaken(obstacles)
    ranked = sorted(changes, key=lambda change: _rank(change["model"]))
    anchors = _park_anchors(ranked)
    for change in reversed(ranked):
        if change["before"] is None and change["model"] not in LASTING:
            _model(change["model"])._base_manager.filter(pk=change["pk"]).delete()
    for change in ranked:
        if change["after"] is None:
            _make(change)
        elif change["before"] is not None:
            _put_back(change, anchors)


def rows_of(changes: Iterable[Change]) -> list[QuerySet]:
    """The rows that the changes are about."""
    keys: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        keys[change["model"]].add(change["pk"])
    return [_model(name)._base_manager.filter(pk__in=pks) for name, pks in keys.items()]


def values_of(row: Model) -> Values:
    """Every column of a row, plain; ``base`` as one entry for each of its keys."""
    left_out = DERIVED.get(str(row._meta.model_name), set())
    values = {
        f.attname: _plain(getattr(row, f.attname))
        for f in row._meta.concrete_fields
        if f.name not in left_out and not f.primary_key
    }
    base = values.pop("base", {})
    return values | {f"base.{name}": value for name, value in base.items()}


def _read(scope: QuerySet) -> dict[Key, Values]:
    name = str(scope.model._meta.model_name)
    return {(name, row.pk): values_of(row) for row in scope}


def _read_keys(keys: Iterable[Key]) -> dict[Key, Values]:
    found: dict[Key, Values] = {}
    for scope in rows_of({"model": name, "pk": pk} for name, pk in keys):
        found |= _read(scope)
    return found


def _difference(key: Key, before: Values | None, after: Values | None) -> Change | None:
    if before == after:
        return None
    name, pk = key
    if before is not None and after is not None:
        differ = [
            k for k in before.keys() | after.keys()
            if (k in before, before.get(k)) != (k in after, after.get(k))
        ]  # fmt: skip
        differ.sort()
        before = {k: before[k] for k in differ if k in before}
        after = {k: after[k] for k in differ if k in after}
    return {"model": name, "pk": pk, "before": before, "after": after}


def _stands(change: Change) -> bool:
    """Is the row still as the act left it, in what the act changed?"""
    if change["model"] in FOLLOWING:
        return True
    row = _model(change["model"])._base_manager.filter(pk=change["pk"]).first()
    if change["after"] is None or row is None:
        return change["after"] is None and row is None
    if change["before"] is None and change["model"] in LASTING:
        return True
    now = values_of(row)
    fields = change["after"].keys() | (change["before"] or {}).keys()
    return all(
        (k in now, now.get(k)) == (k in change["after"], change["after"].get(k))
        for k in fields
    )


def _is_in_use(change: Change, changes: list[Change]) -> bool:
    """A topic that was made and given to articles since would take that along."""
    if change["model"] != "topic" or change["before"] is not None:
        return False
    given = _model("articletopic")._base_manager.filter(topic=change["pk"])
    mine = [c["pk"] for c in changes if c["model"] == "articletopic"]
    return given.exclude(pk__in=mine).exists()


def _park_anchors(changes: Iterable[Change]) -> dict[int, str]:
    """Two paragraphs that change places must not meet under one anchor on the way.

    Returns the anchors that were taken away for the time being.
    """
    moving = [
        change["pk"]
        for change in changes
        if change["model"] == "block"
        and {"anchor", "article_id"} & (change["before"] or {}).keys()
        and change["after"]
    ]
    rows = list(_model("block")._base_manager.filter(pk__in=moving))
    anchors = {row.pk: row.anchor for row in rows}
    for row in rows:
        row.anchor = f"~{row.pk}"[:16]
        row.save(update_fields=["anchor"])
    return anchors


def _put_back(change: Change, anchors: dict[int, str]) -> None:
    row = _model(change["model"])._base_manager.filter(pk=change["pk"]).first()
    if row is None and change["model"] in FOLLOWING:
        return  # it went with its paragraph, or its doubt
    assert row is not None, change
    values = values_of(row)
    if change["model"] == "block" and row.pk in anchors:
        values["anchor"] = anchors[row.pk]
    for name in change["after"]:
        values.pop(name, None)
    _save(row, values | change["before"])


def _make(change: Change) -> None:
    _save(_model(change["model"])(pk=change["pk"]), change["before"], new=True)


def _save(row: Model, values: Values, new: bool = False) -> None:
    columns = {k: v for k, v in values.items() if not k.startswith("base.")}
    for name, value in columns.items():
        setattr(row, name, value)
    if hasattr(row, "base"):
        row.base = {
            k.removeprefix("base."): v
            for k, v in values.items()
            if k.startswith("base.")
        }
    row.save(force_insert=new)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _model(name: str) -> type[models.Model]:
    return apps.get_model("articles", name)

"""What an act changed, in words: each row, each field, as a difference.

Numbers of other rows become their names, codes the words that pages have for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey
from django.utils.translation import gettext as _

from articles.editing.differences import Run, runs_between
from articles.editing.words import in_words

BASE = "base."
NAMED = frozenset({"article", "author", "topic", "section", "publication", "issue"})
# Says where a row stands, to programs only.
SILENT = frozenset({"anchor", "position", "dump_id", f"{BASE}position", f"{BASE}lines"})
Names = dict[tuple[str, int], str]
Change = dict[str, Any]  # as articles.journal has it


@dataclass(frozen=True)
class ChangedField:
    label: str
    runs: list[Run]


@dataclass(frozen=True)
class ChangedRow:
    """``made``, ``gone``: the row is new, or is not there any more."""

    model: str
    name: str
    made: bool
    gone: bool
    fields: list[ChangedField]


def changes_in_words(changes: Iterable[Change]) -> list[ChangedRow]:
    """One query for each kind of row that is named; what says nothing is left out."""
    changes = list(changes)
    names = _names(changes)
    rows = [_row(change, names) for change in changes]
    return [row for row in rows if row.fields or row.made or row.gone]


def _row(change: Change, names: Names) -> ChangedRow:
    before, after = change["before"] or {}, change["after"] or {}
    model = change["model"]
    shown = [name for name in {*before, *after} if name not in SILENT]
    shown.sort(key=lambda name: (name.startswith(BASE), name))
    return ChangedRow(
        _model_label(model), names.get((model, change["pk"]), str(change["pk"])),
        change["before"] is None, change["after"] is None,
        [_field(model, name, before.get(name), after.get(name), names) for name in shown],
    )  # fmt: skip


def _field(model: str, name: str, old: Any, new: Any, names: Names) -> ChangedField:
    """A field that is protected from now on shows only what the import had said."""
    column = _column(model, name)
    before, after = (
        "" if value in (None, "", []) else _text(column, value, names)
        for value in (old, new)
    )
    protected_now = name.startswith(BASE) and not before
    runs = [Run(kept=after or "—")] if protected_now else runs_between(before, after)
    return ChangedField(_label(column, name), runs)


def _text(column: Field | None, value: Any, names: Names) -> str:
    if isinstance(column, ForeignKey) and isinstance(value, int):
        model = str(column.related_model._meta.model_name)
        return names.get((model, value), str(value))
    if column is not None and column.choices and value is not None:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return in_words(value)


def _names(changes: Iterable[Change]) -> Names:
    wanted: dict[Any, set[int]] = defaultdict(set)
    for change in changes:
        if change["model"] in NAMED:
            wanted[apps.get_model("articles", change["model"])].add(change["pk"])
        for side in (change["before"], change["after"]):
            for name, value in (side or {}).items():
                column = _column(change["model"], name)
                if isinstance(column, ForeignKey) and isinstance(value, int):
                    wanted[column.related_model].add(value)
    return {
        (str(model._meta.model_name), row.pk): str(row)
        for model, pks in wanted.items()
        if model._meta.model_name in NAMED
        for row in _rows(model).filter(pk__in=pks)
    }


def _rows(model: Any) -> Any:
    rows = model._base_manager.all()
    return (
        rows.select_related("publication")
        if model._meta.model_name == "issue"
        else rows
    )


def _column(model: str, name: str) -> Field | None:
    bare = name.removeprefix(BASE).removesuffix("_id")
    try:
        field = apps.get_model("articles", model)._meta.get_field(bare)
    except (LookupError, FieldDoesNotExist):
        return None
    return field if isinstance(field, Field) else None


def _model_label(name: str) -> str:
    """What the editors call it; a model that is none keeps its name."""
    try:
        return str(apps.get_model("articles", name)._meta.verbose_name)
    except LookupError:
        return name


def _label(column: Field | None, name: str) -> str:
    """``base.title`` is what the import had for the title, which is protected then."""
    bare = name.removeprefix(BASE)
    label = str(column.verbose_name) if column else bare
    if bare == "authors":
        label = _("作者")
    return _("导入时的%s") % label if bare != name else label

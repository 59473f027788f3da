"""Changing a field so that no import undoes it, and handing it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from articles.editing.history import Edit
from articles.editing.values import put
from articles.importing.protect import PROTECTABLE, plain_value
from articles.models import Article, Block
from articles.models.protected import Protected

Row = TypeVar("Row", bound=Protected)


def save_fields(row: Row, fields: Iterable[str]) -> list[Edit]:
    """Saves those of ``fields`` that differ from the database; all others stay.

    The first change of a field remembers what the import had put there (``base``).
    Typing exactly that in again is the same as handing the field back.
    """
    old = locked(row)
    pairs = {name: (plain_value(old, name), plain_value(row, name)) for name in fields}
    edits = [
        Edit.of(row, name, *pair) for name, pair in pairs.items() if pair[0] != pair[1]
    ]
    row.base = old.base
    for edit in edits:
        protect_edit(row, edit)
    if edits:
        row.save(update_fields=[*(edit.field for edit in edits), "base"])
        _renew_records(row)
    return edits


def protect_edit(row: Protected, edit: Edit) -> None:
    """Remembers (unsaved) what the import had said, if an import says it at all."""
    if edit.field not in PROTECTABLE[type(row)]:
        return
    row.protect(edit.field, edit.before)
    if row.base[edit.field] == edit.after:
        del row.base[edit.field]


def release_field(row: Protected, field: str) -> list[Edit]:
    """The program may set ``field`` again, and what it last said stands now."""
    old = locked(row)
    if field not in old.base:
        return []
    before = plain_value(old, field)
    row.base = old.base
    put(row, field, row.base.pop(field))
    row.save(update_fields=[field, "base"])
    _renew_records(row)
    return [Edit.of(row, field, before, plain_value(row, field))]


def _renew_records(row: Protected) -> None:
    """Harvesters come for the articles that say something of the row."""
    if not isinstance(row, (Article, Block)):
        Article.objects.naming(row).touch()


def locked(row: Row) -> Row:
    """The row as it stands in the database, which nobody else can change now."""
    rows: Any = type(row)._base_manager.select_for_update()
    return rows.get(pk=row.pk)

"""The way back of ``protect.plain_value``: a plain value onto a row.

Plain is what ``base``, histories and conflicts hold: a section is its name, authors
are ``[name as printed, kind, affiliation]``, everything else is itself.
"""

from __future__ import annotations

from typing import Any

from articles.importing.people import sections_named
from articles.models.protected import Protected


def put(row: Protected, field: str, value: Any) -> None:
    """Sets the column ``field``, unsaved.  Authors are no column: see ``authors``."""
    if field == "section" and value is not None:
        value = sections_named(row.issue.publication, [value])[value]  # type: ignore[attr-defined]
    setattr(row, field, value)

"""docs/permissions.md says who may do what; here it is asked of the site itself.

WRITE_PERMISSIONS=1 python -m pytest tests/editing/test_permissions_table.py
writes the table anew, for a person to look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.editing.permissions import ROLES, Row, routes, table

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "permissions.md"
HEAD = "| address | " + " | ".join(ROLES) + " |"

pytestmark = pytest.mark.django_db


def documented() -> list[Row]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    return [_row(line) for line in rows]


def _row(line: str) -> Row:
    cells = [cell.strip() for cell in line.strip("|").split(" | ")]
    return (cells[0].strip("`").replace("\\|", "|"), *cells[1:])


def _write(rows: list[Row]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    lines = [HEAD, "| --- " * (len(ROLES) + 1) + "|"]
    for pattern, *answers in rows:
        lines.append(
            f"| `{pattern.replace('|', chr(92) + '|')}` | {' | '.join(answers)} |"
        )
    before = text.split(HEAD)[0]
    DOCUMENT.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")


def test_every_address_has_a_row() -> None:
    assert [row[0] for row in documented()] == list(routes())


def test_every_role_may_do_what_the_table_says_and_no_more() -> None:
    rows = table()
    if os.environ.get("WRITE_PERMISSIONS"):
        _write(rows)
    assert rows == documented()


def test_the_table_gives_nobody_the_desk_but_those_who_work_there() -> None:
    for pattern, anonymous, reader, *_staff in documented():
        if pattern.startswith("desk/"):
            assert anonymous == "in in", pattern
            assert reader == "403 403", pattern

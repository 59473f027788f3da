"""Plain values (see ``articles.importing.protect``) as a person reads them."""

from __future__ import annotations

from typing import Any


def in_words(value: Any) -> str:
    """``None`` is a dash, authors are their names, lists are joined."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, list):
        return "、".join(
            str(item[0] if isinstance(item, list) else item) for item in value
        )
    return str(value)

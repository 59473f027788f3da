"""Plain values (see ``articles.importing.protect``) as a person reads them."""

from __future__ import annotations

from typing import Any


def in_words(value: Any) -> str:
    """``None`` is a dash, authors are their names, lists are joined."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, list):
        return "、".join(map(_in_words, value))
    return str(value)


def _in_words(item: Any) -> str:
    """An author is the name; an imported paragraph is its lines."""
    if isinstance(item, list):
        return str(item[0])
    if isinstance(item, dict):
        return "–".join(
            str(n) for n in sorted({*item["lines"][:1], *item["lines"][-1:]})
        )
    return str(item)

"""Numbers of headings and items must run: 一、二、三 once in each article.

In: the numbers with which the units of one strand begin, in reading order.
Out: how badly they break, in log-odds.  A missing number costs little (OCR
drops lines), a second 一、 or a number that goes back costs much.
"""

from __future__ import annotations

from collections.abc import Sequence

_LEVELS = {"chapter": 0, "section": 1, "item": 2, "brace": 3, "running": 4}
_RESTARTS = {"chapter": 3.0, "section": 1.0, "item": 0.5, "brace": 0.5, "running": 0.2}
_LATE = {"chapter": 2.5, "section": 2.0, "item": 1.0, "brace": 0.5, "running": 1.0}
_MIXED = 1.5  # chapters begin after sections have been counted without any


def broken_numbers(numbers: Sequence[tuple[str, int]]) -> float:
    """Sum of the faults.

    >>> broken_numbers([("chapter", 1), ("section", 1), ("section", 2), ("chapter", 2)])
    0.0
    >>> broken_numbers([("section", 1), ("chapter", 1), ("section", 2)]) > 3
    True
    """
    last: dict[str, int] = {}
    faults = 0.0
    for kind, value in numbers:
        faults += _fault(last, kind, value)
        if kind == "chapter" and kind not in last and "section" in last:
            faults += _MIXED
        for other, level in _LEVELS.items():
            if level > _LEVELS[kind]:
                last.pop(other, None)
        last[kind] = value
    return faults


def _fault(last: dict[str, int], kind: str, value: int) -> float:
    before = last.get(kind)
    if before is None:
        return 0.0 if value == 1 else _LATE[kind]
    if value == before + 1:
        return 0.0
    if value == 1:
        return _RESTARTS[kind]
    return 1.0 if value > before else _LATE[kind]

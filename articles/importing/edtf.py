"""Dates as libraries write them (EDTF, ISO 8601-2): checked, compared, sorted.

In: text such as ``2021-05-10``, ``2021-05``, ``2021-21`` (spring), ``202X``,
``2021-05-10/2021-05-12``, ``2021?``.  Out: the same text, or its first day.
Level 0 without times, and of level 1 what a periodical's date can be.
"""

from __future__ import annotations

import re
from datetime import date

LONGEST = 20  # what Issue.date holds
SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}  # spring … winter

# One date: "2021", "20XX", "2021-05", "2021-XX", "2021-05-1X~"
_DATE = re.compile(
    r"(?P<year>\d{2}(?:\d\d|\dX|XX))"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX|[0-3]X))?)?"
    r"[?~%]?",
    re.ASCII,
)


def check_edtf(text: str) -> str:
    """``text`` unchanged when it is a date; raises ValueError otherwise."""
    if len(text) > LONGEST:
        raise ValueError(f"{text[:LONGEST]}…: longer than {LONGEST} characters")
    start, slash, end = text.partition("/")
    first = first_day_of(start)
    if slash and end not in ("", "..") and first_day_of(end) < first:
        raise ValueError(f"{text}: the end is before the beginning")
    return text


def first_day(text: str) -> date:
    """The first day an EDTF date can mean; raises ValueError when it is none."""
    return first_day_of(text.partition("/")[0])


def first_day_of(text: str) -> date:
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"{text}: not an EDTF date")
    year = int(found["year"].replace("X", "0"))
    month = _least(found["month"])
    return date(year, SEASON_MONTHS.get(month, month), _least(found["day"]))


def _least(digits: str | None) -> int:
    """The least month or day that ``05``, ``1X``, ``XX`` or nothing can mean.

    >>> [_least(d) for d in ("05", "1X", "0X", "XX", None)]
    [5, 10, 1, 1, 1]
    """
    if digits in (None, "00"):  # a printed 00 is an error that date() names
        return 0 if digits else 1
    return int(digits.replace("X", "0")) or 1


def more_precise(one: str, other: str) -> str | None:
    """The one that says more when both can be true, otherwise None.

    >>> more_precise("2021-05", "2021-05-10"), more_precise("2021-05", "2021-06")
    ('2021-05-10', None)
    """
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return longer if longer == shorter or longer.startswith(f"{shorter}-") else None

"""A publication's run as a grid in which a gap is seen as a gap.

A magazine: one row a year, one cell a number.  A newspaper: one year at a time, a
calendar leaf for every month.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Issue

YEARS_SHOWN = 20
MAX_NUMBER = 60  # a larger "number" in a year is no number of that year


@dataclass(frozen=True)
class Cell:
    """``issue`` is None for a gap.  ``label`` is the number or the day."""

    label: int
    issue: Issue | None


@dataclass(frozen=True)
class Year:
    label: int
    cells: list[Cell]


@dataclass(frozen=True)
class Month:
    """``weeks`` begin on Monday; None stands where a day is another month's."""

    label: int
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class Run:
    """``rest`` are issues that have no place in the grid."""

    years: list[Year]
    months: list[Month]
    rest: list[Issue]


def magazine_run(issues: Iterable[Issue]) -> Run:
    """The newest year ends with its last number: what follows is not out yet."""
    years: dict[int, dict[int, Issue]] = {}
    rest = []
    for issue in issues:
        number = issue.number or 0
        if (
            issue.year
            and 0 < number <= MAX_NUMBER
            and number not in years.get(issue.year, {})
        ):
            years.setdefault(issue.year, {})[number] = issue
        else:
            rest.append(issue)
    widest = max((max(numbers) for numbers in years.values()), default=0)
    rows = []
    for year in range(max(years, default=0), min(years, default=1) - 1, -1):
        numbers = years.get(year, {})
        last = max(numbers) if year == max(years) else widest
        rows.append(Year(year, [Cell(n, numbers.get(n)) for n in range(1, last + 1)]))
    return Run(rows, [], rest)


def newspaper_run(issues: Iterable[Issue], year: int) -> Run:
    """The months from the first issue of the year to its last."""
    days: dict[tuple[int, int], Issue] = {}
    rest = []
    for issue in issues:
        if len(issue.date) == 10 and issue.sort_date and issue.year == year:
            days[issue.sort_date.month, issue.sort_date.day] = issue
        else:
            rest.append(issue)
    found = [month for month, _ in days]
    months = [
        Month(month, _weeks(year, month, days))
        for month in range(min(found, default=1), max(found, default=0) + 1)
    ]
    return Run([], months, rest)


def _weeks(
    year: int, month: int, days: dict[tuple[int, int], Issue]
) -> list[list[Cell | None]]:
    return [
        [Cell(day, days.get((month, day))) if day else None for day in week]
        for week in calendar.monthcalendar(year, month)
    ]

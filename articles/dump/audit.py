"""The line ledger: every non-blank line in exactly one place, or no result.

In: the finished ``Dump``.  Out: the same, or ``LedgerBroken``.
"""

from __future__ import annotations

from collections import Counter

from .errors import LedgerBroken
from .flow import Dump


def audit(dump: Dump) -> Dump:
    """Count each line's places; anything but one is an error, never a result."""
    places: Counter[int] = Counter()
    for article in dump.articles:
        for block in article.blocks:
            places.update(block.lines)
    for entry in dump.furniture:
        places.update(entry.lines)
    expected = {line.number for line in dump.lines}
    for number in sorted(expected ^ set(places)):
        what = "stands in no place" if number in expected else "does not exist"
        raise _broken(dump, number, f"line {number} {what} in the result")
    for number, count in sorted(places.items()):
        if count != 1:
            raise _broken(dump, number, f"line {number} stands in {count} places")
    return dump


def _broken(dump: Dump, number: int, what: str) -> LedgerBroken:
    return LedgerBroken(
        dump.source,
        what,
        "this is a fault of the parser; please report the file",
        line=number,
    )

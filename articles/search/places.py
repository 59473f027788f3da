"""Where an article stands in the order of results: newest issue first.

In: an issue's date and address, an article's place in it.  Out: two integers that both
engines compare alike, so no database sorts text.

``entry id``  day of the issue (22 bits) · issue (14) · serial (27).  Read downwards it
              gives the issues newest first, undated ones last; issues of one day follow
              each other in a fixed order (that of a digest of their addresses).  The
              serial only makes the id unique: SQLite's index cannot forget an article,
              so every version of one needs a new id.
``place``     orders the articles within an issue, in printed order, read upwards:
              issue (22 bits) · position (24) · article (17).

An *issue's range* is the ids of its day and issue bits; results are read downwards in
whole ranges, and each range is then sorted by place (``articles.search.window``).
"""

from __future__ import annotations

import hashlib
from datetime import date

ISSUE_BITS, SERIAL_BITS = 14, 27
TIE_BITS, POSITION_BITS, ARTICLE_BITS = 22, 24, 17
MAX_SERIAL = (1 << SERIAL_BITS) - 1


def entry_id(day: date | None, issue_address: str, serial: int) -> int:
    """``issue_address`` is what ``/issues/`` is followed by, e.g. ``jincheng/2021/5``."""
    bucket = (day.toordinal() if day else 0) << ISSUE_BITS
    bucket |= _digest(issue_address) >> (64 - ISSUE_BITS)
    return bucket << SERIAL_BITS | serial & MAX_SERIAL


def place(issue_address: str, position: int, public_id: str) -> int:
    tie = _digest(issue_address) & (1 << TIE_BITS) - 1
    number = min(position, (1 << POSITION_BITS) - 1)
    article = _digest(public_id) & (1 << ARTICLE_BITS) - 1
    return (tie << POSITION_BITS | number) << ARTICLE_BITS | article


def issue_range(entry: int) -> tuple[int, int]:
    """The lowest and the highest id of the issue an entry belongs to."""
    low = entry >> SERIAL_BITS << SERIAL_BITS
    return low, low | MAX_SERIAL


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])

"""Where an article stands in the order of results: newest issue first.

In: an issue's date and address, an article's place in it.  Out: integers that both
engines compare alike, so no database sorts text.  Results are ordered by

``rank``     downwards: day of the issue (22 bits) · digest of its address (41).  Undated
             issues come last; issues of one day follow each other in a fixed order.
``place``    upwards, in printed order: position (24 bits) · digest of the public id (38).
``article``  upwards; it decides nothing unless two digests meet.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple

ISSUE_BITS, POSITION_BITS, ARTICLE_BITS = 41, 24, 38


class Key(NamedTuple):
    """Keys compare by age: of two results the one with the greater key comes first."""

    rank: int
    minus_place: int
    minus_article: int


def key_of(rank: int, place: int, article: int) -> Key:
    return Key(rank, -place, -article)


def rank_of(day: date | None, issue_address: str) -> int:
    """``issue_address`` is what ``/issues/`` is followed by, e.g. ``jincheng/2021/5``."""
    return (day.toordinal() if day else 0) << ISSUE_BITS | _digest(
        issue_address, ISSUE_BITS
    )


def place_of(position: int, public_id: str) -> int:
    number = min(position, (1 << POSITION_BITS) - 1)
    return number << ARTICLE_BITS | _digest(public_id, ARTICLE_BITS)


def _digest(text: str, bits: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> (64 - bits)

"""Dates in files: ISO 8601 with an offset, or seconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=2)


def from_iso(text: str) -> datetime | None:
    """None for nothing.  Raises ValueError for what is no moment of the past."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return _checked(
        timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    )


def from_epoch(text: str) -> datetime | None:
    """Of a bookmark file.  Some programs write milli- or microseconds; junk is nothing."""
    if not (text.isascii() and text.isdigit()) or len(text) > 17:
        return None
    seconds = int(text)
    while seconds > 10**11:
        seconds //= 1000
    try:
        return _checked(datetime.fromtimestamp(seconds, UTC))
    except ValueError:
        return None


def _checked(moment: datetime) -> datetime:
    if not FIRST <= moment <= timezone.now() + LAST:
        raise ValueError(_("%(day)s 不像收藏的日子") % {"day": f"{moment:%Y-%m-%d}"})
    return moment.replace(microsecond=0)

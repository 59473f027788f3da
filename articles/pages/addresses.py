"""Addresses of pages, made many at a time: a record names a dozen.

``reverse`` costs twenty microseconds; slugs need no quoting, so its answer for a
stand-in is kept as a pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(name: str, *slugs: str) -> str:
    """What ``reverse("articles:" + name, args=slugs)`` gives."""
    return _pattern(name, len(slugs), get_script_prefix()).format(*slugs)


def addresses(name: str) -> Callable[[str], str]:
    """``address`` of many pages of one kind that have one slug each."""
    return _pattern(name, 1, get_script_prefix()).format


@lru_cache(maxsize=256)
def _pattern(name: str, count: int, prefix: str) -> str:
    """``/issues/{0}/{1}/{2}/``; ``prefix`` is where the site is mounted."""
    stand_ins = [f"slug{n}" for n in range(count)]
    found = reverse(f"articles:{name}", args=stand_ins)
    for n, stand_in in enumerate(stand_ins):
        found = found.replace(stand_in, f"{{{n}}}")
    return found

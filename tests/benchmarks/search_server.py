"""Requests a second of the search page and of an empty view, on one granian worker."""

from __future__ import annotations

from urllib.parse import quote

from tests.benchmarks.serving import rate, server


def requests_a_second(strings: list[str]) -> dict[str, float]:
    """``kept``: pages that the portal keeps for a minute; ``anew``: it may keep none."""
    pages = [f"/search/?q={quote(string)}" for string in strings]
    with server({}) as portal:
        empty = rate(portal, ["/empty"])
        kept = rate(portal, pages)
        again = rate(portal, ["/empty"])
    with server({"KEEP_NO_PAGES": "1"}) as portal:
        anew = rate(portal, pages)
    return {"empty": max(empty, again), "kept": kept, "anew": anew}

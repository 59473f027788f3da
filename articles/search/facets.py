"""What results are counted and narrowed by, as tokens: ``pub12 yea2021 top7 …``.

The tokens of an article are written when it is indexed, and both the figures beside a
facet and the filter that follows from choosing it read them; so they cannot differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

ANY = "any"  # every article has it: what a search without words finds
NOTHING = "nothing"  # no article has it
# A facet's name in addresses, and the letters its tokens begin with.
PREFIXES = {
    "publication": "pub",
    "issue": "iss",
    "year": "yea",
    "section": "sec",
    "topic": "top",
    "author": "aut",
    "kind": "kin",
}
_NAMES = {prefix: name for name, prefix in PREFIXES.items()}
_PREFIX_LENGTH = 3


def facet_token(name: str, value: int | str) -> str:
    return f"{PREFIXES[name]}{value}"


def facet_tokens(
    *,
    publication: int,
    issue: int,
    year: int | None,
    section: int | None,
    kind: str,
    topics: Iterable[int],
    authors: Iterable[int],
) -> str:
    single = {
        "publication": publication,
        "issue": issue,
        "section": section,
        "kind": kind,
    }
    tokens = [
        facet_token(name, value) for name, value in single.items() if value is not None
    ]
    if year is not None:
        tokens += [facet_token("year", year), f"dec{year // 10}", f"cen{year // 100}"]
    tokens += [facet_token("topic", topic) for topic in topics]
    tokens += [facet_token("author", author) for author in authors]
    return " ".join([ANY, *tokens])


def year_tokens(first: int, last: int) -> Iterator[str]:
    """The fewest tokens that stand for a span of years.

    >>> list(year_tokens(1998, 2011))
    ['yea1998', 'yea1999', 'dec200', 'yea2010', 'yea2011']
    """
    year = first
    while year <= last:
        for span, prefix in ((100, "cen"), (10, "dec"), (1, "yea")):
            if year % span == 0 and year + span - 1 <= last:
                yield f"{prefix}{year // span}"
                year += span
                break


def count_facets(rows: Iterable[str]) -> dict[str, Counter[str]]:
    """By facet, how many of the entries have each value (as text)."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in PREFIXES}
    for token, count in Counter(" ".join(rows).split(" ")).items():
        name = _NAMES.get(token[:_PREFIX_LENGTH])
        if name:
            counts[name][token[_PREFIX_LENGTH:]] = count
    return counts

"""是否要找: other searches that find something.  Offered, never mixed into the results.

Two kinds.  *Look-alikes*: the words with one character changed for one that a reading
machine takes for it (末来 for 未来), whichever of the two was typed.  *Near names*:
where nothing was found, authors whose name is nearly the one typed, or sounds like it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from articles.models import Author, NameKey
from articles.search.base import SearchIndex
from articles.search.folding import fold, runs
from articles.search.lookalikes import LOOKALIKES
from articles.search.query import And, Facets, SearchQuery, Term, parse_query
from articles.search.tokens import Field

PROBES = 16  # searches tried for one search, at most
SECONDS = 0.1  # and time spent on them
OFFERED = 3
NEAR, NAMES = 60.0, 500  # likeness in per cent, and names compared
LONGEST_NAME = 12
COUNTED = 100


@dataclass(frozen=True)
class Offer:
    """``count`` is how many articles it finds, at most COUNTED."""

    text: str
    count: int

    @property
    def label(self) -> str:
        return f"{COUNTED}+" if self.count > COUNTED else str(self.count)


def lookalikes(
    index: SearchIndex, query: SearchQuery, facets: list[Facets]
) -> list[Offer]:
    """Among the articles that the facets leave, most frequent first."""
    deadline = time.monotonic() + SECONDS
    offers = []
    for tried, text in enumerate(_variants(query.text)):
        if tried == PROBES or time.monotonic() > deadline:
            break
        tree = parse_query(text).within(*facets).tree
        if tree and (found := index.scan(tree, COUNTED + 1)):
            offers.append(Offer(text, len(found)))
    return sorted(offers, key=lambda offer: -offer.count)[:OFFERED]


def near_names(index: SearchIndex, query: SearchQuery) -> list[Offer]:
    """Authors nearly of the name that was typed, the nearest first."""
    wanted = [leaf.run for leaf in query.wanted() if isinstance(leaf, Term)]
    if len(wanted) != 1 or not 2 <= len(wanted[0]) <= LONGEST_NAME:
        return []
    [name] = wanted
    near = sorted(
        (
            (likeness, other)
            for other in _kin(name)
            if (likeness := _likeness(name, other)) >= NEAR
        ),
        reverse=True,
    )
    offers = (_offer(index, other) for _, other in near[:OFFERED])
    return [offer for offer in offers if offer.count]


def _variants(text: str) -> Iterator[str]:
    """``text`` with one character changed, the likeliest changes first."""
    places = [
        (at, LOOKALIKES.get(fold(character), "")) for at, character in enumerate(text)
    ]
    for rank in range(max((len(others) for _, others in places), default=0)):
        for at, others in places:
            if rank < len(others):
                yield text[:at] + others[rank] + text[at + 1 :]


def _kin(name: str) -> set[str]:
    """Names that begin alike, or that sound alike."""
    keys = NameKey.objects.filter(kind=NameKey.Kind.AUTHOR)
    beginnings = [name[0].encode(), _sound(name).encode()]
    ids = {
        target
        for low in beginnings
        for target in keys.filter(key__gte=low, key__lt=low + b"\xff").values_list(
            "target", flat=True
        )[:NAMES]
    }
    return set(Author.objects.filter(pk__in=ids).values_list("name", flat=True)) - {
        name
    }


def _sound(name: str) -> str:
    from pypinyin import lazy_pinyin  # only where nothing was found

    return "".join(lazy_pinyin(name))


def _likeness(name: str, other: str) -> float:
    """In per cent; a name that sounds the same counts as near."""
    folded = "".join(runs(other))
    sounds = 90.0 if _sound(name) == _sound(folded) else 0.0
    return max(sounds, fuzz.ratio(name, folded))


def _offer(index: SearchIndex, name: str) -> Offer:
    tree = And(tuple(Term(run, Field.AUTHOR) for run in runs(name)))
    return Offer(f"作者:{name}", len(index.scan(tree, COUNTED + 1)))

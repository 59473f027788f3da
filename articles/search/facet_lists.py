"""The facets beside the results: names, addresses and figures.

In: the counts of a window and what the reader has chosen.  Out: ``FacetGroup``s in the
order of the page.  At most LONGEST values each, the most frequent first, years newest
first; one query for the names of each kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import ArticleKind

LONGEST = 30
SHOWN = 8  # before "more"
LABELS: dict[str, Promise] = {
    "publication": _("刊物"),
    "year": _("年份"),
    "section": _("栏目"),
    "topic": _("主题"),
    "author": _("作者"),
    "kind": _("类型"),
}


@dataclass(frozen=True)
class FacetValue:
    """``value`` is what stands in an address: ``heshi/shiping``, ``2023``."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class FacetGroup:
    """``chosen``: the label of the value that narrows the search already."""

    name: str
    label: str
    values: list[FacetValue] = field(default_factory=list)
    chosen: str | None = None


def facet_groups(
    counts: Mapping[str, Counter[str]], chosen: Mapping[str, Any]
) -> list[FacetGroup]:
    """What is chosen already is shown as such; a facet without a choice is left out."""
    values = facet_values(
        {name: counts.get(name, Counter()) for name in LABELS if name not in chosen}
    )
    groups = []
    for name, label in LABELS.items():
        if name in chosen:
            groups.append(FacetGroup(name, str(label), chosen=_label(chosen[name])))
        elif len(values[name]) > 1:
            groups.append(FacetGroup(name, str(label), values[name]))
    return groups


def facet_values(counts: Mapping[str, Counter[str]]) -> dict[str, list[FacetValue]]:
    """Each facet's values that occur most, with names where it has ids."""
    top = {name: _top(counter) for name, counter in counts.items()}
    names = _names(
        {name: [int(key) for key, _ in top[name]] for name in _TABLES if name in top}
    )
    kinds = {kind: (kind, str(label)) for kind, label in ArticleKind.choices}
    values: dict[str, list[FacetValue]] = {}
    for name, pairs in top.items():
        if name == "year":
            values[name] = [
                FacetValue(y, y, n) for y, n in sorted(pairs, key=lambda p: -int(p[0]))
            ]
        elif name == "kind":
            values[name] = [
                FacetValue(*kinds.get(key, (key, key)), n) for key, n in pairs
            ]
        else:
            found = names[name]
            values[name] = [
                FacetValue(*found[int(key)], n) for key, n in pairs if int(key) in found
            ]
    return values


def _top(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], len(item[0]), item[0]))[
        :LONGEST
    ]


# By facet: its value in an address, its label, and where these stand.
_TABLES = {
    "publication": "SELECT %d, id, slug, title FROM articles_publication WHERE id IN (%s)",
    "section": (
        "SELECT %d, s.id, p.slug || '/' || s.slug, s.name FROM articles_section s "
        "JOIN articles_publication p ON p.id = s.publication_id WHERE s.id IN (%s)"
    ),
    "topic": "SELECT %d, id, slug, name FROM articles_topic WHERE id IN (%s)",
    "author": "SELECT %d, id, slug, name FROM articles_author WHERE id IN (%s)",
}


def _names(ids: Mapping[str, list[int]]) -> dict[str, dict[int, tuple[str, str]]]:
    """By facet and id the value and the label, in one statement."""
    found: dict[str, dict[int, tuple[str, str]]] = {name: {} for name in ids}
    wanted = [name for name in ids if ids[name]]
    if wanted:
        parts = [
            _TABLES[name] % (place, ", ".join(map(str, ids[name])))
            for place, name in enumerate(wanted)
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            for place, pk, value, label in cursor.fetchall():
                found[wanted[place]][pk] = value, label
    return found


def _label(value: Any) -> str:
    return str(dict(ArticleKind.choices).get(value, value))

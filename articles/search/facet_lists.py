"""The facets beside the results: names, addresses and figures.

In: the counts of a window and what the reader has chosen.  Out: ``FacetGroup``s in the
order of the page.  At most LONGEST values each, the most frequent first, years newest
first; one query for the names of each kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import ArticleKind, Author, Publication, Section, Topic

LONGEST = 60
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

    @property
    def first(self) -> list[FacetValue]:
        return self.values[:SHOWN]

    @property
    def more(self) -> list[FacetValue]:
        return self.values[SHOWN:]


def facet_groups(
    counts: Mapping[str, Counter[str]], chosen: Mapping[str, Any]
) -> list[FacetGroup]:
    """What is chosen already is shown as such; a facet without a choice is left out."""
    groups = []
    for name, label in LABELS.items():
        if name in chosen:
            groups.append(FacetGroup(name, str(label), chosen=_label(chosen[name])))
        elif len(values := facet_values(name, counts.get(name, Counter()))) > 1:
            groups.append(FacetGroup(name, str(label), values))
    return groups


def facet_values(name: str, counts: Counter[str]) -> list[FacetValue]:
    top = sorted(counts.items(), key=lambda item: (-item[1], len(item[0]), item[0]))[
        :LONGEST
    ]
    if name == "year":
        return [
            FacetValue(year, year, n)
            for year, n in sorted(top, key=lambda i: -int(i[0]))
        ]
    if name == "kind":
        kinds = dict(ArticleKind.choices)
        return [FacetValue(kind, str(kinds.get(kind, kind)), n) for kind, n in top]
    found = _NAMES[name]([int(key) for key, _ in top])
    return [FacetValue(*found[int(key)], n) for key, n in top if int(key) in found]


def _slugs(
    model: type[Model], label: str
) -> Callable[[Iterable[int]], dict[int, tuple[str, str]]]:
    def names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        rows = model._default_manager.filter(pk__in=ids).values_list(
            "pk", "slug", label
        )
        return {pk: (slug, name) for pk, slug, name in rows}

    return names


def _sections(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Section.objects.filter(pk__in=ids).values_list(
        "pk", "publication__slug", "slug", "name"
    )
    return {pk: (f"{publication}/{slug}", name) for pk, publication, slug, name in rows}


_NAMES = {
    "publication": _slugs(Publication, "title"),
    "section": _sections,
    "topic": _slugs(Topic, "name"),
    "author": _slugs(Author, "name"),
}


def _label(value: Any) -> str:
    return str(dict(ArticleKind.choices).get(value, value))

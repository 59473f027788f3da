"""``栏目:`` ``主题:`` ``刊:``: names that are looked up when a search is made.

These tables are small and their names change, so the index holds ids only.
"""

from __future__ import annotations

from django.db.models import Model

from articles.models import Publication, Section, Topic
from articles.search.facets import NOTHING, facet_token
from articles.search.folding import fold
from articles.search.query import And, Facets, Named, Node, Not, Or

_TABLES: dict[str, tuple[type[Model], str]] = {
    "section": (Section, "name"),
    "topic": (Topic, "name"),
    "publication": (Publication, "title"),
}


def resolved(tree: Node) -> Node:
    """``tree`` with the ids of what each ``Named`` node names in its place."""
    match tree:
        case Named():
            return _facets(tree)
        case And(parts):
            return And(tuple(resolved(part) for part in parts))
        case Or(parts):
            return Or(tuple(resolved(part) for part in parts))
        case Not(part):
            return Not(resolved(part))
    return tree


def _facets(named: Named) -> Facets:
    model, column = _TABLES[named.kind]
    names = model._default_manager.order_by("pk").values_list("pk", column)
    found = [pk for pk, name in names if _has_all(fold(name), named.runs)]
    return Facets(tuple(facet_token(named.kind, pk) for pk in found) or (NOTHING,))


def _has_all(name: str, runs: tuple[str, ...]) -> bool:
    return all(run in name for run in runs)

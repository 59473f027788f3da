"""A query's tree as what one engine is asked: an index condition and a check.

The *index* condition finds candidates fast and never misses one; the *check*, in SQL,
then drops those that only seem to match.  A search's answer is index AND check.  Each
engine says what its leaves become (``Planner``); how they are combined is the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.search.facets import year_tokens
from articles.search.query import (
    And,
    Everything,
    Facets,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Years,
)


@dataclass(frozen=True)
class Condition:
    """SQL (or, for SQLite's index, a MATCH expression) and its parameters."""

    text: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Plan:
    """``index`` None: the index cannot help.  ``check`` None: the index is exact.

    ``truth`` says the whole by itself, for one entry, in SQL.  ``rare`` asks the second
    index that SQLite has; what it finds, ``index`` must find too.  ``narrow``: what the
    first index finds, whatever ``check`` lets pass; to begin with where it finds few.
    """

    index: Condition | None
    check: Condition | None
    truth: Condition
    rare: Condition | None = None
    narrow: Condition | None = None


EVERYTHING = Plan(None, None, Condition("1 = 1"))


def joined(word: str, conditions: Sequence[Condition]) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    text = f" {word} ".join(f"({condition.text})" for condition in conditions)
    return Condition(
        text, tuple(p for condition in conditions for p in condition.params)
    )


class Planner(ABC):
    """Turns a tree without ``Named`` nodes (``articles.search.names``) into a Plan."""

    def plan(self, node: Node) -> Plan:
        match node:
            case Everything():
                return EVERYTHING
            case Facets(tokens):
                return self.facets(tokens)
            case Years(first, last):
                return self.facets(tuple(year_tokens(first, last)))
            case Term():
                return self.term(node)
            case Phrase():
                return self.phrase(node)
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return self._any([self.plan(part) for part in parts])
            case Not():
                return self._all((node,))
        raise TypeError(f"no plan for {node!r}")

    @abstractmethod
    def facets(self, tokens: tuple[str, ...]) -> Plan: ...

    @abstractmethod
    def term(self, term: Term) -> Plan: ...

    @abstractmethod
    def phrase(self, phrase: Phrase) -> Plan: ...

    def without(self, plan: Plan, excluded: Sequence[Plan]) -> Plan:
        """``plan`` less what the others find."""
        negated = [_negated(other.truth) for other in excluded]
        return Plan(
            plan.index,
            joined("AND", [plan.check, *negated] if plan.check else negated),
            joined("AND", [plan.truth, *negated]),
            plan.rare,
            plan.narrow,
        )

    def _all(self, parts: Sequence[Node]) -> Plan:
        plan = all_of([self.plan(part) for part in parts if not isinstance(part, Not)])
        excluded = [self.plan(part.part) for part in parts if isinstance(part, Not)]
        return self.without(plan, excluded) if excluded else plan

    def _any(self, plans: Sequence[Plan]) -> Plan:
        truth = joined("OR", [plan.truth for plan in plans])
        check = truth if any(plan.check for plan in plans) else None
        indexes = [plan.index for plan in plans if plan.index and not plan.rare]
        if len(indexes) == len(plans):
            return Plan(joined("OR", indexes), check, truth)
        rare = [plan.rare for plan in plans if plan.rare and not plan.index]
        if len(rare) == len(plans):
            return Plan(None, check, truth, joined("OR", rare))
        return Plan(None, truth, truth)


def all_of(plans: Sequence[Plan]) -> Plan:
    """What every one of ``plans`` finds."""
    if not plans:
        return EVERYTHING
    indexes = [plan.index for plan in plans if plan.index]
    checks = [plan.check for plan in plans if plan.check]
    rare = [plan.rare for plan in plans if plan.rare]
    narrow = [plan.narrow for plan in plans if plan.narrow]
    return Plan(
        joined("AND", indexes) if indexes else None,
        joined("AND", checks) if checks else None,
        joined("AND", [plan.truth for plan in plans]),
        joined("AND", rare) if rare else None,
        joined("AND", narrow) if narrow else None,
    )


def _negated(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.text})", condition.params)

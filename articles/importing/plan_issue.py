"""What an import adds to the issue and the publication it belongs to.

In: the identity, the place, the parsed dump.  Out: an ``IssuePlan``.  What the dump
does not print never clears what is known: another page may have printed it.  Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from articles.dump import IssueRecord, ParsedIssue
from articles.importing.fields import issue_texts, max_length
from articles.importing.identity import Identity
from articles.importing.places import Place
from articles.importing.protect import Conflict, merge, plain_value
from articles.models import Publication


@dataclass(slots=True)
class IssuePlan:
    """Plain values; for existing rows only the ``changed`` ones are written."""

    values: dict[str, Any] = field(default_factory=dict)
    base: dict[str, Any] = field(default_factory=dict)
    publication: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def plan_issue(identity: Identity, place: Place, parsed: ParsedIssue) -> IssuePlan:
    new = _known_values(identity, parsed)
    given = {name: None for name in identity.given if name != "page"}
    plan = IssuePlan(new, given, _publication_values(parsed.issue, place.publication))
    issue = place.issue
    if issue is None:
        return plan
    # What a person gave is not what the import found: it stands, and is protected.
    said = {name: new.pop(name) for name in identity.given if name in new}
    if place.page:  # the masthead is the front page's; other pages fill what is blank
        new = {n: v for n, v in new.items() if place.page == 1 or not getattr(issue, n)}
    merged = merge({n: plain_value(issue, n) for n in new}, issue.base, new)
    plan.values, plan.base, plan.conflicts = (
        merged.values,
        merged.base,
        merged.conflicts,
    )
    for name, value in said.items():
        if value != getattr(issue, name):
            plan.values[name] = value
            plan.base.setdefault(name, plain_value(issue, name))
    plan.changed = [n for n, v in merged.values.items() if getattr(issue, n) != v]
    if plan.base != issue.base:
        plan.changed.append("base")
    if plan.publication:
        plan.changed.append("publication")
    return plan


def _known_values(identity: Identity, parsed: ParsedIssue) -> dict[str, Any]:
    names = ("year", "volume", "number", "total_number", "date")
    values = {name: getattr(identity, name) for name in names} | issue_texts(parsed)
    return {name: value for name, value in values.items() if value not in (None, "")}


def _publication_values(
    record: IssueRecord, publication: Publication | None
) -> dict[str, Any]:
    """What the dump prints of its publication and nobody has recorded yet."""
    if record.publication is None:
        return {}
    values: dict[str, Any] = {}
    for name in ("publisher", "place", "permit_number", "issn"):
        limit = max_length(Publication, name)
        printed = (getattr(record, name) or "")[:limit]
        known = publication and (getattr(publication, name) or name in publication.base)
        if printed and not known:
            values[name] = printed
    return values

"""What editors may protect, and the three-way merge that respects it.

In: a row, and the values a new import has for it.  Out: the values that shall
stand, the row's new ``base``, and a ``Conflict`` for each field that both sides
changed.  Values here are *plain* (JSON-able): an article is its public id, a
section its name, authors are ``[name, kind, affiliation]``.

    before = snapshot(row)          # what the admin does around a save
    …the editor's change is saved…
    remember_edits(row, before)     # row.base now protects the changed fields
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.models import Article, Author, Block, Issue, Publication, Section
from articles.models.protected import Protected

PROTECTABLE: dict[type[Protected], tuple[str, ...]] = {
    Publication: ("title", "kind", "publisher", "place", "permit_number", "issn"),
    Issue: (
        "publication", "kind", "year", "volume", "number", "total_number", "date",
        "masthead", "staff",
    ),
    Article: (
        "kind", "title", "title_variants", "kicker", "subtitle", "authors",
        "author_variants", "section", "page", "affiliation", "source_credit",
        "position", "withdrawn",
    ),
    Block: ("article", "position", "role", "text", "lines"),
    Author: ("name", "kind", "variants"),
    Section: ("name",),
}  # fmt: skip

# Where a row stands among its neighbours is the editor's once touched: the numbers that
# an import would give instead mean nothing to a person.  Nor is ``lines``, which is
# merged by ``plan_blocks``: its base is a list of origins (``importing.origin``).
NEVER_IN_CONFLICT = frozenset({"position"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both an editor and a new import changed ``field``; the editor's value stands."""

    field: str
    base: Any
    new: Any
    mine: Any

    def detail(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "base": self.base,
            "new": self.new,
            "mine": self.mine,
        }


@dataclass(slots=True)
class Merge:
    """The outcome for one row; ``agreed`` names fields the import has caught up with."""

    values: dict[str, Any]
    base: dict[str, Any]
    conflicts: list[Conflict] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)


def merge(
    current: Mapping[str, Any], base: Mapping[str, Any], new: Mapping[str, Any]
) -> Merge:
    """``new`` where nobody protected the field; otherwise what the editor has.

    A conflict is reported once: ``base`` becomes ``new`` with it, so that the same
    import again finds nothing to say.
    """
    merged = Merge(values=dict(new), base=dict(base))
    for name, imported in new.items():
        if name not in base:
            continue
        mine = merged.values[name] = current[name]
        if imported == base[name]:
            continue
        if imported == mine:
            del merged.base[name]
            merged.agreed.append(name)
            continue
        merged.base[name] = imported
        if name not in NEVER_IN_CONFLICT:
            merged.conflicts.append(Conflict(name, base[name], imported, mine))
    return merged


def plain_value(row: Protected, name: str) -> Any:
    """A field's value in the form that ``base`` keeps."""
    if name == "authors":
        return plain_authors(row)
    if name == "article":
        return row.article and row.article.public_id  # type: ignore[attr-defined]
    if name == "publication":
        return row.publication.title  # type: ignore[attr-defined]
    if name == "section":
        return row.section and printed_name(row.section)  # type: ignore[attr-defined]
    value = getattr(row, name)
    return list(value) if isinstance(value, (list, tuple)) else value


def printed_name(section: Section) -> str:
    """What imports know a column by, whatever an editor calls it."""
    return str(section.base.get("name", section.name))


def plain_authors(article: Protected) -> list[list[str]]:
    """``[name as printed, kind, affiliation]``, in order."""
    rows = sorted(
        article.authorships.all(),  # type: ignore[attr-defined]
        key=lambda a: (a.position, a.pk),
    )
    return [
        [a.printed_name or a.author.name, a.author.kind, a.affiliation] for a in rows
    ]


def snapshot(row: Protected) -> dict[str, Any]:
    """Every protectable field of ``row`` as it is now."""
    return {name: plain_value(row, name) for name in PROTECTABLE[type(row)]}


def remember_edits(row: Protected, before: Mapping[str, Any]) -> list[str]:
    """Protects the fields that differ from ``before`` and saves ``row.base``.

    A field that an editor sets back to the imported value is given back to imports.
    Returns the names of the fields that changed.
    """
    after = snapshot(row)
    changed = [name for name in after if after[name] != before[name]]
    for name in changed:
        row.protect(name, before[name])
        if row.base[name] == after[name]:
            del row.base[name]
    if changed:
        row.save(update_fields=["base"])
    return changed

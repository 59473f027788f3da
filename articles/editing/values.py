"""The way back of ``protect.plain_value``: a plain value onto a row.

Plain is what ``base``, histories and conflicts hold: a section is its name, authors
are ``[name as printed, kind, affiliation]``, everything else is itself.
"""

from __future__ import annotations

from typing import Any

from articles.importing import pinyin
from articles.models import Publication, Section
from articles.models.protected import Protected


def put(row: Protected, field: str, value: Any) -> None:
    """Sets the column ``field``, unsaved.  Authors are no column: see ``authors``."""
    if field == "section" and value is not None:
        value = ensure_section(row.issue.publication, value)  # type: ignore[attr-defined]
    setattr(row, field, value)


def ensure_section(publication: Publication, name: str) -> Section:
    """The publication's column of this name, made if there is none."""
    sections = publication.sections  # type: ignore[attr-defined]
    if found := sections.filter(name=name).first():
        return found
    taken = set(sections.values_list("slug", flat=True))
    return sections.create(
        name=name,
        slug=pinyin.free_slug(pinyin.slug(name), name, taken),
        sort_key=pinyin.sort_key(name),
    )

"""Handing a field back to the program, whatever kind of field it is."""

from __future__ import annotations

from articles.editing.authors import FIELD as AUTHORS
from articles.editing.authors import release_authors
from articles.editing.fields import release_field
from articles.editing.history import Edit
from articles.models import Article, Author, Block, Issue
from articles.models.protected import Protected

# A block's place and lines, and what an issue is, are not one column: the desk and
# ``identify_issue`` change them.
ELSEWHERE = {
    Block: {"article", "position", "lines"},
    Issue: {"publication", "kind", "year", "volume", "number", "total_number", "date"},
}


def can_release(row: Protected, field: str) -> bool:
    return field in row.base and field not in ELSEWHERE.get(type(row), set())


def field_label(row: Protected, field: str) -> str:
    """What the field is called on the page."""
    if field == AUTHORS:
        return str(Author._meta.verbose_name)
    return str(row._meta.get_field(field).verbose_name)


def release(row: Protected, field: str) -> list[Edit]:
    """What the last import said stands again, and later imports may change it.

    A field that nobody protects, or that is no column, is left as it is.
    """
    if not can_release(row, field):
        return []
    if field == AUTHORS and isinstance(row, Article):
        return release_authors(row)
    return release_field(row, field)

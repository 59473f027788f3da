"""An issue by its address, with its publication and its proof sheet, in one query."""

from __future__ import annotations

from articles.models import Issue, ProofSheet, Publication
from articles.pages.prepared import Columns, Prepared, from_date

_ISSUE = Columns(
    Issue, "id", "publication_id", "kind", "key", "year", "volume", "number",
    "total_number", "date", "sort_date", "masthead", "staff",
)  # fmt: skip
_PUBLICATION = Columns(
    Publication, "id", "title", "slug", "kind", "publisher", "place", "languages",
    "permit_number", "issn", "description",
)  # fmt: skip
_SHEET = Columns(ProofSheet, "id", "state", "tasks", "corrections")
_found = Prepared(
    lambda slug, key: (
        Issue.objects.filter(publication__slug=slug, key=key)
        .order_by()
        .values_list(
            *_ISSUE.names,
            *_PUBLICATION.under("publication__"),
            *_SHEET.under("sheet__"),
        )
    ),
    parameters=2,
)


def issue_at(publication: str, key: str) -> Issue | None:
    """``publication``: its slug."""
    rows = _found.rows(publication, key)
    if not rows:
        return None
    values, first = rows[0], len(_ISSUE.names)
    last = first + len(_PUBLICATION.names)
    issue, sheet = _ISSUE.row(values[:first]), _SHEET.row(values[last:])
    issue.publication = _PUBLICATION.row(values[first:last])
    issue.sort_date = from_date(issue.sort_date)
    if sheet.pk:
        issue.sheet = sheet
    else:
        issue._state.fields_cache["sheet"] = None
    return issue  # type: ignore[no-any-return]

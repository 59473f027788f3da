"""Imports one dump: plan and apply in one transaction.

In: a parsed dump, its bytes, what a person says of it.  Out: the plan that was
applied (or, for a dry run, the plan alone).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from articles.dump import PARSER_VERSION, ParsedIssue
from articles.importing.apply import apply_plan
from articles.importing.identity import NO_WISHES, Wishes, title_key
from articles.importing.move import move_dump
from articles.importing.plan import ImportPlan, Verdict, plan_import
from articles.models import SourceDump
from articles.search.passage import Passage

_LOCK = 0x79756C616E  # "yulan": one import writes at a time, whatever started it


def import_dump(
    parsed: ParsedIssue,
    content: bytes,
    *,
    wishes: Wishes = NO_WISHES,
    replace: bool = False,
    passages: Mapping[str, Passage] | None = None,
) -> ImportPlan:
    """Raises ImportRefused, or a DatabaseError; then nothing of this dump is stored.

    ``passages``: what was prepared for the search index when the dump was parsed.
    """
    with _garbage_kept(), transaction.atomic():
        _one_at_a_time()
        plan = plan_import(parsed, content, wishes=wishes, replace=replace)
        if plan.place.known and plan.place.moves_to:
            move_dump(plan.place.known, plan.place.moves_to)
            plan = plan_import(parsed, content, wishes=wishes, replace=replace)
            plan.verdict = Verdict.UPDATED
        plan.passages = passages or {}
        apply_plan(plan)
    return plan


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Rows by the thousand live until the dump is stored: to look through them all for
    garbage meanwhile takes as long as a tenth of the import and finds none."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def known_dump(sha256: str) -> SourceDump | None:
    """The stored dump of these bytes, without the bytes."""
    stored = SourceDump.objects.select_related("issue__publication").defer("content")
    return stored.filter(sha256=sha256).first()


def nothing_to_do(
    known: SourceDump, *, wishes: Wishes, encoding: str | None, replace: bool
) -> bool:
    """Whether parsing a stored dump again could not change anything.

    So it is when this parser read it, as this encoding, and the dump already stands
    where the wishes want it; or when a newer version has replaced it.
    """
    if not known.current:
        return not replace
    issue = known.issue
    return (
        known.parser_version == PARSER_VERSION
        and encoding in (None, known.encoding)
        and (
            wishes.publication is None
            or title_key(wishes.publication) == title_key(issue.publication.title)
        )
        and wishes.date in (None, issue.date)
        and wishes.page in (None, known.page)
    )


def _one_at_a_time() -> None:
    """SQLite has one writer by nature; PostgreSQL is told to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])

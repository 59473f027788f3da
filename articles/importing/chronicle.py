"""An import in the history: which file, and for each row what was there before.

A first import has nothing before it: its line says only which file came.
"""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext_noop

from articles.importing.plan import ImportPlan, Verdict
from articles.importing.rows import Rows
from articles.journal import Journal, Key, Values, values_of
from articles.models import Article, Block, Revision, SourceDump, Way


def rows_before(plan: ImportPlan) -> dict[Key, Values]:
    """What the rows that the plan will change hold; asks the database nothing."""
    articles = [a.row for a in plan.articles if a.row and a.changed]
    blocks = [b.row for b in plan.blocks if b.row and b.changed]
    found: list[Model] = [*articles, *blocks, *plan.dropped]
    return {(str(row._meta.model_name), row.pk): values_of(row) for row in found}


def record_import(
    plan: ImportPlan, dump: SourceDump, rows: Rows, before: dict[Key, Values]
) -> None:
    if plan.verdict == Verdict.UNCHANGED:
        return
    journal = Journal(before=before)
    if plan.verdict == Verdict.UPDATED:
        touched = [row.pk for row in rows.touched]
        journal.expect(
            Article.objects.filter(pk__in=touched),
            Block.objects.filter(article__in=touched),
            Block.objects.filter(dump=dump, article=None),
        )
        journal.before |= _untouched(journal, before, plan)
    changes = journal.changes() if plan.verdict == Verdict.UPDATED else []
    revision = Revision.objects.create(
        way=Way.IMPORT,
        issue=dump.issue,
        changes=changes,
        what=gettext_noop("导入 %(name)s"),
        facts={"name": dump.name},
    )
    if changes:
        revision.articles.add(*[row.pk for row in rows.touched])


def _untouched(
    journal: Journal, before: dict[Key, Values], plan: ImportPlan
) -> dict[Key, Values]:
    """Rows that were there and that the plan leaves: as they are now, so they were."""
    old = {("block", b.row.pk) for b in plan.blocks if b.row}
    old |= {("article", a.row.pk) for a in plan.articles if a.row}
    return {
        (str(row._meta.model_name), row.pk): values_of(row)
        for scope in journal.scopes
        for row in scope
        if (key := (str(row._meta.model_name), row.pk)) in old and key not in before
    }

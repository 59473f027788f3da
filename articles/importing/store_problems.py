"""Writes the problems of a plan.

In: a plan, the stored dump, the articles by public id.  Out: nothing.
"""

from __future__ import annotations

from typing import Any

from articles.bulk import Row, insert_values
from articles.importing.plan import ImportPlan
from articles.importing.plan_problems import SAID
from articles.importing.rows import Rows
from articles.models import Problem, SourceDump

INSERTED = ("dump_id", "article_id", "state", "code", "lines", *SAID)


def store_problems(plan: ImportPlan, dump: SourceDump, rows: Rows) -> None:
    problems = plan.problems
    Problem.objects.filter(pk__in=[row.pk for row in problems.gone]).delete()
    for row in problems.settled:
        row.state = Problem.State.SETTLED
    stay = [*problems.kept, *problems.settled]
    for row in stay:
        for name, value in problems.said.get(row.pk, {}).items():
            setattr(row, name, value)
        numbers = plan.renumbered.get(row.dump_id, {})
        row.dump, row.lines = dump, [numbers[n] for n in row.lines if n in numbers]
    Problem.objects.bulk_update(stay, ["dump", "lines", "state", *SAID], batch_size=200)
    insert_values(Problem, INSERTED, (_values(v, dump, rows) for v in problems.new))


def _values(values: dict[str, Any], dump: SourceDump, rows: Rows) -> Row:
    """In the order of ``INSERTED``."""
    article = rows.by_id.get(values["article"] or "")
    said = (values[name] for name in ("code", "lines", *SAID))
    return dump.pk, article and article.pk, Problem.State.OPEN.value, *said

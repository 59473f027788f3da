"""Writes the problems of a plan.

In: a plan, the stored dump, the articles by public id.  Out: nothing.
"""

from __future__ import annotations

from articles.importing.plan import ImportPlan
from articles.importing.plan_problems import SAID
from articles.importing.rows import Rows
from articles.models import Problem, SourceDump


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
    Problem.objects.bulk_create(
        Problem(
            dump=dump,
            **{**values, "article": rows.by_id.get(values["article"] or "")},
        )
        for values in problems.new
    )

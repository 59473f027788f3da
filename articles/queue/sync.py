"""Brings an issue's tasks up to date with its doubts."""

from __future__ import annotations

from articles.bulk import insert_values
from articles.models import Issue, ProofSheet, Revision, Task, Way
from articles.queue.wanted import Values, wanted_tasks
from articles.queue.weigh import readers_of, weight_of

COLUMNS = (
    "kind", "dump_id", "article_id", "block_id", "problem_id", "report_id", "detail",
    "doubt", "weight",
)  # fmt: skip
_FIELDS = [name.removesuffix("_id") for name in COLUMNS]
EMPTY = {"block_id": None, "problem_id": None, "report_id": None, "detail": {}}

__all__ = ["sheet_of", "sync", "sync_new"]


def sync(issue: Issue) -> None:
    """About a dozen queries, whatever the issue holds.  Idempotent; call it within the
    transaction of what has changed."""
    wanted = wanted_tasks(issue)
    _weigh(wanted)
    for values in wanted.values():
        values["publication_id"] = issue.publication_id
    changed, gone = [], []
    for task in Task.objects.filter(issue=issue):
        values = wanted.pop(task.key, None)
        if values is not None:
            if _set(task, values):
                changed.append(task)
        elif task.state == Task.State.OPEN:
            gone.append(task.pk)
    if gone:
        Task.objects.filter(pk__in=gone).delete()
    if changed:
        Task.objects.bulk_update(changed, ["publication", *_FIELDS])
    _add(issue, wanted)
    count(issue)


def sync_new(issue: Issue) -> None:
    """The same for an issue that this transaction has made: it has no tasks yet, no
    readers and no history."""
    wanted = wanted_tasks(issue)
    for values in wanted.values():
        values["weight"] = weight_of(values["doubt"], 0)
    _add(issue, wanted)
    ProofSheet.objects.create(issue=issue, tasks=len(wanted))


def _add(issue: Issue, wanted: dict[str, Values]) -> None:
    """A page badly scanned has a doubt for every second paragraph."""
    rows = []
    for key, values in wanted.items():
        filled = {**EMPTY, **values}
        columns = (filled[name] for name in COLUMNS)
        state = Task.State.OPEN.value
        rows.append((issue.pk, issue.publication_id, key, state, *columns))
    insert_values(Task, ("issue_id", "publication_id", "key", "state", *COLUMNS), rows)


def count(issue: Issue) -> None:
    """What the sheet says of the issue."""
    counts = {
        "tasks": issue.tasks.filter(state=Task.State.OPEN).count(),
        "corrections": Revision.objects.filter(issue=issue)
        .exclude(way=Way.IMPORT)
        .count(),
    }
    if not ProofSheet.objects.filter(issue=issue).update(**counts):
        ProofSheet.objects.create(issue=issue, **counts)


def sheet_of(issue: Issue) -> ProofSheet:
    return ProofSheet.objects.select_related("first_by", "second_by").get_or_create(
        issue=issue
    )[0]


def _weigh(wanted: dict[str, Values]) -> None:
    readers = readers_of({v["article_id"] for v in wanted.values() if v["article_id"]})
    for values in wanted.values():
        values["weight"] = weight_of(
            values["doubt"], readers[values["article_id"] or 0]
        )


def _set(task: Task, values: Values) -> bool:
    changed = False
    for name, value in {**EMPTY, **values}.items():
        if getattr(task, name) != value:
            setattr(task, name, value)
            changed = True
    return changed

"""How heavy a doubt is: doubt × (1 + readers of the article)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import Count

from articles.models import Bookmark, ReadingPlace, Task

BATCH = 500


def readers_of(articles: Collection[int]) -> Counter[int]:
    """How many shelves hold the article or remember a place in it."""
    found: Counter[int] = Counter()
    for model in (ReadingPlace, Bookmark):
        rows = model._base_manager.filter(article__in=articles).values("article")
        for row in rows.annotate(n=Count("pk")).order_by():
            found[row["article"]] += row["n"]
    return found


def weigh() -> int:
    """Weighs all open tasks anew, for readers come and go; returns how many changed.

    Linear in the number of open tasks: for a command, not for a page.
    """
    changed, last = 0, 0
    while True:
        rows = Task.objects.filter(state=Task.State.OPEN, pk__gt=last).order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return changed
        changed += _weigh(batch)
        last = batch[-1].pk


def _weigh(tasks: Iterable[Task]) -> int:
    tasks = list(tasks)
    readers = readers_of({task.article_id for task in tasks if task.article_id})
    fresh = []
    for task in tasks:
        weight = weight_of(task.doubt, readers[task.article_id or 0])
        if weight != task.weight:
            task.weight = weight
            fresh.append(task)
    Task.objects.bulk_update(fresh, ["weight"])
    return len(fresh)


def weight_of(doubt: float, readers: int) -> float:
    return round(doubt * (1 + readers), 4)

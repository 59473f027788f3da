"""Authors who are perhaps one: the name of one is a printed form of the other, or they
are namesakes that differ in kind or distinction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from articles.models import Author, Task

BATCH = 2000


def find_twins() -> int:
    """Makes a task for each likely pair that nobody has decided on; returns how many.

    Reads every author once: for a command, not for a page.
    """
    pairs = {f"twins:{a}:{b}": doubt for (a, b), doubt in _pairs().items()}
    known = set(Task.objects.filter(kind=Task.Kind.TWINS).values_list("key", flat=True))
    fresh = [
        Task(
            kind=Task.Kind.TWINS,
            key=key,
            doubt=doubt,
            weight=doubt,
            detail={"authors": [int(pk) for pk in key.split(":")[1:]]},
        )
        for key, doubt in pairs.items()
        if key not in known
    ]
    Task.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _pairs() -> dict[tuple[int, int], float]:
    """0.8: one is a printed form of the other; 0.5: namesakes."""
    found: dict[tuple[int, int], float] = {}
    names: dict[str, list[int]] = defaultdict(list)
    variants: list[tuple[int, str]] = []
    for pk, name, forms in _authors():
        names[name].append(pk)
        variants += [(pk, form) for form in forms]
    for same in names.values():
        found |= dict.fromkeys(pairwise(same), 0.5)
    for pk, form in variants:
        for other in names.get(form, ()):
            if other != pk:
                found[min(pk, other), max(pk, other)] = 0.8
    return found


def _authors() -> Iterator[tuple[int, str, list[str]]]:
    rows = Author.objects.filter(merged_into=None).order_by("pk")
    yield from rows.values_list("pk", "name", "variants").iterator(BATCH)

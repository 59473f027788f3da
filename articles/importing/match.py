"""Which old row a newly parsed article or paragraph is.

In: the line numbers of old and new things (old ones already mapped to the new
dump), and how much each line weighs.  Out: pairs, one to one.  Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Old = TypeVar("Old", bound=Hashable)
New = TypeVar("New", bound=Hashable)


def pair_by_lines(
    old: Mapping[Old, Collection[int]],
    new: Mapping[New, Collection[int]],
    weight: Mapping[int, int],
    least: float = 0.0,
) -> dict[New, Old]:
    """The heaviest overlaps first; each old and each new thing is used once.

    ``least`` is the share of the lighter of the two that must be common.
    """
    if not old:
        return {}
    owner = {line: key for key, lines in old.items() for line in lines}
    shared: dict[tuple[New, Old], int] = defaultdict(int)
    for key, lines in new.items():
        for line in lines:
            if line in owner:
                shared[key, owner[line]] += weight.get(line, 1)
    total_old = {k: sum(weight.get(n, 1) for n in lines) for k, lines in old.items()}
    total_new = {k: sum(weight.get(n, 1) for n in lines) for k, lines in new.items()}
    pairs: dict[New, Old] = {}
    used: set[Old] = set()
    # A stable sort: of equal overlaps the one printed first wins, every time.
    for (n, o), common in sorted(shared.items(), key=lambda item: -item[1]):
        enough = common >= least * min(total_old[o], total_new[n])
        if enough and n not in pairs and o not in used:
            pairs[n] = o
            used.add(o)
    return pairs


def pair_by_title(old: Mapping[Old, str], new: Mapping[New, str]) -> dict[New, Old]:
    """Things with the same title, when each title stands once on either side."""
    by_title: dict[str, list[Old]] = defaultdict(list)
    for key, title in old.items():
        by_title["".join(title.split())].append(key)
    titles = ["".join(title.split()) for title in new.values()]
    return {
        key: by_title[title][0]
        for key, title in zip(new, titles, strict=True)
        if len(by_title[title]) == 1 and titles.count(title) == 1
    }

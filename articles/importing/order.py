"""The order of an article's blocks, where an editor's hand counts.

In: block plans, the parser's reading order, and the order that the rows have now.
Out: ``position`` in every plan's values.  Pure.

Without an editor's hand the parser's order is the order: 10, 20, 30 … (gaps leave
room for an editor to put one between).  A block that an editor placed stays behind
the block it stands behind now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.importing.existing import Existing
    from articles.importing.plan_blocks import BlockPlan

STEP = 10


def put_in_order(
    plans: list[BlockPlan], reading_order: Mapping[int, int], existing: Existing
) -> None:
    """``reading_order``: line number → its place in the new parse."""
    homes: dict[str | None, list[BlockPlan]] = defaultdict(list)
    for plan in plans:
        homes[plan.home].append(plan)
    for plan in homes.pop(None, []):  # furniture stands where it is printed
        place = (
            plan.row.position if plan.row and plan.fixed else plan.values["lines"][0]
        )
        plan.values["position"] = place
    for home, members in homes.items():
        loose = [p for p in members if not p.fixed and not p.followed]
        loose.sort(key=lambda p: reading_order[p.values["lines"][0]])
        fixed = {p.row.pk: p for p in members if p.fixed and p.row}
        if home is not None and fixed:
            present = [b.pk for b in existing.blocks_of(home)]
            loose = _with_fixed(loose, fixed, present)
        followed = [p for p in members if p.followed]
        _number(_with_followed(loose, followed, reading_order))


def _with_fixed(
    loose: list[BlockPlan], fixed: Mapping[int, BlockPlan], present: list[int]
) -> list[BlockPlan]:
    """Each fixed block behind the nearest of its predecessors that is still here."""
    order = list(loose)
    for index, pk in enumerate(present):
        if pk in fixed:
            places = {p.row.pk: n for n, p in enumerate(order, start=1) if p.row}
            before = (places[k] for k in reversed(present[:index]) if k in places)
            order.insert(next(before, 0), fixed[pk])
    # A block can be placed here by an editor and yet not stand here: its article
    # was taken back by the import's agreement.  It goes to the end.
    return order + [p for pk, p in fixed.items() if pk not in present]


def _with_followed(
    order: list[BlockPlan], followed: list[BlockPlan], reading_order: Mapping[int, int]
) -> list[BlockPlan]:
    """Each among the paragraphs of the article that was merged: behind the one that the
    parse reads before it, or before the first; where there is none, at the end."""

    def place(plan: BlockPlan) -> int:
        return reading_order.get(plan.values["lines"][0], -1)

    order = list(order)
    for plan in sorted(followed, key=place):
        kin = [
            (place(p), n)
            for n, p in enumerate(order)
            if p.base.get("article") == plan.base["article"]
        ]
        before = [n for at, n in kin if at < place(plan)]
        first = min((n for _, n in kin), default=len(order))
        order.insert(max(before) + 1 if before else first, plan)
    return order


def _number(order: list[BlockPlan]) -> None:
    """Numbers that already say this order stay as they are."""
    now = [p.row.position if p.row else None for p in order]
    if None not in now and all(a < b for a, b in pairwise(now)):  # type: ignore[operator]
        for plan, position in zip(order, now, strict=True):
            plan.values["position"] = position
        return
    for place, plan in enumerate(order, start=1):
        plan.values["position"] = place * STEP

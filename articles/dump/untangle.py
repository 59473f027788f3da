"""Runs of text find their order: all joints of a dump are solved together.

In: ``Dump.labels`` and ``heads``.  Out: ``Dump.strands``.  ``bonds`` says
what each possible continuation is worth; ``chains`` finds the best set of
them as a matching, so that no piece continues two others.  What a matching
cannot see (a numbering that breaks, an author who signs another's text) is
counted over whole strands, and ``improve`` searches where it is broken.
"""

from __future__ import annotations

import math
from dataclasses import replace

from .bond import Bonds, Chosen
from .bonds import all_bonds
from .chains import Solver
from .flow import Dump, Label, Role
from .gains import NEXT, end_gain, start_gain
from .improve import improve
from .leads import Leads
from .margins import Margins
from .mosaic import lay
from .page import Page, build_page
from .strands import read_strands

TANGLED = 0.3  # share of such open ends on a page whose columns are scrambled
SUITS_FAR = 0.0  # …with a text elsewhere
SUITS = 4.0  # log-odds of a joint with the printed neighbour that raises no question


def untangle(dump: Dump) -> Dump:
    """Build the page, score the bonds, solve, read off the strands."""
    page = build_page(dump)
    page.ends = {
        left: end_gain(page, left)
        for left in (*range(len(page.nodes)), *(~h for h in range(len(dump.heads))))
    }
    page.starts = [start_gain(page, k) for k in range(len(page.nodes))]
    bonds = all_bonds(page)
    chosen = Solver(page, bonds).best
    leads: Leads = {}
    if page.small and _tangled(page, chosen):
        bonds, chosen, leads = lay(page)
    else:
        habit = _habit(page, chosen)
        if habit < NEXT:
            _apply_habit(bonds, habit)
            chosen = Solver(page, bonds).best
        chosen = improve(page, bonds, chosen)
    strands = read_strands(page, Margins(page, bonds, chosen, leads))
    return replace(dump, strands=strands, labels=_relabelled(page, chosen))


def _tangled(page: Page, chosen: Chosen) -> bool:
    """Does many an open end go on with what hardly suits it, or with nothing at all?"""
    questions = [
        k
        for k, node in enumerate(page.nodes)
        if node.open and not node.doubtful and not page.in_small_box(k)
    ]
    unsuited = sum(not _suited(page, chosen, k) for k in questions)
    return unsuited > TANGLED * len(questions)


def _suited(page: Page, chosen: Chosen, k: int) -> bool:
    bond = chosen.get(k)
    if bond is None:
        return bool(page.nodes[k].left.jump)
    return not bond.joined or bond.gain >= (SUITS if bond.right == k + 1 else SUITS_FAR)


def _habit(page: Page, chosen: Chosen) -> float:
    """How surely open ends go on in the next unit on this page, in log-odds."""
    joins = [(left, b.right) for left, b in chosen.items() if b.joined and left >= 0]
    next_ones = sum(right == left + 1 for left, right in joins)
    share = (next_ones + 8) / (len(joins) + 8.5)
    return min(NEXT, math.log(share / (1 - share)))


def _apply_habit(bonds: Bonds, habit: float) -> None:
    """On a tangled page the next printed unit is a less sure continuation."""
    for left, own in bonds.items():
        for bond in own:
            if bond.joined and bond.right == left + 1:
                bond.gain += habit - NEXT


def _relabelled(page: Page, chosen: Chosen) -> tuple[Label | None, ...]:
    """Short lines that looked like headings but go on elsewhere are text."""
    labels = list(page.dump.labels)
    cut = [
        node.unit
        for left, node in enumerate(page.nodes)
        if (node.doubtful and left in chosen and chosen[left].joined)
        or (node.role is Role.PARAGRAPH and _is_heading(labels[node.unit]))
    ]
    for unit in cut:
        labels[unit] = Label(Role.PARAGRAPH, "its sentence goes on", 0.8)
    return tuple(labels)


def _is_heading(label: Label | None) -> bool:
    return label is not None and label.role is Role.HEADING

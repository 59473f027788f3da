"""How sure each chosen bond is: its lead over the best rival on either side.

In: all bonds and the chosen ones.  Out: ``Link``s with their margin.
"""

from __future__ import annotations

from .bond import Bond, Bonds, Chosen
from .confidence import MOST
from .flow import Link
from .leads import Leads
from .page import Page

UNLED = -2.0  # margin of a text that nothing leads to
TORN = -6.0  # two pieces that suit each other less are rather both cut off


class Margins:
    """How much better each chosen bond is than its best rival."""

    def __init__(self, page: Page, bonds: Bonds, chosen: Chosen, leads: Leads) -> None:
        self.page, self.bonds, self.chosen, self.leads = page, bonds, chosen, leads
        self.owner = {b.right: left for left, b in chosen.items()}
        self.into: dict[int, list[tuple[int, Bond]]] = {}
        for left, own in bonds.items():
            for bond in own:
                self.into.setdefault(bond.right, []).append((left, bond))

    def link(self, left: int, right: int) -> Link:
        """The link between two neighbours of a strand."""
        bond = self.chosen.get(left)
        if bond is None or bond.right != right:
            reasons = ("order: placed where it was printed",)
            pair = (self.page.nodes[left].unit, self.page.nodes[right].unit)
            return Link(*pair, False, UNLED, reasons, adjacent=False, led=False)
        return self._link(left, bond)

    def opening(self, root: int) -> Link | None:
        """How surely the headline leads to its first unit."""
        bond = self.chosen.get(root)
        return self._link(root, bond) if bond else None

    def _link(self, left: int, bond: Bond) -> Link:
        nodes = self.page.nodes
        rival, margin = self._margin(left, bond)
        first = left < 0 and self.page.head_at[~left] == bond.right
        return Link(
            nodes[left].unit if left >= 0 else -1,
            nodes[bond.right].unit,
            bond.joined and bond.gain > TORN,
            round(margin, 2),
            bond.reasons,
            nodes[rival.right].unit if rival else None,
            bond.right == left + 1 or first,
            lead=self.leads.get((left, bond.right), MOST),
        )

    def _margin(self, left: int, bond: Bond) -> tuple[Bond | None, float]:
        """The best rival on either side; whose partner would lose more is none."""
        starts = self.page.starts
        best: Bond | None = None
        value = self.page.ends[left] + starts[bond.right]
        for other in self.bonds[left]:
            if other.right != bond.right:
                held = max(self._held(other.right), starts[other.right])
                net = other.gain - held + starts[bond.right]
                if net > value:
                    best, value = other, net
        for k, other in self.into[bond.right]:
            if k != left:
                loss = self.chosen[k].gain if k in self.chosen else self.page.ends[k]
                value = max(value, other.gain - loss + self.page.ends[left])
        return best, bond.gain - value

    def _held(self, right: int) -> float:
        """What the present partner of ``right`` would lose."""
        holder = self.owner.get(right)
        if holder is None:
            return self.page.starts[right]
        return self.chosen[holder].gain - self.page.ends[holder]

"""By how much each bond of a mosaic leads: what the best order without it costs.

In: the order that was found, and what arrangements are worth.  Out: log-odds for
each bond that some other order of the pieces would break.  A single bond may
have many rivals on a page that everything was torn from, and yet the whole leaves
it no choice; that shows here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from .rearrange import Costs, Table

Leads = Mapping[tuple[int, int], float]  # (left, right) of a bond → its lead
_LOOKS = 20_000  # other orders looked at at most


def leads(chains: Sequence[list[int]], costs: Costs) -> Leads:
    """The least loss of all moves that break a bond; those no move breaks are left out."""
    table = Table(list(chains), costs)
    least: dict[tuple[int, int], float] = {}
    for move in islice(table.moves(), _LOOKS):
        loss = table.loss(move)
        if loss is not None:
            for bond in table.broken(move):
                least[bond] = min(loss, least.get(bond, loss))
    return least

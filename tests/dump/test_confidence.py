"""The confidence falls with every doubt, and a mosaic knows what another order costs."""

from __future__ import annotations

import pytest

from articles.dump.confidence import Facts, certainty, doubts
from articles.dump.leads import leads
from articles.dump.rearrange import Costs

WORSE = Facts(
    entry=0.0,
    way=0.0,
    lead=0.0,
    joint=0.0,
    joint_lead=0.0,
    faults=3.0,
    silent=3.0,
    region=-1.0,
    loose=1.0,
    label=0.5,
    open_end=1.0,
    broken=1.0,
    short=1.0,
    lines=9.0,
)


SURE = Facts(region=0.5)


@pytest.mark.parametrize("name", Facts._fields)
def test_every_doubt_makes_a_block_less_sure(name: str) -> None:
    doubtful = SURE._replace(**{name: getattr(WORSE, name)})
    assert certainty(doubtful) < certainty(SURE)


def test_every_doubt_is_said_in_its_own_words() -> None:
    said = [doubts(SURE._replace(**{n: getattr(WORSE, n)})) for n in Facts._fields]
    assert all(len(words) == 1 for words in said)
    assert len(set(said)) == len(Facts._fields)


def _costs(gains: dict[int, dict[int, float]]) -> Costs:
    """Two headlines (~0 and ~1) and two texts; only the bonds count."""
    return Costs(
        gains=gains,
        ends={-1: -7.0, -2: -7.0, 0: 0.0, 1: 0.0},
        starts=[-7.0, -7.0],
        likeness=[[0.0, 0.0], [0.0, 0.0]],
        crowd=0.5,
        faults=lambda chain: 0.0,
    )


def test_a_bond_leads_by_what_the_best_order_without_it_costs() -> None:
    costs = _costs({-1: {0: 3.0, 1: 2.0}, -2: {0: 1.0, 1: 2.5}, 0: {}, 1: {}})
    found = leads([[-1, 0], [-2, 1]], costs)
    exchanged = (3.0 + 2.5) - (2.0 + 1.0)
    assert found == {(-1, 0): exchanged, (-2, 1): exchanged}

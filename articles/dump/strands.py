"""Reading the strands off the chosen bonds.

In: the solution.  Out: one ``Strand`` for each headline, with links and facts.
Texts that nothing leads to are adopted by the strand they were printed in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from .bond import Chosen
from .chains import all_chains
from .flow import Link, Strand
from .margins import Margins
from .page import Page
from .standing import Standing

NOWHERE = 10**9  # the root of text that stands before every headline


def read_strands(page: Page, margins: Margins) -> tuple[Strand, ...]:
    """Every node in exactly one strand; strands without head or text are left out."""
    chains = _with_orphans(page, margins.chosen)
    standing = Standing(page, margins, chains)
    strands = [
        _strand(page, margins, standing, root, chain) for root, chain in chains.items()
    ]
    heads = page.dump.heads
    return tuple(
        s for s in strands if s.units or (s.head is not None and heads[s.head].units)
    )


def _strand(
    page: Page, margins: Margins, standing: Standing, root: int, chain: Sequence[int]
) -> Strand:
    head = ~root if root < 0 else None
    units: list[int] = list(page.of_head.get(head, [])) if head is not None else []
    links: list[Link | None] = [None] * len(units)
    opening = margins.opening(root) if root < 0 else None
    at_head, by_node = standing.facts(root, chain, opening)
    facts = [at_head] * len(units)
    for n, k in enumerate(chain):
        asides = page.after[k]
        units += [page.nodes[k].unit, *asides]
        links += [margins.link(chain[n - 1], k) if n else None, *([None] * len(asides))]
        facts += [by_node[n]] * (1 + len(asides))
    return Strand(head, tuple(units), tuple(links), opening, tuple(facts), at_head)


def _with_orphans(page: Page, chosen: Chosen) -> dict[int, list[int]]:
    """Root → nodes in reading order, nothing left out."""
    chains: dict[int, list[int]] = {}
    loose: dict[int, list[int]] = {}
    for chain in all_chains(page, chosen):
        if chain[0] < 0:
            chains[chain[0]] = chain[1:]
        else:
            loose[chain[0]] = chain
    for root, texts in _adopters(page, chains, loose).items():
        chains[root] = _adopt(page, chains.get(root, []), texts)
    return chains


def _adopters(
    page: Page, chains: dict[int, list[int]], loose: dict[int, list[int]]
) -> dict[int, list[list[int]]]:
    """A stray text goes to the headline above it, or to the text before it."""
    owner = {k: root for root, chain in chains.items() for k in chain}
    orphans: dict[int, list[list[int]]] = {}
    last = NOWHERE
    for k in range(len(page.nodes)):
        if k in loose:
            root = ~page.nodes[k].heads[-1] if page.nodes[k].heads else last
            orphans.setdefault(root, []).append(loose[k])
            owner.update(dict.fromkeys(loose[k], root))
        last = owner.get(k, last)
    return orphans


def _adopt(page: Page, chain: Sequence[int], orphans: Sequence[list[int]]) -> list[int]:
    """Into the place that the print suggests, but before a closing signature."""
    end = len(chain)
    while end > 0 and page.nodes[chain[end - 1]].signed:
        end -= 1
    places = sorted((k, n) for n, k in enumerate(chain))
    inserted: dict[int, list[int]] = {}
    for orphan in orphans:
        before = bisect_left(places, (orphan[0], 0)) - 1
        at = min(places[before][1] + 1, end) if before >= 0 else end
        inserted.setdefault(at, []).extend(orphan)
    whole: list[int] = []
    for n in range(len(chain) + 1):
        whole += inserted.get(n, [])
        whole += chain[n : n + 1]
    return whole

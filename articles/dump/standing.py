"""What speaks for each text standing where it stands: facts for the confidence.

In: the finished strands and the margins of their bonds.  Out: ``Facts`` for
each node.  Doubt spreads: what follows an unsure jump is as unsure as the jump,
and a stretch that speaks of something else makes its neighbours suspect.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain as in_all
from itertools import combinations

from .confidence import MOST, Facts
from .faults import strand_faults, unspoken
from .flow import Link, Role
from .margins import Margins
from .page import Page
from .tallies import Tallies
from .topics import UNIT

_AROUND = 1  # units on either side that tell what a place speaks of
_REGION = 3  # units on either side that share the doubt
_MANY = 30  # strands; a word in more of them tells nothing
_VOUCHED = 0.5  # doubt of a heading in a text that the contents list has
_FIT_SCALE = 10.0  # cosines to numbers of about one


class Standing:
    """Facts that need the whole solution."""

    def __init__(
        self, page: Page, margins: Margins, chains: Mapping[int, Sequence[int]]
    ) -> None:
        self.page, self.margins = page, margins
        self.fits = _Fits(page, chains)

    def facts(
        self, root: int, chain: Sequence[int], opening: Link | None
    ) -> tuple[Facts, list[Facts]]:
        """Of the headline, and of each node of its strand."""
        at_head = self._of_head(root, chain, opening)
        listed = root < 0 and self.page.dump.heads[~root].entry is not None
        loose = _VOUCHED if listed else 1.0
        found: list[Facts] = []
        facts = at_head
        for n, k in enumerate(chain):
            link = self.margins.link(chain[n - 1], k) if n else opening
            facts = self._step(facts, link, k)
            if self._may_be_headline(k):
                facts = facts._replace(loose=max(facts.loose, loose))
            found.append(facts)
        return at_head, found

    def _of_head(self, root: int, chain: Sequence[int], opening: Link | None) -> Facts:
        if root >= 0:
            return Facts()
        head = self.page.dump.heads[~root]
        silent = 0.0 if head.boxed else unspoken(self.page, ~root, chain)
        return Facts(
            entry=opening.margin if opening else 0.0,
            lead=opening.lead if opening else MOST,
            faults=max(0.0, strand_faults(self.page, [root, *chain]) - silent),
            silent=silent,
        )

    def _step(self, before: Facts, link: Link | None, k: int) -> Facts:
        """The facts of the next node, given those of the one before it."""
        margin = link.margin if link else MOST
        jumped = link is not None and not link.adjacent
        return before._replace(
            entry=margin,
            way=min(before.way, margin) if jumped else before.way,
            lead=link.lead if link else MOST,
            region=self.fits.by_region.get(k, 0.0),
        )

    def _may_be_headline(self, k: int) -> bool:
        """A heading without a number may be that of another text."""
        node = self.page.nodes[k]
        return node.role is Role.HEADING and node.number is None


class _Fits:
    """Is each place of a strand more like the rest of it than like other strands?

    All weights are whole numbers, whose sum has no order.
    """

    def __init__(self, page: Page, chains: Mapping[int, Sequence[int]]) -> None:
        self.by_place: dict[int, float] = {}
        self.by_region: dict[int, float] = {}
        self.weights = page.rarity.telling
        known = frozenset(self.weights)
        self.telling = [words & known for words in page.rarity.shared]
        self.singles = [n * page.rarity.single_weight for n in page.rarity.singles]
        self.number = {root: number for number, root in enumerate(chains)}
        self.nodes_of = [  # strand → word → its nodes
            Counter(in_all.from_iterable(self.telling[k] for k in chain))
            for chain in chains.values()
        ]
        strands_of = Counter(in_all.from_iterable(self.nodes_of))
        # what many strands have tells nothing
        self.few = frozenset([w for w, n in strands_of.items() if n <= _MANY])
        self.masses = [
            5.0 * UNIT + self._weight(words, chain)
            for words, chain in zip(self.nodes_of, chains.values(), strict=True)
        ]
        far = frozenset([w for w in self.few if strands_of[w] > 1])
        strands = [far.intersection(words.keys()) for words in self.nodes_of]
        self.others = Tallies(strands, self.masses, self.weights)
        for root, chain in chains.items():
            self._look_around(self.number[root], chain)
            self._spread(chain)

    def _weight(self, words: Iterable[str], nodes: Iterable[int] = ()) -> int:
        """Of the words, and of those that only one of the nodes has."""
        known = sum(map(self.weights.__getitem__, words))
        return known + sum([self.singles[k] for k in nodes])

    def _look_around(self, strand: int, chain: Sequence[int]) -> None:
        once = frozenset([w for w, n in self.nodes_of[strand].items() if n == 1])
        for n, k in enumerate(chain):
            around = chain[max(0, n - _AROUND) : n + _AROUND + 1]
            if len(chain) > len(around):
                self.by_place[k] = self._fit(strand, around, once)

    def _spread(self, chain: Sequence[int]) -> None:
        """What is doubtful about one place is so about its neighbours too."""
        fits = [self.by_place.get(k, 0.0) for k in chain]
        for n, k in enumerate(chain):
            nearby = fits[max(0, n - _REGION) : n + _REGION + 1]
            self.by_region[k] = math.fsum(nearby) / len(nearby)

    def _fit(self, strand: int, run: Sequence[int], once: frozenset[str]) -> float:
        """How much more the run shares with its own strand than with any other."""
        words = frozenset[str]().union(*[self.telling[k] for k in run])
        elsewhere = (words & self.few) - once - self._only_here(strand, run)
        home = self._weight(elsewhere) / math.sqrt(self.masses[strand])
        away = math.sqrt(self.others.best(words, strand))
        size = math.sqrt(5.0 * UNIT + self._weight(words, run))
        return _FIT_SCALE * (home - away) / size

    def _only_here(self, strand: int, run: Sequence[int]) -> set[str]:
        """Words of several nodes of the run that stand nowhere else in the strand."""
        words, nodes_of = [self.telling[k] for k in run], self.nodes_of[strand]
        repeated = set[str]().union(*[a & b for a, b in combinations(words, 2)])
        return {
            w for w in repeated if nodes_of[w] == sum([w in each for each in words])
        }

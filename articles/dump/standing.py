"""What speaks for each text standing where it stands: facts for the confidence.

In: the finished strands and the margins of their bonds.  Out: ``Facts`` for
each node.  Doubt spreads: what follows an unsure jump is as unsure as the jump,
and a stretch that speaks of something else makes its neighbours suspect.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain as in_all
from itertools import combinations

from .confidence import MOST, Facts
from .faults import strand_faults, unspoken
from .flow import Link, Role
from .margins import Margins
from .page import Page
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
        self.page = page
        self.by_place: dict[int, float] = {}
        self.by_region: dict[int, float] = {}
        self.weights = page.rarity.telling
        known = frozenset(self.weights)
        self.telling = [words & known for words in page.rarity.shared]
        self.singles = [n * page.rarity.single_weight for n in page.rarity.singles]
        self.totals = [
            self._weight(words) + singles
            for words, singles in zip(self.telling, self.singles, strict=True)
        ]
        self.strands_of: dict[str, dict[int, int]] = {}  # word → strand → its nodes
        self.mass: dict[int, float] = {}
        for root, chain in chains.items():
            self._count(root, chain)
        # word → its weight and strands; what many strands have tells nothing
        self.known = {
            word: (self.weights[word], strands)
            for word, strands in self.strands_of.items()
            if len(strands) <= _MANY
        }
        self.shared = [self._shared(words) for words in self.telling]
        self.alone = {
            k: self._alone(root, k) for root, chain in chains.items() for k in chain
        }
        for root, chain in chains.items():
            self._look_around(root, chain)
            self._spread(chain)

    def _weight(self, words: Iterable[str]) -> int:
        return sum(map(self.weights.__getitem__, words))

    def _count(self, root: int, chain: Sequence[int]) -> None:
        nodes_of = Counter(in_all.from_iterable(self.telling[k] for k in chain))
        for word, nodes in nodes_of.items():
            if (strands := self.strands_of.get(word)) is None:
                self.strands_of[word] = {root: nodes}
            else:
                strands[root] = nodes
        singles = sum(self.singles[k] for k in chain)
        self.mass[root] = 5.0 * UNIT + singles + self._weight(nodes_of)

    def _shared(self, words: Iterable[str]) -> dict[int, int]:
        """Strand → weight of the words that a node has in common with it."""
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            if word in self.known:
                weight, strands = self.known[word]
                for root in strands:
                    shared[root] += weight
        return shared

    def _alone(self, root: int, k: int) -> int:
        """Weight of the words that the strand has in this node only."""
        known = (self.known[word] for word in self.telling[k] if word in self.known)
        return sum(weight for weight, strands in known if strands[root] == 1)

    def _look_around(self, root: int, chain: Sequence[int]) -> None:
        for n, k in enumerate(chain):
            around = chain[max(0, n - _AROUND) : n + _AROUND + 1]
            if len(chain) > len(around):
                self.by_place[k] = self._fit(root, around)

    def _spread(self, chain: Sequence[int]) -> None:
        """What is doubtful about one place is so about its neighbours too."""
        fits = [self.by_place.get(k, 0.0) for k in chain]
        for n, k in enumerate(chain):
            nearby = fits[max(0, n - _REGION) : n + _REGION + 1]
            self.by_region[k] = math.fsum(nearby) / len(nearby)

    def _fit(self, root: int, run: Sequence[int]) -> float:
        """How much more the run shares with its own strand than with any other."""
        shared: dict[int, int] = defaultdict(int, self.shared[run[0]])
        for k in run[1:]:
            for other, weight in self.shared[k].items():
                shared[other] += weight
        size = sum(self.totals[k] for k in run)
        only_here = sum(self.alone[k] for k in run)
        for word, times in self._repeated(run):
            more = (times - 1) * self.weights[word]
            size -= more
            if word not in self.known:
                continue
            weight, strands = self.known[word]
            for other in strands:
                shared[other] -= more
            only_here += weight * (strands[root] == times)
        at_home = shared.pop(root, 0) - only_here
        best = max([w * w / self.mass[o] for o, w in shared.items()], default=0.0)
        home = at_home / math.sqrt(self.mass[root])
        return _FIT_SCALE * (home - math.sqrt(best)) / math.sqrt(5.0 * UNIT + size)

    def _repeated(self, run: Sequence[int]) -> Iterator[tuple[str, int]]:
        """Words that stand in several nodes of the run, and in how many."""
        words = [self.telling[k] for k in run]
        twice = frozenset[str]().union(*(a & b for a, b in combinations(words, 2)))
        for word in twice:
            yield word, sum([word in each for each in words])

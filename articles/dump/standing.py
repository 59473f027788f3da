"""What speaks for each text standing where it stands: facts for the confidence.

In: the finished strands and the margins of their bonds.  Out: ``Facts`` for
each node.  Doubt spreads: what follows an unsure jump is as unsure as the jump,
and a headline left without a text makes its neighbours suspect.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .confidence import MOST, Facts
from .faults import strand_faults, unspoken
from .flow import Link, Role
from .margins import Margins
from .page import Page

_AROUND = 1  # units on either side that tell what a place speaks of
_REGION = 3  # units on either side that share the doubt
_TELLING = 2.0  # weight of a word that is in one unit of seven
_MANY = 30  # strands; a word in more of them tells nothing
_NEARBY = 6.0  # units over which the doubt of an unsettled place fades
_FIT_SCALE = 10.0  # cosines to numbers of about one


class Standing:
    """Facts that need the whole solution."""

    def __init__(
        self, page: Page, margins: Margins, chains: Mapping[int, Sequence[int]]
    ) -> None:
        self.page, self.margins = page, margins
        self.unsettled = sorted(set(self._unsettled()))
        self.fits = _Fits(page, chains)

    def facts(
        self, root: int, chain: Sequence[int], opening: Link | None
    ) -> tuple[Facts, list[Facts]]:
        """Of the headline, and of each node of its strand."""
        at_head = self._of_head(root, chain, opening)
        found: list[Facts] = []
        facts = at_head
        listed = root < 0 and self.page.dump.heads[~root].entry is not None
        for n, k in enumerate(chain):
            link = self.margins.link(chain[n - 1], k) if n else opening
            facts = self._step(facts, link, k, listed)
            found.append(facts)
        return at_head, found

    def _of_head(self, root: int, chain: Sequence[int], opening: Link | None) -> Facts:
        if root >= 0:
            return Facts(orphan=1.0)
        head = self.page.dump.heads[~root]
        silent = 0.0 if head.boxed else unspoken(self.page, ~root, chain)
        margin = opening.margin if opening else 0.0
        return Facts(
            entry=margin,
            opening=margin,
            faults=max(0.0, strand_faults(self.page, [root, *chain]) - silent),
            head=1.0 - head.confidence,
            near=self._near(self.page.head_at[~root]),
        )

    def _step(self, before: Facts, link: Link | None, k: int, listed: bool) -> Facts:
        """The facts of the next node, given those of the one before it."""
        node = self.page.nodes[k]
        loose = node.role is Role.HEADING and node.number is None and not listed
        jumped = link is not None and not link.adjacent
        margin = link.margin if link else MOST
        return replace(
            before,
            entry=margin,
            jumped=float(jumped),
            way=min(before.way, margin) if jumped else before.way,
            place=self.fits.by_place.get(k, 0.0),
            region=self.fits.by_region.get(k, 0.0),
            worst=self.fits.worst.get(k, 0.0),
            orphan=max(before.orphan, float(link is not None and not link.led)),
            near=self._near(k),
            loose=max(before.loose, float(loose)),
        )

    def _near(self, k: int) -> float:
        """1 at a place that the solution leaves open, less farther away."""
        at = bisect_left(self.unsettled, k)
        beside = self.unsettled[max(0, at - 1) : at + 1]
        return max((math.exp(-abs(p - k) / _NEARBY) for p in beside), default=0.0)

    def _unsettled(self) -> Iterator[int]:
        """Nodes at which the solution leaves something open."""
        page, chosen = self.page, self.margins.chosen
        led = {bond.right for bond in chosen.values()}
        for k, node in enumerate(page.nodes):
            goes_on = k in chosen and chosen[k].joined
            if (node.open and not goes_on) or k not in led:
                yield k
        for h, head in enumerate(page.dump.heads):
            if ~h not in chosen and not head.boxed:
                yield page.head_at[h]


class _Fits:
    """Is each place of a strand more like the rest of it than like other strands?"""

    def __init__(self, page: Page, chains: Mapping[int, Sequence[int]]) -> None:
        self.page = page
        self.by_place: dict[int, float] = {}
        self.by_region: dict[int, float] = {}
        self.worst: dict[int, float] = {}
        self.words = {
            root: Counter(self._telling(chain)) for root, chain in chains.items()
        }
        self.strands_of: dict[str, list[int]] = {}
        for root, words in self.words.items():
            for word in words:
                self.strands_of.setdefault(word, []).append(root)
        self.mass = {
            root: 5.0 + math.fsum(map(page.rarity.weight, words))
            for root, words in self.words.items()
        }
        for root, chain in chains.items():
            self._look_around(root, chain)
            self._spread(chain)

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
        worst = min((self.by_region[k] for k in chain), default=0.0)
        self.worst.update(dict.fromkeys(chain, worst))

    def _telling(self, chain: Sequence[int]) -> Iterator[str]:
        """The rarer words; the common ones are in every strand."""
        weight = self.page.rarity.weight
        for k in chain:
            yield from (w for w in self.page.nodes[k].words if weight(w) > _TELLING)

    def _fit(self, root: int, run: Sequence[int]) -> float:
        own = Counter(self._telling(run))
        weight = self.page.rarity.weight
        shared: dict[int, list[float]] = {}
        for word, times in own.items():
            strands = self.strands_of[word]
            for other in strands if len(strands) <= _MANY else ():
                if other != root or self.words[root][word] > times:
                    shared.setdefault(other, []).append(weight(word))
        size = 5.0 + math.fsum(map(weight, own))
        likeness = {
            other: math.fsum(weights) / math.sqrt(size * self.mass[other])
            for other, weights in shared.items()
        }
        at_home = likeness.pop(root, 0.0)
        return _FIT_SCALE * (at_home - max(likeness.values(), default=0.0))

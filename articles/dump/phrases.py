"""Which phrases of a headline a text repeats, the rare ones weighing most.

In: the letters of the headlines, the folded texts of the nodes.  Out: a weight for any
headline and any nodes.  The text is searched once for each pair of characters
of a headline; a phrase that runs across two nodes is none.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .ngrams import Places

LONGEST = 12  # characters of a phrase
_LENGTHS = {2: 0.6, 3: 1.2}  # weight by length; a long phrase is no chance
_LONG = 2.0
_WORK = 1_000_000  # places looked at for all headlines of a dump
Found = dict[int, int]  # offset in the headline → length of the phrase there


class Phrases:
    """The phrases that headlines share with nodes; each headline is read once."""

    def __init__(self, titles: Sequence[str], nodes: Places) -> None:
        self._titles = titles
        self._nodes = len(nodes.starts) - 1
        self._most = max(50, _WORK // (1 + sum(map(len, titles))))
        self._places = nodes
        self._found: dict[int, tuple[dict[int, Found], list[list[int]]]] = {}
        self._pairs: dict[str, list[tuple[int, int]]] = {}
        self._singles: dict[tuple[int, int], float] = {}
        self._weights: dict[str, float] = {}

    def weight(self, h: int, nodes: Iterable[int]) -> float:
        """Of the phrases of the headline that stand in any of the nodes."""
        in_node, _ = self._of(h)
        hits = [k for k in nodes if k in in_node]
        if len(hits) <= 1:
            return self._alone(h, hits[0]) if hits else 0.0
        best = dict(in_node[hits[0]])
        for k in hits[1:]:
            for at, size in in_node[k].items():
                if size > best.get(at, 0):
                    best[at] = size
        return self._sum(h, best)

    def of_nodes(self, heads: Iterable[int]) -> dict[int, dict[int, float]]:
        """Node → the headlines whose phrases it repeats, with the weight of these."""
        spoken: dict[int, dict[int, float]] = {}
        for h in heads:
            for k in self._of(h)[0]:
                spoken.setdefault(k, {})[h] = self._alone(h, k)
        return spoken

    def _alone(self, h: int, k: int) -> float:
        """In one node; remembered."""
        known = self._singles.get((h, k))
        if known is None:
            known = self._singles[h, k] = self._sum(h, self._of(h)[0][k])
        return known

    def _sum(self, h: int, best: Found) -> float:
        """Longest phrases from the left, none overlapping the one before."""
        total, end = 0.0, 0
        for at in sorted(best) if len(best) > 1 else best:
            if at >= end:
                size = best[at]
                end = at + size
                total += self._worth(h, at, size)
        return total

    def _worth(self, h: int, at: int, size: int) -> float:
        phrase = self._titles[h][at : at + size]
        known = self._weights.get(phrase)
        if known is None:
            _, sizes = self._of(h)
            seen = sum(other >= size for other in sizes[at])
            rarity = math.log((1 + self._nodes) / max(1, seen))
            known = self._weights[phrase] = rarity * _LENGTHS.get(size, _LONG)
        return known

    def _of(self, h: int) -> tuple[dict[int, Found], list[list[int]]]:
        """Node → its phrases, and for each offset the lengths found in all nodes."""
        known = self._found.get(h)
        if known is None:
            known = self._found[h] = self._read(self._titles[h])
        return known

    def _read(self, title: str) -> tuple[dict[int, Found], list[list[int]]]:
        in_node: dict[int, Found] = {}
        sizes: list[list[int]] = []
        for at in range(len(title) - 1):
            longest = self._longest(title[at : at + LONGEST])
            sizes.append(list(longest.values()))
            for k, size in longest.items():
                in_node.setdefault(k, {})[at] = size
        return in_node, sizes

    def _longest(self, wanted: str) -> Found:
        """Node → how much of ``wanted`` stands in it, two characters at least."""
        text, longest = self._places.text, dict[int, int]()
        for k, place in self._in_nodes(wanted[:2]):
            size = 2
            while size < len(wanted) and text[place + size] == wanted[size]:
                size += 1
            if size > longest.get(k, 0):
                longest[k] = size
        return longest

    def _in_nodes(self, pair: str) -> list[tuple[int, int]]:
        """(node, place) wherever the two characters stand; nothing where they teem."""
        known = self._pairs.get(pair)
        if known is None:
            places, starts = self._places.of(pair), self._places.starts
            few = places if len(places) <= self._most else ()
            known = self._pairs[pair] = [(bisect_right(starts, p) - 1, p) for p in few]
        return known

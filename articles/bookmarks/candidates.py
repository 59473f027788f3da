"""Places that a reader may recognise, where the program does not dare to.

In: a highlight or a bookmark that has lost its place.  Out: a few passages or
paragraphs of its article, likeliest first.  Nothing is chosen here.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from articles.models import Block, Bookmark, Highlight

SHOWN = 8
LIKE = 55  # of 100
AROUND = 40


@dataclass(frozen=True)
class Candidate:
    block: Block
    start: int
    end: int
    score: float

    @property
    def before(self) -> str:
        return self.block.text[max(0, self.start - AROUND) : self.start]

    @property
    def exact(self) -> str:
        return self.block.text[self.start : self.end]

    @property
    def after(self) -> str:
        return self.block.text[self.end : self.end + AROUND]


def passage_candidates(highlight: Highlight) -> list[Candidate]:
    """The likest stretch of each paragraph, judged with what stood around it."""
    wanted = highlight.exact
    found = []
    for block in _blocks(highlight):
        match = fuzz.partial_ratio_alignment(wanted, block.text, score_cutoff=LIKE)
        if match is None or match.dest_end <= match.dest_start:
            continue
        around = fuzz.partial_ratio(
            highlight.prefix + wanted + highlight.suffix, block.text
        )
        score = match.score + around / 2
        found.append(Candidate(block, match.dest_start, match.dest_end, score))
    return sorted(found, key=lambda c: (-c.score, c.block.position))[:SHOWN]


def block_candidates(bookmark: Bookmark) -> list[Block]:
    scored = [
        (fuzz.partial_ratio(bookmark.quote, block.text), block)
        for block in _blocks(bookmark)
    ]
    likely = [pair for pair in scored if pair[0] >= LIKE]
    likely.sort(key=lambda pair: (-pair[0], pair[1].position))
    return [block for _, block in likely[:SHOWN]]


def _blocks(thing: Highlight | Bookmark) -> list[Block]:
    return list(thing.article.blocks.order_by("position", "pk"))

"""Where a highlight stands now, if it stands anywhere for certain.

The last word of ``anchoring`` about rows: a passage is looked for in the block it was
taken from and in those that hold lines of it now (a paragraph that was split, joined
or moved), never elsewhere.  Reads; writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from articles.bookmarks.anchoring import Passage, find_again
from articles.bookmarks.records import (
    BookmarkRecord,
    HighlightRecord,
    Records,
    chunks,
)
from articles.models import Article, Block, Highlight, SourceDump

ALIKE = 60  # of 100: a paragraph's opening, and the one a file remembers


@dataclass(frozen=True)
class Place:
    block: Block
    start: int
    end: int


def place_of(highlight: Highlight) -> Place | None:
    """In its own block, wherever that stands; for the rest see ``find_moved``."""
    block = highlight.block
    if block is None or block.article_id is None:
        return None
    passage = Passage(highlight.paragraph, highlight.start, highlight.end)
    start = find_again(passage, block.text)
    if start is None:
        return None
    return Place(block, start, start + highlight.end - highlight.start)


def find_moved(highlights: Iterable[Highlight]) -> dict[int, Place]:
    """Places of highlights that are not in their own block, by id, where certain.

    One query for all of them: the blocks of their articles' dumps that may hold their
    lines now.
    """
    lost = [h for h in highlights if h.dump_id and h.lines]
    owners = _owners_of_lines(lost)
    found = {}
    for highlight in lost:
        heirs = [
            owners[highlight.dump_id, n]
            for n in highlight.lines
            if (highlight.dump_id, n) in owners
        ]
        place = _in_order(highlight, list(dict.fromkeys(heirs)))
        if place:
            found[highlight.pk] = place
    return found


def _owners_of_lines(highlights: list[Highlight]) -> dict[tuple[int, int], Block]:
    wanted: dict[int, set[int]] = defaultdict(set)
    for highlight in highlights:
        wanted[highlight.dump_id or 0].update(highlight.lines)
    blocks = Block.objects.filter(dump__in=wanted, article__isnull=False)
    return {
        (block.dump_id, n): block
        for block in (blocks if wanted else [])
        for n in block.lines
        if n in wanted[block.dump_id]
    }


def _in_order(highlight: Highlight, heirs: list[Block]) -> Place | None:
    """Aligned with all heirs as one text, and then in the one heir it falls into."""
    passage = Passage(highlight.paragraph, highlight.start, highlight.end)
    start = find_again(passage, "".join(block.text for block in heirs))
    if start is None:
        return None
    for block in heirs:
        if start < len(block.text):
            end = start + len(passage.exact)
            return Place(block, start, end) if end <= len(block.text) else None
        start -= len(block.text)
    return None


@dataclass(frozen=True)
class Surroundings:
    """The rows that records name, looked up in a few queries."""

    articles: dict[str, int] = field(default_factory=dict)
    blocks: dict[int, Block] = field(default_factory=dict)
    anchors: dict[tuple[int, str], Block] = field(default_factory=dict)
    dumps: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Records) -> Surroundings:
        found = cls()
        for ids in chunks(records.articles()):
            rows = Article.objects.filter(public_id__in=ids).order_by()
            found.articles.update(rows.values_list("public_id", "pk"))
        found._load_blocks(records)
        for ids in chunks({r.source for r in records.highlights if r.source}):
            rows = SourceDump.objects.filter(sha256__in=ids).order_by()
            found.dumps.update(rows.values_list("sha256", "pk"))
        return found

    def _load_blocks(self, records: Records) -> None:
        named = [*records.bookmarks, *records.highlights]
        for ids in chunks({r.block for r in named if r.block}):
            self._keep(Block.objects.filter(pk__in=ids, article__isnull=False))
        missing = {
            (self.articles[r.article], r.anchor)
            for r in (*named, *records.places)
            if r.anchor and r.article in self.articles
        } - self.anchors.keys()
        for ids in chunks({article for article, _ in missing}, 250):
            anchors = {anchor for article, anchor in missing if article in set(ids)}
            for some in chunks(anchors, 250):
                self._keep(Block.objects.filter(article__in=ids, anchor__in=some))

    def _keep(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.blocks[block.pk] = block
            self.anchors[block.article_id or 0, block.anchor] = block

    def anchored(self, article: str, anchor: str) -> Block | None:
        return self.anchors.get((self.articles.get(article, 0), anchor))

    def paragraph(self, record: BookmarkRecord) -> Block | None:
        """The paragraph a bookmark means, if it is certainly that one."""
        own = self.blocks.get(record.block or 0)
        if own and own.article_id == self.articles[record.article]:
            return own
        block = self.anchored(record.article, record.anchor)
        if block is None or not record.quote:
            return block
        opening = block.text[: len(record.quote)]
        return block if fuzz.ratio(opening, record.quote) >= ALIKE else None

    def highlight(self, record: HighlightRecord) -> Highlight:
        """An unsaved row: settled on today's text where the passage is found."""
        own = self.blocks.get(record.block or 0)
        article = self.articles[record.article]
        if own is None or own.article_id != article:
            own = self.anchored(record.article, record.anchor)
        row = Highlight(
            article_id=article,
            block=own,
            paragraph=record.paragraph,
            start=record.start,
            end=record.end,
            note=record.note,
            created=record.created,
            dump_id=self.dumps.get(record.source),
            lines=list(record.lines),
        )
        if place := place_of(row):
            settle_on(row, place)
        return row


def settle_on(highlight: Highlight, place: Place) -> None:
    """Makes the found place the remembered one (unsaved)."""
    block = place.block
    highlight.block, highlight.article_id = (
        block,
        block.article_id or highlight.article_id,
    )
    highlight.paragraph, highlight.start, highlight.end = (
        block.text,
        place.start,
        place.end,
    )
    highlight.dump_id, highlight.lines = block.dump_id, list(block.lines)

"""An issue as the desk shows it: the printed lines of a dump, one article's blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.desk.stamps import stamp
from articles.models import Article, Block, Issue, SourceDump, is_settled
from articles.pages.typeset import DOUBTFUL

LINES_SHOWN = 240
TINTS = 6


@dataclass(frozen=True)
class PrintedLine:
    """``block`` is the row it stands in; ``here``: it belongs to the shown article."""

    number: int
    text: str
    block: int
    article: int | None
    role: str
    tint: int
    here: bool
    after_gap: bool


@dataclass(frozen=True)
class Paragraph:
    """A block of the shown article, with what is in doubt or was changed of it."""

    block: Block
    stamp: str
    printed: list[tuple[int, str]]
    first: bool

    @property
    def doubtful(self) -> bool:
        """As readers see it marked (which is more than stands in the queue)."""
        return self.block.confidence < DOUBTFUL and not is_settled(self.block.base)

    @property
    def by_hand(self) -> bool:
        return bool(self.block.base.keys() - {"confidence"})

    @property
    def looked_at(self) -> bool:
        return "confidence" in self.block.base

    @property
    def corrected(self) -> bool:
        return "text" in self.block.base


@dataclass(frozen=True)
class Layout:
    """``before`` and ``after``: first lines of the stretches before and after."""

    dump: SourceDump
    lines: list[PrintedLine]
    before: int | None
    after: int | None
    articles: list[Article]
    article: Article | None
    paragraphs: list[Paragraph]


def lay_out(
    issue: Issue, dump: SourceDump, article: Article | None, start: int | None
) -> Layout:
    """Four queries, whatever the issue holds."""
    articles = list(
        issue.articles.filter(merged_into=None).in_printed_order().only(
            "title", "position", "public_id", "page", "withdrawn", "dump", "issue"
        )
    )  # fmt: skip
    blocks = list(article.blocks.order_by("position", "id")) if article else []
    lines = _lines(dump, articles, article)
    if start is None:
        start = min(
            (n for b in blocks if b.dump_id == dump.pk for n in b.lines), default=1
        )
    at = next((n for n, line in enumerate(lines) if line.number >= start), 0)
    at = max(0, at - 4)
    shown = lines[at : at + LINES_SHOWN]
    return Layout(
        dump,
        shown,
        lines[max(0, at - LINES_SHOWN + 8)].number if at else None,
        lines[at + LINES_SHOWN].number if at + LINES_SHOWN < len(lines) else None,
        articles,
        article,
        [
            Paragraph(
                block,
                stamp(block),
                list(zip(block.lines, block.printed.split("\n"), strict=False)),
                n == 0,
            )
            for n, block in enumerate(blocks)
        ],
    )


def _lines(
    dump: SourceDump, articles: Iterable[Article], shown: Article | None
) -> list[PrintedLine]:
    tints = {a.pk: 1 + n % TINTS for n, a in enumerate(articles)}
    found = []
    for block in Block.objects.filter(dump=dump).only(
        "article_id", "role", "printed", "lines", "dump_id"
    ):
        here = shown is not None and block.article_id == shown.pk
        tint = tints.get(block.article_id or 0, 0)
        role = str(block.get_role_display())
        for number, text in zip(block.lines, block.printed.split("\n"), strict=False):
            found.append((number, text, block.pk, block.article_id, role, tint, here))
    found.sort()
    last, lines = 0, []
    for row in found:
        lines.append(PrintedLine(*row, after_gap=row[0] > last + 1))
        last = row[0]
    return lines

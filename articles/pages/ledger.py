"""The line ledger of a dump: every line that is not blank, and where it went."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from articles.models import Article, Block, Role, SourceDump

LINES_A_PAGE = 500
TINTS = 6


@dataclass(frozen=True)
class LedgerLine:
    """``article`` is None for furniture."""

    number: int
    printed: str
    role: str  # in words
    anchor: str
    article: Article | None
    tint: int
    after_blank: bool


@dataclass(frozen=True)
class Stretch:
    """Successive lines of one article, or of the page's furniture."""

    article: Article | None
    tint: int
    lines: list[LedgerLine]


@dataclass(frozen=True)
class Ledger:
    """``previous`` and ``next`` are the first lines of the pages before and after."""

    stretches: list[Stretch]
    total: int
    previous: int | None
    next: int | None


def ledger_page(dump: SourceDump, start: int) -> Ledger:
    """The page of the ledger that has line ``start``."""
    lines = _lines(dump)
    at = next((n for n, line in enumerate(lines) if line.number >= start), 0)
    at -= at % LINES_A_PAGE
    shown = lines[at : at + LINES_A_PAGE]
    stretches = [
        Stretch(article, tint, list(group))
        for (article, tint), group in groupby(shown, key=lambda x: (x.article, x.tint))
    ]
    more = lines[at + LINES_A_PAGE :]
    return Ledger(
        stretches,
        len(lines),
        lines[at - LINES_A_PAGE].number if at else None,
        more[0].number if more else None,
    )


def _lines(dump: SourceDump) -> list[LedgerLine]:
    articles = _articles(dump)
    numbered = []
    for block in Block.objects.filter(dump=dump).only(
        "article_id", "role", "anchor", "printed", "lines"
    ):
        article = articles.get(block.article_id)
        tint = 1 + article.position % TINTS if article else 0
        role = str(Role(block.role).label)
        for number, printed in zip(
            block.lines, block.printed.split("\n"), strict=False
        ):
            numbered.append((number, printed, role, block.anchor, article, tint))
    numbered.sort(key=lambda row: row[0])
    return [
        LedgerLine(*row, after_blank=row[0] > last + 1)
        for last, row in zip([0, *(r[0] for r in numbered)], numbered, strict=False)
    ]


def _articles(dump: SourceDump) -> dict[int | None, Article]:
    """Those readers may see; a withdrawn article's lines stay, without a link."""
    found = Article.objects.published().filter(blocks__dump=dump).distinct()
    return {a.pk: a for a in found.only("public_id", "title", "position")}

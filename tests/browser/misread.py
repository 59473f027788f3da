"""A dump as a worse parser might read it, and how it should stand when it is repaired.

In: a good reading.  Out: one in which a paragraph printed in two columns has fallen
apart, a jump was not followed, a headline stays mangled.  Every line is still somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from articles.dump import Block, ParsedIssue, tidy_block
from articles.dump.record import Alternative, ParsedArticle

DOUBTFUL = 0.02


@dataclass(frozen=True)
class Misread:
    """``home``: the title of the article that the text belongs to."""

    parsed: ParsedIssue
    home: str
    lines: tuple[int, ...] = ()


def interleaved(parsed: ParsedIssue) -> Misread:
    """The second half of a paragraph stands in the article of the other column."""
    article, at, cut = next(_apart(parsed))
    block = article.blocks[at]
    whole = Alternative(block.lines, article.id, 0.5)
    head = _piece(parsed, block, slice(None, cut))
    head = replace(head, confidence=DOUBTFUL, alternative=whole)
    tail = _piece(parsed, block, slice(cut, None))
    other = next(a for a in parsed.articles if a.id != article.id and len(a.blocks) > 3)
    parsed = _with_blocks(
        parsed, article, [*article.blocks[:at], head, *article.blocks[at + 1 :]]
    )
    parsed = _with_blocks(parsed, other, [*other.blocks[:2], tail, *other.blocks[2:]])
    return Misread(parsed, article.title, block.lines)


def jumped(parsed: ParsedIssue) -> Misread:
    """What follows a jump stands at the end of the article printed before it."""
    article, at, cut = next(_apart(parsed))
    block = article.blocks[at]
    tail = replace(_piece(parsed, block, slice(cut, None)), confidence=DOUBTFUL)
    before = _owner_before(parsed, block.lines[cut], article)
    head = _piece(parsed, block, slice(None, cut))
    rest = article.blocks[at + 1 :]
    parsed = _with_blocks(parsed, article, [*article.blocks[:at], head])
    parsed = _with_blocks(parsed, before, [*before.blocks, tail, *rest])
    return Misread(parsed, article.title, tail.lines)


def mangled(parsed: ParsedIssue) -> Misread:
    """The headline as it was printed is the title."""
    told = next(p for p in parsed.problems if p.code == "title-mangled")
    article = next(a for a in parsed.articles if a.id == told.article)
    worse = replace(article, title=str(told.facts["printed"]))
    articles = tuple(worse if a.id == article.id else a for a in parsed.articles)
    return Misread(replace(parsed, articles=articles), article.title)


def as_it_should_be(parsed: ParsedIssue) -> list[Any]:
    """Of each article: title, authors, and its paragraphs in reading order."""
    return [
        [
            article.title,
            [author.name for author in article.authors],
            [[block.role.value, list(block.lines)] for block in article.blocks],
        ]
        for article in parsed.articles
    ]


def _apart(parsed: ParsedIssue) -> Iterator[tuple[ParsedArticle, int, int]]:
    """Where lines of one paragraph have another article's between them."""
    owner = {n: a.id for a in parsed.articles for b in a.blocks for n in b.lines}
    for article in parsed.articles:
        for at, block in enumerate(article.blocks):
            for cut in range(1, len(block.lines)):
                first, last = sorted(block.lines[cut - 1 : cut + 1])
                between = {owner.get(n) for n in range(first + 1, last)}
                if between - {None, article.id}:
                    yield article, at, cut


def _owner_before(parsed: ParsedIssue, line: int, but: ParsedArticle) -> ParsedArticle:
    others = [a for a in parsed.articles if a.id != but.id]
    printed = [(n, a.id) for a in others for b in a.blocks for n in b.lines if n < line]
    key = max(printed)[1]
    return next(a for a in others if a.id == key)


def _piece(parsed: ParsedIssue, block: Block, part: slice) -> Block:
    lines = block.lines[part]
    text = tidy_block(block.role, [parsed.printed[n] for n in lines])[0]
    return replace(block, lines=lines, text=text, confidence=1.0, alternative=None)


def _with_blocks(
    parsed: ParsedIssue, article: ParsedArticle, blocks: list[Block]
) -> ParsedIssue:
    changed = replace(article, blocks=tuple(blocks))
    articles = tuple(changed if a.id == article.id else a for a in parsed.articles)
    return replace(parsed, articles=articles)

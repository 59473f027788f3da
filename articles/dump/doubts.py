"""What an editor should look at: open ends, lone jump marks, doubtful places.

In: the finished articles with their confidence.  Out: ``Dump.problems`` grown
by one problem for each doubt.  Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from . import cues, join
from .confidence import REVIEW_BELOW
from .flow import Dump
from .fold import fold
from .record import ArticleKind, Block, BlockRole, ParsedArticle, Problem


def note_doubts(dump: Dump) -> Dump:
    """Append the doubts, in the order of the lines."""
    raw = {line.number: line.raw for line in dump.lines}
    found = [p for a in dump.articles for p in _doubts(a, raw)]
    problems = sorted((*dump.problems, *found), key=lambda p: (min(p.lines), p.code))
    return replace(dump, problems=tuple(problems))


def _doubts(article: ParsedArticle, raw: dict[int, str]) -> Iterator[Problem]:
    if not article.title:
        yield _problem(
            article,
            article.blocks[0],
            "headline-missing",
            "no headline leads to this text",
        )
    marks = [b for b in article.blocks if b.role is BlockRole.CONTINUATION]
    if len(marks) == 1 and not any(len(b.lines) > 1 for b in article.blocks):
        yield _problem(
            article,
            marks[0],
            "jump-without-partner",
            "this jump mark leads nowhere in the dump",
        )
    for block in article.blocks:
        if block.role is BlockRole.PARAGRAPH and article.kind is not ArticleKind.POEM:
            yield from _open_end(article, block, raw)
    for _, run in groupby(
        article.blocks, key=lambda b: b.confidence < REVIEW_BELOW and b.reasons[-1:]
    ):
        yield from _uncertain(article, list(run))


def _open_end(
    article: ParsedArticle, block: Block, raw: dict[int, str]
) -> Iterator[Problem]:
    """A paragraph that stops in the middle of a sentence."""
    text = raw[block.lines[-1]].strip()
    cue = fold(text[-200:])
    if len(text) < 12 or not join.stops_short(cue):
        return
    if jump := join.jump_out(cue):
        yield _problem(
            article,
            block,
            "jump-without-partner",
            f"nothing continues the jump to page {jump[1]}",
            {"page": jump[1]},
        )
    elif cues.END_BYLINE.search(cue) is None:
        yield _problem(
            article,
            block,
            "join-missing",
            "this paragraph stops in the middle of a sentence",
        )


def _uncertain(article: ParsedArticle, run: list[Block]) -> Iterator[Problem]:
    """Neighbouring blocks that are in doubt for one reason are one problem."""
    first = min(run, key=lambda block: block.confidence)
    if first.confidence >= REVIEW_BELOW:
        return
    joined = (
        len(run) == 1 and len(first.lines) > 1 and first.role is BlockRole.PARAGRAPH
    )
    what = (
        "these lines may not be one paragraph"
        if joined
        else "this text may belong elsewhere"
    )
    why = f" ({first.reasons[-1]})" if first.reasons else ""
    yield Problem(
        "join-doubtful" if joined else "place-doubtful",
        tuple(n for block in run for n in block.lines),
        f"{what}{why}; confidence {first.confidence:.2f}",
        article.id,
        facts={"confidence": f"{first.confidence:.2f}"},
    )


def _problem(
    article: ParsedArticle,
    block: Block,
    code: str,
    message: str,
    facts: dict[str, Any] | None = None,
) -> Problem:
    return Problem(code, block.lines, message, article.id, facts=facts or {})

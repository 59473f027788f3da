"""The doubts that an issue has now, as values of Task rows by key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from articles.models import (
    Article,
    ArticleKind,
    Block,
    Issue,
    Problem,
    Report,
    Task,
    is_settled,
)

SURE = 0.75  # the parser's REVIEW_BELOW, which this package may not import
DOUBT = {
    Task.Kind.CONFLICT: 0.9,
    Task.Kind.REPORT: 0.7,
    Task.Kind.CONTENTS: 0.6,
    Task.Kind.PLACEMENT: 0.6,
    Task.Kind.AUTHOR: 0.5,
}
OF_IMPORT = frozenset(
    {
        "import-conflict",
        "edited-article-vanished",
        "edited-text-vanished",
        "lines-of-a-merged-article",
    }
)
# The parser says of a block what its confidence says: one task for both.
OF_BLOCKS = frozenset({"place-doubtful", "join-doubtful"})
OF_PLACES = frozenset({"join-missing", "jump-missing"})
Values = dict[str, Any]


def wanted_tasks(issue: Issue) -> dict[str, Values]:
    """Seven queries, whatever the issue holds."""
    found: dict[str, Values] = {}
    for key, values in _all(issue):
        while key in found:  # the same words printed twice
            key += "+"
        found[key] = values
    return found


def _all(issue: Issue) -> Iterator[tuple[str, Values]]:
    # Numbers, and sorted here: asked for dumps of an issue in the order of blocks, SQLite
    # reads every block there is.
    dumps = dict(issue.dumps.values_list("pk", "current"))
    yield from _blocks([pk for pk, current in dumps.items() if current], list(dumps))
    yield from _problems(list(dumps))
    yield from _unsigned(issue)
    yield from _reports(issue)


def _blocks(current: list[int], dumps: list[int]) -> Iterator[tuple[str, Values]]:
    rows = Block.objects.filter(dump__in=current, confidence__lt=SURE).order_by()
    settled = Problem.objects.filter(
        dump__in=dumps, code__in=OF_BLOCKS, state=Problem.State.SETTLED
    ).order_by()
    looked_at = {tuple(lines) for lines in settled.values_list("lines", flat=True)}
    found = sorted(rows.values_list(*_Block._fields), key=itemgetter(0))
    for block in map(_Block._make, found):
        if is_settled(block.base) or tuple(block.lines) in looked_at:
            continue
        words = hashlib.sha256(block.printed.encode()).hexdigest()[:24]
        kind = Task.Kind.PLACEMENT if block.article_id else Task.Kind.LINES
        yield (
            f"block:{words}",
            {
                "kind": kind,
                "dump_id": block.dump_id,
                "article_id": block.article_id,
                "block_id": block.pk,
                "detail": {"lines": block.lines, "reasons": block.reasons},
                "doubt": 1 - block.confidence,
            },
        )


class _Block(NamedTuple):
    """What is asked of a block; a badly scanned page has very many of them."""

    pk: int
    dump_id: int
    article_id: int | None
    printed: str
    lines: list[int]
    reasons: list[str]
    confidence: float
    base: dict[str, Any]


def _problems(dumps: list[int]) -> Iterator[tuple[str, Values]]:
    rows = Problem.objects.filter(dump__in=dumps, state=Problem.State.OPEN)
    rows = rows.exclude(code__in=OF_BLOCKS).order_by()
    for problem in sorted(rows, key=attrgetter("pk")):
        kind = _kind(problem.code)
        yield (
            f"problem:{problem.pk}",
            {
                "kind": kind,
                "dump_id": problem.dump_id,
                "article_id": problem.article_id,
                "problem_id": problem.pk,
                "detail": {"lines": problem.lines, "code": problem.code},
                "doubt": DOUBT[kind],
            },
        )


def _kind(code: str) -> str:
    if code in OF_IMPORT:
        return Task.Kind.CONFLICT
    return Task.Kind.PLACEMENT if code in OF_PLACES else Task.Kind.CONTENTS


def _unsigned(issue: Issue) -> Iterator[tuple[str, Values]]:
    rows = Article.objects.published().filter(
        issue=issue, kind=ArticleKind.ARTICLE, authorships=None
    )
    for article in sorted(
        rows.order_by().only("public_id", "dump_id"), key=attrgetter("pk")
    ):
        yield (
            f"author:{article.public_id}",
            {
                "kind": Task.Kind.AUTHOR,
                "dump_id": article.dump_id,
                "article_id": article.pk,
                "doubt": DOUBT[Task.Kind.AUTHOR],
            },
        )


def _reports(issue: Issue) -> Iterator[tuple[str, Values]]:
    rows = Report.objects.filter(article__issue=issue, state=Report.State.OPEN)
    for report in sorted(
        rows.order_by().select_related("article"), key=attrgetter("pk")
    ):
        yield (
            f"report:{report.pk}",
            {
                "kind": Task.Kind.REPORT,
                "dump_id": report.article.dump_id,
                "article_id": report.article_id,
                "block_id": report.block_id,
                "report_id": report.pk,
                "doubt": DOUBT[Task.Kind.REPORT],
            },
        )

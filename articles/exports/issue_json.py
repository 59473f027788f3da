"""An issue for machines: what it is, its articles in printed order, its sources.

In: an issue.  Out: JSON-able values, free of database ids; nothing escaped.
"""

from __future__ import annotations

from typing import Any

from articles.exports.article_json import article_as_dict, for_export
from articles.models import Block, Issue, Problem, SourceDump


def issue_as_dict(issue: Issue) -> dict[str, Any]:
    """The keys are published: add to them, never rename one.

    Furniture and problems are part of it: with the articles' blocks they account for
    every line of the sources.
    """
    articles = for_export(issue.articles.published()).in_printed_order()
    return {
        "url": issue.get_absolute_url(),
        "publication": issue.publication.title,
        "kind": issue.kind,
        "year": issue.year,
        "volume": issue.volume,
        "number": issue.number,
        "total_number": issue.total_number,
        "date": issue.date or None,
        "masthead": issue.masthead,
        "staff": issue.staff,
        "sources": [_source(dump) for dump in _dumps(issue)],
        "articles": [article_as_dict(article) for article in articles],
        "furniture": [_furniture(block) for block in _furniture_blocks(issue)],
        "problems": [_problem(problem) for problem in _problems(issue)],
    }


def _dumps(issue: Issue) -> list[SourceDump]:
    return list(
        issue.dumps.filter(current=True).defer("content").order_by("page", "name")
    )


def _furniture_blocks(issue: Issue) -> list[Block]:
    blocks = Block.objects.filter(dump__issue=issue, dump__current=True, article=None)
    return list(
        blocks.select_related("dump")
        .defer("dump__content")
        .order_by("dump__page", "position", "pk")
    )


def _problems(issue: Issue) -> list[Problem]:
    problems = Problem.objects.filter(dump__issue=issue, dump__current=True)
    rows = problems.select_related("dump", "article").defer("dump__content")
    return sorted(rows, key=lambda p: (p.dump.page, p.code, p.lines, p.message))


def _source(dump: SourceDump) -> dict[str, Any]:
    return {
        "name": dump.name,
        "sha256": dump.sha256,
        "page": dump.page or None,
        "encoding": dump.encoding,
        "parser_version": dump.parser_version,
    }


def _furniture(block: Block) -> dict[str, Any]:
    return {
        "role": block.role,
        "source": block.dump.name,
        "lines": block.lines,
        "printed": block.printed,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "source": problem.dump.name,
        "lines": problem.lines,
        "article": problem.article and problem.article.public_id,
        "message": problem.message,
        "chosen": problem.chosen or None,
        "state": problem.state,
    }

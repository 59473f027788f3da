"""Parses text dumps and reports what was found; touches no database.

    manage.py check_dump page.txt               # a report for people
    manage.py check_dump *.txt --json           # one JSON object a file, one per line
    manage.py check_dump old.txt --encoding gb18030

The report names each article with its section, page and authors, then the problems
like a compiler (file:line code message), then a tally.  With --json, stdout holds
nothing but JSON Lines, the same objects that the importer stores; failures go to
stderr.  Exit status 1 if a file failed; the others are still reported.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.dump import (
    REVIEW_BELOW,
    DumpError,
    DumpTooLarge,
    ParsedArticle,
    ParsedIssue,
    parse_dump,
)
from articles.dump.lines import MAX_BYTES
from portal.command import ManualCommand


class Command(ManualCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="JSON Lines on stdout")
        parser.add_argument("--encoding", metavar="E", help="do not guess the encoding")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in options["files"]:
            try:
                parsed = parse_file(path, options["encoding"])
            except (DumpError, OSError) as error:
                self.stderr.write(_reason(path, error))
                failed += 1
                continue
            if options["json"]:
                text = json.dumps(parsed.as_dict(), ensure_ascii=False)
                self.stdout.write(text)
            else:
                self.stdout.write("\n".join(report_lines(parsed)))
        if failed:
            raise CommandError(
                f"{failed} of {len(options['files'])} files could not be read",
                returncode=1,
            )


def parse_file(path: Path, encoding: str | None) -> ParsedIssue:
    """Read a regular file and parse it; a device or a pipe is refused."""
    if not path.is_file():
        raise OSError(
            "it is no regular file" if path.exists() else "there is no such file"
        )
    if path.stat().st_size > MAX_BYTES:
        raise DumpTooLarge(
            path.name,
            f"the file has {path.stat().st_size} bytes, the limit is {MAX_BYTES}",
            "split it into one file an issue",
        )
    return parse_dump(path.read_bytes(), source=path.name, encoding=encoding)


def _reason(path: Path, error: DumpError | OSError) -> str:
    if isinstance(error, DumpError):
        return str(error)
    return f"{path}: {error.strerror or error}; check the path"


def report_lines(parsed: ParsedIssue) -> list[str]:
    """What a person wants to see: one line an article, the problems, a tally."""
    issue = parsed.issue
    name = issue.publication or "(publication not printed)"
    number = f"{issue.year or '?'}·{issue.number}" if issue.number else issue.date or ""
    total = f" (总第{issue.total_number}期)" if issue.total_number else ""
    lines = [
        f"{parsed.source}  {name} {number}{total}  {issue.kind}, {parsed.encoding}"
    ]
    lines += [_article_line(article) for article in parsed.articles]
    lines += [
        f"{parsed.source}:{problem.lines[0]} {problem.code}: {problem.message}"
        for problem in parsed.problems
    ]
    return [*lines, _tally(parsed)]


def _article_line(article: ParsedArticle) -> str:
    page = f"{article.page:>4}" if article.page is not None else "   -"
    authors = "、".join(author.name for author in article.authors)
    lines = sum(len(block.lines) for block in article.blocks)
    section = f"[{article.section}] " if article.section else ""
    title = article.title or "(no headline)"
    return (
        f"{page}  {section}{title}  {authors}  {article.kind}, {lines} lines".rstrip()
    )


def _tally(parsed: ParsedIssue) -> str:
    blocks = [block for article in parsed.articles for block in article.blocks]
    doubtful = sum(block.confidence < REVIEW_BELOW for block in blocks)
    placed = sum(len(block.lines) for block in blocks)
    rest = sum(len(entry.lines) for entry in parsed.furniture)
    return (
        f"{len(parsed.articles)} articles, {len(blocks)} blocks ({doubtful} to review), "
        f"{placed} lines in articles, {rest} lines of furniture, "
        f"{len(parsed.problems)} problems"
    )

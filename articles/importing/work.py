"""Parsing, here or in other processes.

In: files with their bytes.  Out: for each, in order, a parsed issue or a failure as
data.  Parsing is pure, so it may run anywhere; nothing here touches a database.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from articles.dump import DumpError, ParsedIssue, parse_dump

# The parser's refusals in the language of the command; the details follow as it says them.
_SAYINGS = {
    "undecodable-dump": "读不出确定的文字，不导入",
    "empty-dump": "没有一行可见的字，不导入",
    "dump-too-large": "文件太大，不导入",
    "ledger-broken": "行账不合，请报告此文件",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse; ``name`` is what its rows and messages call it."""

    path: Path
    name: str
    content: bytes
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file was not imported; ``code`` is for programs."""

    code: str
    message: str
    line: int | None = None
    offset: int | None = None


def parse(job: Job) -> ParsedIssue | Failure:
    """Never raises: a parser that stumbles over one file must not stop the others."""
    try:
        return parse_dump(job.content, source=job.name, encoding=job.encoding)
    except DumpError as error:
        code = _code(error)
        message = f"{error}（{_SAYINGS.get(code, '不导入')}）"
        return Failure(code, message, error.line, error.offset)
    except Exception as error:  # noqa: BLE001  (reported as this file's failure)
        return Failure(
            "parser-crash", f"{job.name}: 解析器出错，请报告此文件（{error!r}）"
        )


def parse_all(
    jobs: Iterable[Job], workers: int
) -> Iterator[tuple[Job, ParsedIssue | Failure]]:
    """In the order of ``jobs``; never more than a few dumps in memory."""
    if workers < 2:
        for job in jobs:
            yield job, parse(job)
        return
    # "spawn": a forked child would share the parent's database connection.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[tuple[Job, Future[ParsedIssue | Failure]]] = deque()
        for job in jobs:
            waiting.append((job, pool.submit(parse, job)))
            if len(waiting) > 2 * workers:
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())


def _finished(
    job: Job, future: Future[ParsedIssue | Failure]
) -> tuple[Job, ParsedIssue | Failure]:
    return job, future.result()


def _code(error: DumpError) -> str:
    """``UndecodableDump`` → ``undecodable-dump``."""
    name = type(error).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")

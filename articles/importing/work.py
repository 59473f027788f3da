"""Parsing, here or in other processes.

In: files with their bytes.  Out: for each, in order, a parsed issue with its text folded
for searching, or a failure as data.  All of that is pure, so it may run anywhere.
Nothing here touches a database, and nothing is imported but the parser and the folding:
that is all a worker process has to load.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeVar

from articles.dump import DumpError, ParsedIssue, parse_dump
from articles.search.passage import Passage, Text, passage_of

_SELDOM = 100_000  # objects between two searches for circles, instead of 700
AHEAD = 2  # dumps parsed or being parsed for each worker, beside the one being stored


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse; ``name`` is what its rows and messages call it."""

    path: Path
    name: str
    content: bytes
    encoding: str | None = None
    engine: str = ""  # the database whose index the words are prepared for


@dataclass(frozen=True, slots=True)
class Parsed:
    """``passages``: by the articles' local ids, what of them will be searched."""

    issue: ParsedIssue
    passages: Mapping[str, Passage]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file was not imported; ``code`` is for programs."""

    code: str
    message: str
    line: int | None = None
    offset: int | None = None


Result = Parsed | Failure
Other = TypeVar("Other")


def available_cores() -> int:
    """Those that this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def parse(job: Job) -> Result:
    """Never raises: a parser that stumbles over one file must not stop the others."""
    try:
        issue = parse_dump(job.content, source=job.name, encoding=job.encoding)
        return Parsed(issue, _passages(issue, job.engine))
    except DumpError as error:
        return Failure(_code(error), str(error), error.line, error.offset)
    except Exception as error:  # noqa: BLE001  (reported as this file's failure)
        return Failure("parser-crash", f"{job.name}: {error!r}")


def _passages(issue: ParsedIssue, engine: str) -> dict[str, Passage]:
    return {
        article.id: passage_of(
            [
                Text(
                    block.role,
                    block.text,
                    "\n".join([issue.printed[n] for n in block.lines]),
                )
                for block in article.blocks
            ]
        ).prepare(engine)
        for article in issue.articles
    }


def parse_all(
    items: Iterable[Job | Other], workers: int
) -> Iterator[tuple[Job, Result] | tuple[Other, None]]:
    """In the order of ``items``; what is no job comes out in its turn as it is.

    Never more than a few dumps are in memory.
    """
    if workers < 2:
        for item in items:
            yield (item, parse(item)) if isinstance(item, Job) else (item, None)
        return
    waiting: deque[Job | Other] = deque()
    with _Workers(workers) as others:
        for item in items:
            waiting.append(item)
            if isinstance(item, Job):
                others.begin(item)
            while len(waiting) > AHEAD * workers or others.is_ready(waiting):
                yield others.finish(waiting.popleft())
        while waiting:
            yield others.finish(waiting.popleft())


class _Workers:
    """Other processes that parse.

    The first job is parsed in this one, while they start with those that follow; so one
    file needs none of them.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.begun = False
        self.executor: ProcessPoolExecutor | None = None
        self.futures: deque[Future[Result] | None] = deque()

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self.executor:
            self.executor.shutdown(wait=False, cancel_futures=True)

    def begin(self, job: Job) -> None:
        self.futures.append(self._submit(job) if self.begun else None)
        self.begun = True

    def is_ready(self, waiting: deque[Job | Other]) -> bool:
        """Whether the foremost is no job, or one that a worker has done."""
        if not waiting or not isinstance(waiting[0], Job):
            return bool(waiting)
        foremost = self.futures[0]
        return foremost is not None and foremost.done()

    def finish(self, item: Job | Other) -> tuple[Job, Result] | tuple[Other, None]:
        if not isinstance(item, Job):
            return item, None
        future = self.futures.popleft()
        if future is None:
            return item, parse(item)
        try:
            return item, future.result()
        except BrokenProcessPool:  # by this job, or by another that was under way
            return item, _parse_alone(item)

    def _submit(self, job: Job) -> Future[Result] | None:
        """None where no process can be started: then it is parsed in this one."""
        try:
            self.executor = self.executor or _processes(self.count)
            try:
                return self.executor.submit(parse, job)
            except BrokenProcessPool:
                self.executor = _processes(self.count)
                return self.executor.submit(parse, job)
        except (OSError, NotImplementedError):
            return None


def _parse_alone(job: Job) -> Result:
    """In a process of its own, which it may kill (by the memory it takes)."""
    with _processes(1) as one:
        try:
            return one.submit(parse, job).result()
        except BrokenProcessPool:
            return Failure("parser-crash", f"{job.name}: the parser was killed")


def _processes(count: int) -> ProcessPoolExecutor:
    """Not forked from this process: they would share its database connection.

    Where the system can, one process loads the parser and the workers are forked from
    that: loading it takes as long as parsing a dump or two.
    """
    start = "spawn"
    if "forkserver" in multiprocessing.get_all_start_methods():
        start = "forkserver"
        multiprocessing.set_forkserver_preload([__name__])
    context = multiprocessing.get_context(start)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin)


def _begin() -> None:
    """What is loaded stays; of what a parse makes hardly anything goes in circles."""
    gc.freeze()
    gc.set_threshold(_SELDOM)
    _follow_parent()


def _follow_parent() -> None:
    """A worker ends with its parent, however that ends; Ctrl-C is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=[parent.sentinel], daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _code(error: DumpError) -> str:
    """``UndecodableDump`` → ``undecodable-dump``."""
    name = type(error).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")

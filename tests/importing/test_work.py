"""Parsing in other processes: the same results, in order, a few at a time."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from articles.importing import work
from articles.importing.work import AHEAD, Failure, Job, Parsed, parse_all
from articles.search.passage import Text, passage_of

TEXT = "# 槐下棋局\n\n乡里人都认得这棵槐树，树下的石头棋盘已经磨得发亮，第{}天也是。\n"


def jobs(count: int) -> list[Job]:
    texts = (TEXT.format(n).encode() for n in range(count))
    return [Job(Path(f"{n}.txt"), f"{n}.txt", text) for n, text in enumerate(texts)]


def test_what_comes_out_is_in_the_order_of_what_went_in() -> None:
    bad = Job(Path("bad.txt"), "bad.txt", b"")
    items = ["first", *jobs(3), "middle", bad, *jobs(2), "last"]
    alone, several = list(parse_all(items, 1)), list(parse_all(items, 2))
    assert several == alone
    assert [item for item, _ in several] == items
    results = [result for _, result in several]
    assert results[0] is results[4] is results[-1] is None
    assert isinstance(results[1], Parsed) and isinstance(results[5], Failure)


def test_only_a_few_are_read_ahead() -> None:
    taken = []

    def reading() -> Iterator[Job]:
        for job in jobs(20):
            taken.append(job)
            yield job

    for done, _ in enumerate(parse_all(reading(), 2), start=1):
        assert len(taken) <= done + 2 * AHEAD + 1


def test_one_file_starts_no_process() -> None:
    with work._Workers(2) as others:
        [job] = jobs(1)
        others.begin(job)
        assert isinstance(others.finish(job)[1], Parsed)
        assert others.executor is None


def test_where_no_process_can_be_started_all_is_parsed_here() -> None:
    refusal = OSError("Function not implemented")
    with mock.patch("articles.importing.work._processes", side_effect=refusal):
        assert list(parse_all(jobs(3), 2)) == list(parse_all(jobs(3), 1))


def test_a_killed_worker_loses_no_file() -> None:
    first, second, third = jobs(3)
    with work._Workers(1) as others:
        for job in (first, second):
            others.begin(job)
        assert others.executor
        for pid in list(others.executor._processes):
            os.kill(pid, signal.SIGKILL)
        assert others.finish(first)[1] == work.parse(first)
        assert others.finish(second)[1] == work.parse(second)
        others.begin(third)
        assert others.finish(third)[1] == work.parse(third)


def test_a_worker_loads_the_parser_and_no_database() -> None:
    code = "import sys, articles.importing.work; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_what_a_worker_prepares_for_the_index_comes_with_the_parse() -> None:
    """All of it that the engine asks for, and nothing of what the other one would."""
    items = [dataclasses.replace(job, engine="sqlite") for job in jobs(3)]
    for _, parsed in parse_all(items, 2):
        assert isinstance(parsed, Parsed)
        for article in parsed.issue.articles:
            passage = parsed.passages[article.id]
            assert {"chain", "common"} == vars(passage).keys() & {
                "chain", "common", "swapped"
            }  # fmt: skip
            assert passage.runs and passage == passage_of(
                [
                    Text(
                        b.role,
                        b.text,
                        "\n".join(parsed.issue.printed[n] for n in b.lines),
                    )
                    for b in article.blocks
                ]
            )

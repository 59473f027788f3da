"""Problems in words: what each code means, and the printed lines it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.editing.printed import lines_numbered
from articles.models import Problem, SourceDump
from articles.problems import problem_label, problem_text


@dataclass(frozen=True)
class Doubt:
    """A problem as a page shows it."""

    problem: Problem
    lines: list[tuple[int, str]]

    @property
    def label(self) -> str:
        return problem_label(self.problem.code)

    @property
    def text(self) -> str:
        return text_of(self.problem)

    @property
    def is_open(self) -> bool:
        return self.problem.state == Problem.State.OPEN


def text_of(problem: Problem) -> str:
    return problem_text(problem.code, problem.detail, problem.message)


def with_lines(problems: Iterable[Problem]) -> list[Doubt]:
    """Each problem with what is printed in its lines; each dump is read once."""
    problems = list(problems)
    wanted: dict[int, set[int]] = defaultdict(set)
    for problem in problems:
        if problem.lines:
            wanted[problem.dump_id].update(problem.lines)
    dumps = SourceDump.objects.in_bulk(wanted)
    printed = {pk: lines_numbered(dump, wanted[pk]) for pk, dump in dumps.items()}
    return [
        Doubt(problem, _lines(problem, printed.get(problem.dump_id, {})))
        for problem in problems
    ]


def _lines(problem: Problem, printed: dict[int, str]) -> list[tuple[int, str]]:
    return [(n, printed[n]) for n in problem.lines if n in printed]

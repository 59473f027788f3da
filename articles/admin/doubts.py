"""Problems in words: what each code means, and the printed lines it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.editing.printed import lines_numbered
from articles.models import Problem, SourceDump

LABELS = {
    "import-conflict": _("导入与编辑不一致"),
    "edited-article-vanished": _("新文本中没有这篇编辑过的文章"),
    "edited-text-vanished": _("新文本中没有这段编辑过的文字"),
    "overlong-value": _("内容过长，已截短"),
    "author-mismatch": _("目录与正文作者不一"),
    "title-mismatch": _("目录与正文题名不一"),
    "title-mangled": _("题名残缺"),
    "page-order": _("页码次序有误"),
    "contents-without-body": _("目录有而正文无"),
    "body-without-contents": _("正文有而目录无"),
}


@dataclass(frozen=True)
class Doubt:
    """A problem as a page shows it."""

    problem: Problem
    lines: list[tuple[int, str]]

    @property
    def label(self) -> Any:
        return LABELS.get(self.problem.code, self.problem.code)

    @property
    def is_open(self) -> bool:
        return self.problem.state == Problem.State.OPEN


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

"""Imports text dumps: files, or folders of *.txt with everything below them.

    manage.py import_dumps dumps/
    manage.py import_dumps page.txt --publication 河石日报 --date 2023-10-18 --page 2
    manage.py import_dumps dumps/ --dry-run        # says what would change, writes nothing
    manage.py import_dumps dumps/ --json           # one JSON object a file, then the tally

Each file is one transaction: it is imported whole or not at all.  A file that fails is
named with the reason, the others are imported, and the exit status is 1.  The same
file again changes nothing, whatever it is called; a new version of a file changes what
no editor has changed, and what both changed is kept as the editor has it and listed as
a conflict.

--publication and --date (EDTF: 2021-05-10, 2021-05, 2021) and --page complete what a
dump does not say of itself; a dump that says something else is refused.  They also tell
what a dump is that was imported as unidentified before: its articles keep their
addresses.  --replace takes a different text for an issue or page that is there already.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from articles.importing import report
from articles.importing.batch import Options, Outcome, is_unchanged, run_batch
from articles.importing.faults import explain_fault
from articles.importing.identity import Wishes
from articles.importing.progress import Progress
from articles.importing.work import available_cores
from portal.command import ManualCommand

INTERRUPTED = 130  # as shells say it of Ctrl-C
SHOWN_PROBLEMS = 10  # of one file, unless -v 2 asks for all


class Command(ManualCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--publication", metavar="P", help=_("刊名，文本没有印时用")
        )
        parser.add_argument(
            "--date", metavar="D", help=_("日期（EDTF），文本没有印时用")
        )
        parser.add_argument(
            "--page", type=int, metavar="N", help=_("报纸的版，文本没有印时用")
        )
        parser.add_argument("--encoding", metavar="E", help=_("编码；不说则自动辨认"))
        parser.add_argument(
            "--replace", action="store_true", help=_("用不同的文本替换同一期")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("只说会怎样，不写入")
        )
        parser.add_argument("--json", action="store_true", help=_("给程序读的输出"))
        parser.add_argument(
            "--workers",
            type=int,
            default=available_cores(),
            metavar="N",
            help=_("解析用的进程数；不说则与可用的处理器核数相同"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tally = report.Tally()
        try:
            for outcome in self._outcomes(options):
                tally.add(outcome)
                self._say(outcome, options)
        except (DatabaseError, InterfaceError) as error:
            self._finish(tally, options)
            raise CommandError(explain_fault(error)) from error
        except KeyboardInterrupt:
            self._finish(tally, options)
            self.stderr.write(_("已中断；正在导入的一期已撤销，之前的都已保存"))
            sys.exit(INTERRUPTED)
        except BrokenPipeError:  # whoever read the output has gone; so do we
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        self._finish(tally, options)
        if tally.failed:
            sys.exit(1)

    def _outcomes(self, options: dict[str, Any]) -> Iterator[Outcome]:
        progress = Progress(self.stderr, options["paths"], options["verbosity"])
        for outcome in run_batch(options["paths"], _options(options)):
            progress.clear()
            yield outcome
            progress.step()
        progress.clear()

    def _say(self, outcome: Outcome, options: dict[str, Any]) -> None:
        if options["json"]:
            self._print_json(report.as_dict(outcome))
        if outcome.failure:
            self.stderr.write(outcome.failure.message)
            return
        loud = options["verbosity"] > 1 or not is_unchanged(outcome)
        if options["verbosity"] and loud and not options["json"]:
            self.stdout.write(report.headline(outcome))
        if not outcome.plan or not options["verbosity"]:
            return
        if options["dry_run"] and not options["json"]:
            for line in report.details(outcome.plan):
                self.stdout.write(line)
        lines = list(report.problem_lines(outcome.plan))
        shown = lines if options["verbosity"] > 1 else lines[:SHOWN_PROBLEMS]
        for line in shown:
            self.stderr.write(line, self.style.NOTICE)
        if len(lines) > len(shown):
            more = len(lines) - len(shown)
            text = _("另有 %d 处疑点；-v 2 全部列出") % more
            self.stderr.write(f"{outcome.plan.parsed.source}: {text}")

    def _finish(self, tally: report.Tally, options: dict[str, Any]) -> None:
        if options["json"]:
            self._print_json(tally.as_dict())
        elif tally.files:
            self.stdout.write(tally.sentence(options["dry_run"]))

    def _print_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False))


def _options(options: dict[str, Any]) -> Options:
    try:
        wishes = Wishes(options["publication"], options["date"], options["page"])
    except ValueError as error:
        raise CommandError(_("--date、--publication 不对：%s") % error) from error
    if options["workers"] < 1:
        raise CommandError(_("--workers 至少是 1"))
    return Options(
        wishes,
        options["encoding"],
        replace=options["replace"],
        dry_run=options["dry_run"],
        workers=options["workers"],
    )

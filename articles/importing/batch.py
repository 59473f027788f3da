"""A run over many files: one transaction each, one outcome each.

In: paths and options.  Out: an ``Outcome`` for every file, as soon as it is done.  A
file that fails is an outcome too.  Only a failing database ends the run.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.errors import ImportRefused, NotADump
from articles.importing.files import find_dumps, read_dump, shown, stored_name
from articles.importing.identity import Wishes
from articles.importing.indexing import tidy_index
from articles.importing.plan import ImportPlan, Verdict, plan_import
from articles.importing.rehearsal import Rehearsal
from articles.importing.run import import_dump, known_dump, nothing_to_do
from articles.importing.work import Failure, Job, Parsed, Result, parse_all
from articles.models import SourceDump

# What the parser's refusals mean; the details stand before as it says them.
_SAYINGS = {
    "undecodable-dump": gettext_lazy("读不出确定的文字，不导入"),
    "empty-dump": gettext_lazy("没有一行可见的字，不导入"),
    "dump-too-large": gettext_lazy("文件太大，不导入"),
    "ledger-broken": gettext_lazy("行账不合，请报告此文件"),
    "parser-crash": gettext_lazy("解析器出错，请报告此文件"),
}


@dataclass(frozen=True, slots=True)
class Options:
    wishes: Wishes = field(default_factory=Wishes)
    encoding: str | None = None
    replace: bool = False
    dry_run: bool = False
    workers: int = 1  # processes that parse


@dataclass(slots=True)
class Outcome:
    """What became of one file: exactly one of the last three is set."""

    path: Path
    known: SourceDump | None = None  # nothing to do: these bytes are stored
    plan: ImportPlan | None = None  # applied, or (dry run) only made
    failure: Failure | None = None


def run_batch(paths: Iterable[Path], options: Options) -> Iterator[Outcome]:
    """Raises DatabaseError when the database fails; what came before is stored."""
    rehearsal = Rehearsal() if options.dry_run else None
    for item, parsed in parse_all(_items(paths, options), options.workers):
        if isinstance(item, Job):
            assert parsed
            yield _import(item, parsed, options, rehearsal)
        else:
            yield item
    if not options.dry_run:
        tidy_index()


def _items(paths: Iterable[Path], options: Options) -> Iterator[Job | Outcome]:
    """What has to be parsed, and the outcomes of what has not."""
    for path in find_dumps(paths):
        if isinstance(path, NotADump):
            yield _refused(Path(), path)
            continue
        try:
            content = read_dump(path)
        except NotADump as error:
            yield _refused(path, error)
            continue
        known = known_dump(hashlib.sha256(content).hexdigest())
        if known and _is_settled(known, options):
            yield Outcome(path, known=known)
            continue
        # Bytes that a person has once named the encoding of are read so again.
        encoding = options.encoding or (known.encoding if known else None)
        name = known.name if known else stored_name(path)
        yield Job(path, name, content, encoding, connection.vendor)


def _is_settled(known: SourceDump, options: Options) -> bool:
    return nothing_to_do(
        known,
        wishes=options.wishes,
        encoding=options.encoding,
        replace=options.replace,
    )


def _import(
    job: Job,
    parsed: Result,
    options: Options,
    rehearsal: Rehearsal | None,
) -> Outcome:
    if isinstance(parsed, Failure):
        return Outcome(job.path, failure=_located(_said(parsed), job))
    # Files are read ahead: the same bytes may have come in since, under another name.
    known = known_dump(parsed.issue.sha256)
    if known and _is_settled(known, options):
        return Outcome(job.path, known=known)
    try:
        plan = _act(job, parsed, options, rehearsal)
    except ImportRefused as error:
        return Outcome(job.path, failure=_located(Failure(error.code, str(error)), job))
    except IntegrityError as error:  # what the tables do not allow; nothing was stored
        text = _("与已有数据冲突，没有写入（%s）") % " ".join(str(error).split())
        failure = Failure("integrity", f"{shown(job.path)}: {text}")
        return Outcome(job.path, failure=failure)
    return Outcome(job.path, plan=plan)


def _act(
    job: Job, parsed: Parsed, options: Options, rehearsal: Rehearsal | None
) -> ImportPlan:
    """Raises what plans and imports raise."""
    asked: Any = {"wishes": options.wishes, "replace": options.replace}
    if not rehearsal:
        return import_dump(parsed.issue, job.content, passages=parsed.passages, **asked)
    plan = plan_import(parsed.issue, job.content, **asked)
    rehearsal.meet(plan, job.path, replace=options.replace)
    return plan


def _said(failure: Failure) -> Failure:
    """The parser's refusal with a word in the language of the command."""
    said = _SAYINGS.get(failure.code, _("不导入"))
    return dataclasses.replace(failure, message=f"{failure.message}（{said}）")


def _refused(path: Path, error: ImportRefused) -> Outcome:
    return Outcome(path, failure=Failure(error.code, str(error)))


def _located(failure: Failure, job: Job) -> Failure:
    """With the path in place of the bare name at the beginning of the message."""
    rest = failure.message.removeprefix(job.name)
    if rest == failure.message:
        return failure
    return dataclasses.replace(failure, message=shown(job.path) + rest)


def is_unchanged(outcome: Outcome) -> bool:
    """Whether the file changed nothing (and was no failure)."""
    quiet = (Verdict.UNCHANGED, Verdict.SUPERSEDED)
    return outcome.known is not None or bool(
        outcome.plan and outcome.plan.verdict in quiet
    )

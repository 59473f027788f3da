"""What a dry run has to remember: nothing is stored, so files can only meet here.

In: the plans of a batch, one after another.  Out: the same plans, with the verdict that
an import would come to after the files before it; or TwinDump, naming both files, where
it would refuse the later one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from articles.importing.errors import TwinDump
from articles.importing.files import read_dump
from articles.importing.identity import Identity, title_key
from articles.importing.ledger import numbered_lines
from articles.importing.plan import ImportPlan, Verdict
from articles.importing.versions import SAME_TEXT, similarity

Home = tuple[str, str, int]  # publication, issue, page


@dataclass(frozen=True, slots=True)
class Met:
    """A file that has a home already; its text is read again if another claims it."""

    path: Path
    encoding: str
    sha256: str


class Rehearsal:
    def __init__(self) -> None:
        self.homes: dict[Home, Met] = {}

    def meet(self, plan: ImportPlan, path: Path, *, replace: bool) -> None:
        """Raises TwinDump; otherwise the plan says what it is after the others."""
        met = Met(path, plan.parsed.encoding, plan.parsed.sha256)
        home = _home(plan.identity)
        before = self.homes.get(home, met)
        if plan.verdict == Verdict.SUPERSEDED or before.sha256 == met.sha256:
            if home in self.homes:
                plan.verdict, plan.articles = Verdict.UNCHANGED, []
        elif not replace and not _same_text(before, plan):
            raise TwinDump(_twins(before, plan))
        else:
            plan.verdict = Verdict.UPDATED
        self.homes[home] = met


def _home(identity: Identity) -> Home:
    """A dump that says nothing of itself has a home of its own (see ``issue_key``)."""
    return title_key(identity.publication or ""), identity.key, identity.page


def _same_text(before: Met, plan: ImportPlan) -> bool:
    old = numbered_lines(read_dump(before.path), before.path.name, before.encoding)
    return similarity(old, plan.parsed.printed) >= SAME_TEXT


def _twins(before: Met, plan: ImportPlan) -> str:
    text = _(
        "与同批的 %(other)s 同为《%(publication)s》%(issue)s，而文字不同；若确要替换，用 --replace；若是同日的另一版，用 --page"
    )
    names = {
        "other": before.path.name,
        "publication": plan.identity.publication,
        "issue": plan.identity.key,
    }
    return f"{plan.parsed.source}: {text % names}"

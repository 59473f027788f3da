"""What an import says: the same facts as lines for people and as JSON for programs.

In: outcomes.  Out: text and JSON-able values; nothing is printed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.importing.batch import Outcome
from articles.importing.files import shown
from articles.importing.plan import ImportPlan, Verdict
from articles.models import SourceDump
from articles.problems import problem_text

_VERDICTS: dict[str, Any] = {
    Verdict.CREATED: gettext_lazy("新增"),
    Verdict.UPDATED: gettext_lazy("更新"),
    Verdict.UNCHANGED: gettext_lazy("没有变化"),
    Verdict.SUPERSEDED: gettext_lazy("没有变化（已有更新的版本）"),
}
_FILES = {
    **_VERDICTS,
    "superseded": gettext_lazy("已有更新的版本"),
    "failed": gettext_lazy("失败"),
}
# The counts of a tally, in the order in which people read them.
_COUNTS = {
    "create": gettext_lazy("新增"),
    "update": gettext_lazy("更新"),
    "keep": gettext_lazy("不变"),
    "withdraw": gettext_lazy("撤下"),
}


class Tally:
    """Adds up outcomes."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.problems = 0
        self.conflicts = 0

    def add(self, outcome: Outcome) -> None:
        self.files[status(outcome)] += 1
        if outcome.plan:
            self.articles.update(outcome.plan.tally())
            self.problems += len(outcome.plan.problems.new)
            self.conflicts += len(outcome.plan.conflicts())

    @property
    def failed(self) -> int:
        return self.files["failed"]

    @property
    def changed(self) -> int:
        return self.files["created"] + self.files["updated"]

    def as_dict(self) -> dict[str, Any]:
        return {
            "tally": {
                "files": dict(self.files),
                "articles": dict(self.articles),
                "problems": self.problems,
                "conflicts": self.conflicts,
            }
        }

    def sentence(self, dry_run: bool) -> str:
        """``3 个文件：2 新增，1 没有变化。文章新增 30 …``"""
        total = sum(self.files.values())
        files = _listed(
            f"{self.files[k]} {v}" for k, v in _FILES.items() if self.files[k]
        )
        counts = {"total": total, "files": files or _("没有可导入的")}
        text = ngettext(
            "%(total)d 个文件：%(files)s。", "%(total)d 个文件：%(files)s。", total
        )
        text %= counts
        if not self.changed and not self.failed:
            return str(text + _("没有变化。")).strip()
        articles = _listed(
            f"{v} {self.articles[k]}" for k, v in _COUNTS.items() if self.articles[k]
        )
        text += _("文章%s。") % articles if articles else ""
        text += _("疑点 %d 处。") % self.problems if self.problems else ""
        text += _("与编辑的改动冲突 %d 处。") % self.conflicts if self.conflicts else ""
        return str(
            text + (_("这是试运行，什么也没有写入。") if dry_run else "")
        ).strip()


def status(outcome: Outcome) -> str:
    if outcome.failure:
        return "failed"
    if outcome.plan:
        return outcome.plan.verdict.value
    current = outcome.known is None or outcome.known.current
    return Verdict.UNCHANGED.value if current else Verdict.SUPERSEDED.value


def headline(outcome: Outcome) -> str:
    """One line a file: ``001.txt 河石月刊 2023年第3期（总第147期）：新增 19 篇``."""
    name = shown(outcome.path)
    if outcome.failure:
        return outcome.failure.message
    if outcome.known:
        verdict = Verdict(status(outcome))
        return f"{name} {_stored_place(outcome.known)}：{_VERDICTS[verdict]}{_alias(outcome)}"
    assert outcome.plan is not None
    plan = outcome.plan
    counts = plan.tally()
    said = _listed(
        f"{_COUNTS[k]} {_('%d 篇') % n}" for k, n in counts.items() if n and k != "keep"
    )
    verdict_text = _VERDICTS[plan.verdict]
    return f"{name} {_planned_place(plan)}：{said or verdict_text}{_alias(outcome)}"


def details(plan: ImportPlan) -> Iterator[str]:
    """The plan, an article a line; what stays as it is is not listed."""
    for article in plan.articles:
        if article.outcome == "keep":
            continue
        fields = (
            "" if article.outcome == "create" else f"（{'、'.join(article.changed)}）"
        )
        yield f"  {_COUNTS[article.outcome]} {article.public_id} {article.title}{fields}"


def problem_lines(plan: ImportPlan) -> Iterator[str]:
    """``file:line: code: message``, as compilers print them."""
    for problem in plan.problems.new:
        line = f":{problem['lines'][0]}" if problem["lines"] else ""
        text = problem_text(problem["code"], problem["detail"], problem["message"])
        yield f"{plan.parsed.source}{line}: {problem['code']}: {text}"


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """One JSON object a file."""
    data: dict[str, Any] = {"file": shown(outcome.path), "status": status(outcome)}
    if outcome.failure:
        failure = outcome.failure
        return data | {
            "code": failure.code,
            "message": failure.message,
            "line": failure.line,
            "offset": failure.offset,
        }
    if outcome.known:
        known = outcome.known
        return data | {
            "source": known.name,
            "issue": known.issue.get_absolute_url(),
            "page": known.page or None,
        }
    assert outcome.plan is not None
    return data | _plan_dict(outcome.plan)


def _plan_dict(plan: ImportPlan) -> dict[str, Any]:
    return {
        "source": plan.parsed.source,
        "publication": plan.identity.publication,
        "key": plan.identity.key,
        "page": plan.place.page or None,
        "articles": plan.tally(),
        "conflicts": plan.conflicts(),
        "problems": [
            {name: problem[name] for name in ("code", "lines", "article", "message")}
            for problem in plan.problems.new
        ],
    }


def _alias(outcome: Outcome) -> str:
    """The same bytes under another name."""
    stored = outcome.known or (outcome.plan and outcome.plan.place.known)
    if stored and outcome.path.name != stored.name:
        return _("（与 %s 相同）") % stored.name
    return ""


def _stored_place(dump: SourceDump) -> str:
    return f"《{dump.issue.publication}》{dump.issue.label()}{_page(dump.page)}"


def _planned_place(plan: ImportPlan) -> str:
    issue = plan.place.issue
    if issue and not plan.place.moves_to:
        return f"《{issue.publication}》{issue.label()}{_page(plan.place.page)}"
    title = plan.identity.publication or _("未识别")
    return f"《{title}》{plan.identity.key}{_page(plan.identity.page)}"


def _page(page: int) -> str:
    return _("第%d版") % page if page else ""


def _listed(parts: Iterable[str]) -> str:
    return _("，").join(parts)

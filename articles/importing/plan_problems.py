"""Which problems are new, which stay, which are over.

In: the parser's problems, the conflicts of the merge, and the problems stored for
this dump.  Out: a ``ProblemPlan``.  A problem that somebody settled stays settled;
one that an import finds again is not stored again.  Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles.dump import ParsedIssue
from articles.dump import Problem as Found
from articles.importing.existing import Existing, home_of
from articles.importing.protect import Conflict
from articles.models import Problem

if TYPE_CHECKING:
    from articles.importing.plan import ImportPlan
    from articles.importing.plan_articles import Pairs

CONFLICT = "import-conflict"
# Raised by imports, about editors' work: only people close them.
MERGED = "lines-of-a-merged-article"
OF_IMPORT = frozenset(
    {CONFLICT, "edited-article-vanished", "edited-text-vanished", MERGED}
)


SAID = ("message", "chosen", "detail")
# How sure a parser is moves with every version of it; the doubt is still the same.
FIGURES = frozenset({"confidence"})


@dataclass(slots=True)
class ProblemPlan:
    """``new``: column values, the article as its public id.  ``kept`` go to the new dump.

    ``said``: what the open ones among them say now; a figure may be another.
    """

    new: list[dict[str, Any]] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    gone: list[Problem] = field(default_factory=list)
    settled: list[Problem] = field(default_factory=list)
    said: dict[int, dict[str, Any]] = field(default_factory=dict)

    def any(self) -> bool:
        return bool(self.new or self.gone or self.settled)


def plan_problems(
    existing: Existing, pairs: Pairs, plan: ImportPlan, parsed: ParsedIssue
) -> ProblemPlan:
    result = ProblemPlan()
    found = [*_of_parser(plan, pairs, parsed), *_of_import(plan, existing, pairs)]
    left = {_key(values): values for values in found}
    settled, anew = _agreed(plan), {_field(v) for v in found if v["code"] == CONFLICT}
    for row in existing.problems:
        again = left.pop(_key_of(row, existing), None)
        if row.state != Problem.State.OPEN or again:
            result.kept.append(row)
            if again and row.state == Problem.State.OPEN:
                result.said[row.pk] = {name: again[name] for name in SAID}
        elif row.code == CONFLICT and _field_of(row) in settled:
            result.settled.append(row)
        elif row.code not in OF_IMPORT or _field_of(row) in anew:
            result.gone.append(row)
        else:
            result.kept.append(row)
    result.new = list(left.values())
    return result


def _of_parser(
    plan: ImportPlan, pairs: Pairs, parsed: ParsedIssue
) -> Iterator[dict[str, Any]]:
    cut = [problem for article in plan.articles for problem in article.cut]
    problems: list[Found] = [*parsed.problems, *cut]
    for problem in problems:
        yield _values(
            problem.code,
            pairs.ids.get(problem.article) if problem.article else None,
            problem.lines,
            problem.message,
            problem.chosen or "",
            dict(problem.facts),
        )


def _of_import(
    plan: ImportPlan, existing: Existing, pairs: Pairs
) -> Iterator[dict[str, Any]]:
    for article in plan.articles:
        for conflict in article.conflicts:
            yield _conflict(conflict, article.public_id, (), {})
    for block in plan.blocks:
        for conflict in block.conflicts:
            where = {"block": block.row.anchor if block.row else ""}
            yield _conflict(conflict, block.home, block.values["lines"], where)
    for conflict in plan.issue.conflicts:
        yield _conflict(conflict, None, (), {})
    yield from _followed(plan, existing)
    for key in pairs.held:
        yield _values(
            "edited-article-vanished",
            key,
            (),
            "the new text has no such article; it is kept",
        )
    for row in plan.orphans:
        yield _values(
            "edited-text-vanished",
            home_of(row),
            (),
            "the new text does not have these lines; the edited paragraph is kept",
            row.text[:200],
            {"block": row.anchor},
        )


def _followed(plan: ImportPlan, existing: Existing) -> Iterator[dict[str, Any]]:
    """Of each article that took in lines of one merged into it: which lines."""
    lines: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for block in plan.blocks:
        if block.followed:
            lines[block.home, block.base["article"]] += block.values["lines"]
    for (home, gone), numbers in lines.items():
        title = existing.articles[gone].title
        message = (
            f"the new text has other lines of “{title}”, which was merged into this"
        )
        yield _values(MERGED, home, sorted(numbers), message, "", {"title": title})


def _conflict(
    conflict: Conflict, article: str | None, lines: Any, where: dict[str, Any]
) -> dict[str, Any]:
    message = f"{conflict.field} was edited, and the new text differs; the edit is kept"
    return _values(
        CONFLICT,
        article,
        lines,
        message,
        _shown(conflict.mine),
        conflict.detail() | where,
    )


def _values(
    code: str,
    article: str | None,
    lines: Any,
    message: str,
    chosen: str = "",
    detail: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "code": code[:50],
        "article": article,
        "lines": list(lines),
        "message": message,
        "chosen": chosen,
        "detail": detail or {},
    }


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _key(values: dict[str, Any]) -> tuple[Any, ...]:
    """The same for a doubt that is found again: by its facts, or else its words."""
    facts = [item for item in values["detail"].items() if item[0] not in FIGURES]
    said = repr(sorted(facts)) if values["detail"] else values["message"]
    return (values["code"], values["article"], tuple(values["lines"]), said)


def _key_of(row: Problem, existing: Existing) -> tuple[Any, ...]:
    numbers = existing.renumbered.get(row.dump_id, {})
    return _key(
        {
            "code": row.code,
            "article": row.article and row.article.public_id,
            "lines": [numbers.get(n, n) for n in row.lines],
            "message": row.message,
            "detail": row.detail,
        }
    )


def _field(values: dict[str, Any]) -> tuple[Any, Any, Any]:
    detail = values["detail"]
    return values["article"], detail.get("block"), detail.get("field")


def _field_of(row: Problem) -> tuple[Any, Any, Any]:
    article = row.article and row.article.public_id
    return _field({"article": article, "detail": row.detail})


def _agreed(plan: ImportPlan) -> set[tuple[Any, Any, Any]]:
    """What an editor and the import now say alike."""
    of_articles = {
        (a.public_id, None, name) for a in plan.articles for name in a.agreed
    }
    of_blocks = {
        (b.home, b.row.anchor, name) for b in plan.blocks if b.row for name in b.agreed
    }
    return of_articles | of_blocks

"""What an import would change, as data; nothing here writes.

In: a parsed dump, its bytes, and what a person says of it.  Out: an ``ImportPlan``,
which ``apply.apply_plan`` carries out and ``report`` prints.  A dry run is a plan
that nobody applies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from articles.dump import ParsedIssue
from articles.importing.existing import load_existing
from articles.importing.identity import NO_WISHES, Identity, Wishes, identify
from articles.importing.places import Place, find_place
from articles.importing.plan_articles import ArticlePlan, pair_articles, plan_articles
from articles.importing.plan_blocks import BlockPlan, plan_blocks
from articles.importing.plan_issue import IssuePlan, plan_issue
from articles.importing.plan_problems import ProblemPlan, plan_problems
from articles.models import Block
from articles.search.passage import Passage


class Verdict(StrEnum):
    """What an import does to a dump as a whole."""

    CREATED = "created"  # new bytes, a page or issue that was not there
    UPDATED = "updated"  # something changes
    UNCHANGED = "unchanged"  # these bytes, and nothing to change
    SUPERSEDED = "superseded"  # these bytes were replaced by a newer version before


@dataclass(slots=True)
class ImportPlan:
    """``passages``: what will be searched of the parsed articles, where it is ready."""

    parsed: ParsedIssue
    content: bytes
    identity: Identity
    place: Place
    issue: IssuePlan = field(default_factory=IssuePlan)
    articles: list[ArticlePlan] = field(default_factory=list)
    blocks: list[BlockPlan] = field(default_factory=list)
    dropped: list[Block] = field(default_factory=list)
    orphans: list[Block] = field(default_factory=list)
    problems: ProblemPlan = field(default_factory=ProblemPlan)
    verdict: Verdict = Verdict.UNCHANGED
    renumbered: dict[int, dict[int, int]] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)

    def new_lines(self, row: Block) -> list[int]:
        """The lines that an existing block's lines are in the new dump."""
        numbers = self.renumbered[row.dump_id]
        return [numbers[n] for n in row.lines if n in numbers]

    def tally(self) -> dict[str, int]:
        """How many articles are created, updated, kept and withdrawn."""
        counts = dict.fromkeys(("create", "update", "keep", "withdraw"), 0)
        for article in self.articles:
            counts[article.outcome] += 1
        return counts

    def conflicts(self) -> list[dict[str, Any]]:
        return [
            p["detail"] for p in self.problems.new if p["code"] == "import-conflict"
        ]


def plan_import(
    parsed: ParsedIssue,
    content: bytes,
    *,
    wishes: Wishes = NO_WISHES,
    replace: bool = False,
) -> ImportPlan:
    """Raises ImportRefused (Contradiction, TwinDump) where the dump may not come in."""
    identity = identify(parsed, wishes)
    place = find_place(parsed, identity, replace=replace)
    plan = ImportPlan(parsed, content, identity, place)
    if place.known and not place.known.current and not place.previous:
        plan.verdict = Verdict.SUPERSEDED
        return plan
    existing = load_existing(place, parsed)
    plan.renumbered = existing.renumbered
    pairs = pair_articles(existing, parsed)
    plan.issue = plan_issue(identity, place, parsed)
    blocks = plan_blocks(existing, pairs, parsed)
    plan.blocks, plan.dropped, plan.orphans = (
        blocks.blocks,
        blocks.dropped,
        blocks.orphans,
    )
    plan.articles = plan_articles(existing, pairs, blocks, parsed, page=place.page)
    plan.problems = plan_problems(existing, pairs, plan, parsed)
    plan.verdict = _verdict(plan)
    return plan


def _verdict(plan: ImportPlan) -> Verdict:
    if plan.place.known is None:
        return Verdict.UPDATED if plan.place.previous else Verdict.CREATED
    changed = (
        plan.place.moves_to
        or plan.place.previous
        or plan.issue.changed
        or plan.dropped
        or any(a.outcome != "keep" for a in plan.articles)
        or any(b.changed for b in plan.blocks)
        or plan.problems.any()
    )
    return Verdict.UPDATED if changed else Verdict.UNCHANGED

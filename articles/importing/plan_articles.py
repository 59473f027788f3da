"""Which article is which, and what each shall say.

In: the existing rows and the parsed articles.  Out: ``Pairs`` (old against new, with
the public ids of the new ones), then an ``ArticlePlan`` each.  Reads nothing but one
query for free public ids.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from articles.dump import ParsedArticle, ParsedIssue, Problem
from articles.importing.errors import LedgerIncomplete
from articles.importing.existing import Existing, is_edited
from articles.importing.fields import (
    PAGE_STRIDE,
    article_values,
    batched,
    first_line,
    public_id,
)
from articles.importing.match import pair_by_lines, pair_by_title
from articles.importing.plan_blocks import BlockPlans
from articles.importing.protect import Conflict, merge, plain_value
from articles.models import Article

# Two articles are the same when this share of the shorter one's text is common.
SAME_ARTICLE = 0.3
Outcome = Literal["create", "update", "keep", "withdraw"]


@dataclass(slots=True)
class Pairs:
    """``ids``: the parser's local id → the permanent public id.

    ``held``: articles that the new parse does not have, but an editor worked on.
    ``gone``: articles that it does not have and nobody worked on.
    """

    ids: dict[str, str]
    held: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ArticlePlan:
    """``values`` are plain; only the ``changed`` ones are written.

    ``printed``: the new dump has it, even if an editor put its text elsewhere.
    """

    public_id: str
    row: Article | None
    outcome: Outcome
    values: dict[str, Any] = field(default_factory=dict)
    base: dict[str, Any] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)
    author_variants: list[str] = field(default_factory=list)
    cut: list[Problem] = field(default_factory=list)
    printed: bool = False

    @property
    def title(self) -> str:
        return str(self.values["title"] if self.values else self.row and self.row.title)


def pair_articles(existing: Existing, parsed: ParsedIssue) -> Pairs:
    """By common lines as imported, then as they stand now, then by title."""
    weight = {n: len(text) for n, text in parsed.printed.items()}
    new = {a.id: {n for b in a.blocks for n in b.lines} for a in parsed.articles}
    ids: dict[str, str] = {}
    for lines in (existing.imported_lines(), existing.present_lines()):
        left_old = {k: v for k, v in lines.items() if k not in ids.values()}
        left_new = {k: v for k, v in new.items() if k not in ids}
        ids |= pair_by_lines(left_old, left_new, weight, SAME_ARTICLE)
    ids |= pair_by_title(
        {k: a.title for k, a in existing.articles.items() if k not in ids.values()},
        {a.id: a.title for a in parsed.articles if a.id not in ids},
    )
    _name_the_new(ids, existing, parsed)
    pairs = Pairs(ids)
    known, imported = set(ids.values()), existing.imported_lines()
    for key, article in existing.articles.items():
        if key in known or article.withdrawn or key not in imported:
            continue
        edited = is_edited(article, existing.blocks_of(key))
        (pairs.held if edited else pairs.gone).append(key)
    return pairs


def plan_articles(
    existing: Existing,
    pairs: Pairs,
    blocks: BlockPlans,
    parsed: ParsedIssue,
    *,
    page: int,
) -> list[ArticlePlan]:
    """In printed order; then those that the new parse does not have."""
    plans = [
        _plan_article(
            existing, pairs.ids[article.id], article, page * PAGE_STRIDE + place
        )
        for place, article in enumerate(parsed.articles, start=1)
    ]
    listed = {plan.public_id for plan in plans}
    for key, row in existing.articles.items():
        if key not in listed and not row.withdrawn:
            values = {"withdrawn": True} if key in pairs.gone else {}
            plans.append(ArticlePlan(key, row, "keep", values, dict(row.base)))
    characters, confidence = blocks.characters(), blocks.confidence()
    touched = blocks.homes_of_new_words()
    for plan in plans:
        plan.values["characters"] = characters.get(plan.public_id, 0)
        plan.values["confidence"] = confidence.get(plan.public_id, 1.0)
        _compare(plan, touched)
    return plans


def _plan_article(
    existing: Existing, key: str, article: ParsedArticle, position: int
) -> ArticlePlan:
    cut: list[Problem] = []
    values = article_values(article, position, cut)
    row = existing.articles.get(key)
    plan = ArticlePlan(key, row, "create", values, cut=cut, printed=True)
    plan.author_variants = list(article.author_variants)
    if row:
        merged = merge({n: plain_value(row, n) for n in values}, row.base, values)
        plan.values, plan.base = merged.values, merged.base
        plan.conflicts, plan.agreed = merged.conflicts, merged.agreed
    return plan


def _compare(plan: ArticlePlan, touched: Collection[str | None]) -> None:
    """Fills ``changed`` and the outcome; ``touched`` articles have other words now."""
    row = plan.row
    if row is None:
        plan.changed = list(plan.values)
        return
    plan.changed = [n for n, v in plan.values.items() if plain_value(row, n) != v]
    if plan.base != row.base:
        plan.changed.append("base")
    if plan.public_id in touched:
        plan.changed.append("text")
    if "withdrawn" in plan.changed and plan.values["withdrawn"]:
        plan.outcome = "withdraw"
    else:
        plan.outcome = "update" if plan.changed else "keep"


def _name_the_new(ids: dict[str, str], existing: Existing, parsed: ParsedIssue) -> None:
    """A public id for each unpaired article; a withdrawn article of that id comes back."""
    fresh = {
        public_id(parsed.sha256, first_line(a)): a
        for a in parsed.articles
        if a.id not in ids
    }
    taken = set(ids.values())
    for keys in batched(fresh):
        known = Article.objects.filter(public_id__in=keys).values_list(
            "public_id", flat=True
        )
        taken.update(key for key in known if key not in existing.articles)
    for key, article in fresh.items():
        if key in taken:
            key = _longer(parsed.sha256, first_line(article), taken)
        ids[article.id] = key
        taken.add(key)


def _longer(sha256: str, line: int, taken: set[str]) -> str:
    """Two articles may begin at one line in the course of a dump's history; hardly seven."""
    for size in range(11, 17):
        key = public_id(sha256, line, size)
        if key not in taken and not Article.objects.filter(public_id=key).exists():
            return key
    raise LedgerIncomplete(f"{sha256[:8]}:{line}: {_('找不到可用的文章地址')}")

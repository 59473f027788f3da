"""Writes the articles of a plan, with their authors, sections and topics.

In: a plan and the stored dump.  Out: ``Rows``, the articles by public id.
"""

from __future__ import annotations

from articles.importing.existing import home_of
from articles.importing.people import prune_sections, sections_named
from articles.importing.plan import ImportPlan
from articles.importing.plan_articles import ArticlePlan
from articles.importing.rows import Rows
from articles.importing.store_authors import store_authors
from articles.models import Article, Section, SourceDump

# Plain values that are columns as they are.
COLUMNS = (
    "kind", "title", "title_variants", "kicker", "subtitle", "author_variants", "page",
    "affiliation", "source_credit", "position", "withdrawn", "confidence", "characters",
)  # fmt: skip


def store_articles(plan: ImportPlan, dump: SourceDump) -> Rows:
    left = [a.row.section_id for a in plan.articles if a.row and "section" in a.changed]
    sections = sections_named(dump.issue.publication, _section_names(plan))
    text_changed = _homes_of_changes(plan)
    fresh, changed = [], []
    for article in plan.articles:
        if article.row is None:
            fresh.append(_new_row(article, dump, sections))
        elif (
            _update_row(article, article.row, dump, sections, plan)
            or article.public_id in text_changed
        ):
            changed.append(article.row)
    Article.objects.bulk_create(fresh, batch_size=500)
    names = [*COLUMNS, "section", "base", "dump"]
    Article.objects.bulk_update(changed, names, batch_size=100)
    known = [article.row for article in plan.articles if article.row]
    rows = Rows({row.public_id: row for row in (*fresh, *known)}, [*fresh, *changed])
    store_authors(plan, rows)
    prune_sections(left)
    return rows


def _homes_of_changes(plan: ImportPlan) -> set[str | None]:
    """Articles that a paragraph comes into, leaves, or is different in."""
    changed = [b for b in plan.blocks if b.row is None or b.changed]
    left = {home_of(b.row) for b in changed if b.row}
    return {b.home for b in changed} | left | {home_of(row) for row in plan.dropped}


def _section_names(plan: ImportPlan) -> list[str]:
    named = (a.values.get("section") for a in plan.articles if "section" in a.changed)
    return [name for name in named if name]


def _new_row(
    article: ArticlePlan, dump: SourceDump, sections: dict[str, Section]
) -> Article:
    section = article.values["section"]
    return Article(
        public_id=article.public_id,
        issue=dump.issue,
        dump=dump,
        section=sections[section] if section else None,
        **{name: article.values[name] for name in COLUMNS},
    )


def _update_row(
    article: ArticlePlan,
    row: Article,
    dump: SourceDump,
    sections: dict[str, Section],
    plan: ImportPlan,
) -> bool:
    """Sets the changed fields; returns whether the row must be saved."""
    before = row.dump_id
    if (
        plan.place.previous
        and before == plan.place.previous.pk
        and _is_in_the_dump(article, plan)
    ):
        row.dump = dump
    for name in article.changed:
        if name in COLUMNS:
            setattr(row, name, article.values[name])
    if "section" in article.changed:
        name = article.values["section"]
        row.section = sections[name] if name else None
    row.base = article.base
    return bool(article.changed) or row.dump_id != before


def _is_in_the_dump(article: ArticlePlan, plan: ImportPlan) -> bool:
    return article.printed or any(
        b.home == article.public_id and not b.foreign for b in plan.blocks
    )

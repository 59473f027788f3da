"""Carries out an ``ImportPlan``: one transaction, all or nothing.

In: a plan made inside the same transaction.  Out: the stored dump.  The line ledger
is checked before the transaction ends; a broken one undoes everything.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from articles import queue
from articles.dump import PARSER_VERSION
from articles.importing.chronicle import record_import, rows_before
from articles.importing.identity import sort_date
from articles.importing.indexing import Passages, index_articles, index_naming
from articles.importing.ledger import check_ledger
from articles.importing.people import publication_for
from articles.importing.plan import ImportPlan, Verdict
from articles.importing.rows import Rows
from articles.importing.store_articles import store_articles
from articles.importing.store_blocks import store_blocks
from articles.importing.store_problems import store_problems
from articles.importing.store_topics import store_topics
from articles.models import Article, Issue, Publication, SourceDump
from articles.search.passage import Text, passage_of

# What of an issue the order of results and the years beside them go by.
DATED = {"year", "number", "date"}


@transaction.atomic
def apply_plan(plan: ImportPlan) -> SourceDump | None:
    """Raises LedgerIncomplete; whatever is raised, nothing of the plan is stored."""
    if plan.verdict == Verdict.SUPERSEDED:
        return plan.place.known
    before = rows_before(plan)
    issue = _store_issue(plan)
    dump = _store_dump(plan, issue)
    rows = store_articles(plan, dump)
    store_blocks(plan, dump, rows)
    store_problems(plan, dump, rows)
    store_topics(plan, rows)
    check_ledger(dump, plan.parsed.printed)
    index_articles((row.pk for row in rows.touched), _new_passages(plan, rows))
    index_naming(*rows.renamed)
    if DATED & set(plan.issue.changed):
        index_naming(issue)
    record_import(plan, dump, rows, before)
    if plan.place.known is None and plan.place.issue is None:
        queue.sync_new(issue)
    else:
        queue.sync(issue)
    return dump


def _new_passages(plan: ImportPlan, rows: Rows) -> Passages:
    """The blocks of the new articles: nobody else has written any."""
    if plan.verdict == Verdict.CREATED and plan.passages:  # all is as it was parsed
        pairs = zip(plan.parsed.articles, plan.articles, strict=True)
        return {
            rows.by_id[new.public_id].pk: plan.passages[old.id] for old, new in pairs
        }
    texts: dict[str, list[Text]] = {
        a.public_id: [] for a in plan.articles if a.row is None
    }
    for block in sorted(plan.blocks, key=lambda block: block.values["position"]):
        if block.home in texts:
            values = (block.values[name] for name in Text._fields)
            texts[block.home].append(Text(*values))
    return {rows.by_id[key].pk: passage_of(texts[key]) for key in texts}


def _store_issue(plan: ImportPlan) -> Issue:
    issue = plan.place.known.issue if plan.place.known else plan.place.issue
    publication = issue.publication if issue else publication_for(plan.identity)
    _store_publication(publication, plan.issue.publication)
    if issue is None:
        return _new_issue(publication, plan)
    for name in plan.issue.changed:
        if name in plan.issue.values:
            setattr(issue, name, plan.issue.values[name])
    issue.base = plan.issue.base
    issue.sort_date = sort_date(issue.kind, issue.date, issue.year, issue.number)
    if plan.issue.changed:
        issue.save()
        Article.objects.naming(issue).touch()
    return issue


def _new_issue(publication: Publication, plan: ImportPlan) -> Issue:
    return Issue.objects.create(
        publication=publication,
        kind=plan.identity.kind,
        key=plan.identity.key,
        sort_date=plan.identity.sort_date,
        base=plan.issue.base,
        **plan.issue.values,
    )


def _store_publication(publication: Publication, values: dict[str, Any]) -> None:
    if not values:
        return
    for name, value in values.items():
        setattr(publication, name, value)
    publication.save(update_fields=list(values))
    Article.objects.naming(publication).touch()


def _store_dump(plan: ImportPlan, issue: Issue) -> SourceDump:
    if plan.place.previous:
        SourceDump.objects.filter(pk=plan.place.previous.pk).update(current=False)
    known = plan.place.known
    if known:
        known.current, known.parser_version = True, PARSER_VERSION
        known.encoding = plan.parsed.encoding
        known.save(
            update_fields=["current", "parser_version", "encoding", "imported_at"]
        )
        return known
    return SourceDump.objects.create(
        issue=issue,
        page=plan.place.page,
        name=plan.parsed.source,
        sha256=plan.parsed.sha256,
        content=plan.content,
        encoding=plan.parsed.encoding,
        parser_version=PARSER_VERSION,
    )

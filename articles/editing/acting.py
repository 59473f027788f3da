"""One act: one transaction, one line of history, and everything that follows from it.

    with act(user, said("移动段落"), articles=[source, target]) as doing:
        …change rows…
    doing.revision          # None when nothing was changed

Whatever an act changes among the rows that it names is taken down (articles.journal);
the ledger of each dump is checked; counts, search index, highlights and queue are
brought up to date.  Whatever is raised, nothing of the act is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from articles import queue
from articles.editing.history import subject_of
from articles.editing.names import author_renamed, topic_renamed
from articles.editing.refreshing import refresh
from articles.editing.saying import Said
from articles.importing.ledger import check_ledger, stored_lines
from articles.journal import Change, Journal
from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    FormerPlace,
    Issue,
    Revision,
    SourceDump,
    Task,
    Topic,
    Way,
)

# Rows of an article; a change of one tells the article only where it moves.
OWNED = {"block": Block, "authorship": Authorship, "articletopic": ArticleTopic}
DEEP = {"block", "article", "authorship", "articletopic"}  # what readers and search see


class Refused(ValueError):
    """What the act was asked to do cannot be done; the message says why."""


@dataclass
class Act:
    """``revision`` is set when the act is over and has changed something."""

    journal: Journal = field(default_factory=Journal)
    articles: set[int] = field(default_factory=set)
    revision: Revision | None = None

    def made(self, article: Article) -> None:
        """An article that this act has made."""
        self.articles.add(article.pk)
        self.journal.expect(*_scopes([article.pk]))


@contextmanager
def act(
    user: AbstractBaseUser | None,
    what: Said,
    *,
    why: str = "",
    way: str = Way.DESK,
    credit: str = "",
    articles: Iterable[Article] = (),
    blocks: Iterable[Block] = (),
    rows: Iterable[Model] = (),
    issue: Issue | None = None,
    undoes: Revision | None = None,
) -> Iterator[Act]:
    """``blocks``: those that the act is about, read anew once they are locked;
    ``rows``: anything else that it may change.
    """
    articles, blocks, rows = list(articles), list(blocks), list(rows)
    where = issue or next((article.issue for article in articles), None)
    doing = Act(articles={article.pk for article in articles})
    with transaction.atomic():
        lock(where, doing.articles)
        _reload(blocks, doing.articles)
        doing.journal.watch(*_scopes(doing.articles))
        doing.journal.watch(Block.objects.filter(pk__in=[block.pk for block in blocks]))
        for row in rows:
            doing.journal.watch(type(row)._base_manager.filter(pk=row.pk))
        yield doing
        changes = doing.journal.changes()
        if not changes:
            return
        revision = Revision(
            user=user if user and user.pk else None, what=what.what, why=why[:300],
            way=way, credit=credit[:100], issue=where, changes=changes, undoes=undoes,
            subject=subject_of(rows[0]) if rows else "", facts=what.facts,
        )  # fmt: skip
        keep(revision, doing.articles)
        doing.revision = revision


def keep(revision: Revision, articles: Iterable[int]) -> None:
    """Stores the line of history and does what follows from its changes."""
    revision.save()
    changed = touched_articles(revision.changes) | set(articles)
    revision.articles.add(*Article.objects.filter(pk__in=changed))
    follow_up(revision.changes, changed)


def follow_up(changes: list[Change], articles: Iterable[int]) -> None:
    """After rows have changed: what is counted, indexed, anchored or queued from them."""
    if any(_is_deep(change) for change in changes):
        for article in Article.objects.filter(pk__in=articles):
            refresh(article)
    _renew_names(changes)
    for dump in SourceDump.objects.filter(pk__in=_dumps(changes)):
        check_ledger(dump, stored_lines(dump))
    issues = Article.objects.filter(pk__in=articles).values_list("issue", flat=True)
    for issue in Issue.objects.filter(pk__in={*issues, *_issues(changes)}):
        queue.sync(issue)


def _renew_names(changes: Iterable[Change]) -> None:
    """Authors and topics are found by what they are called now."""
    pks = {"author": set(), "topic": set()}  # type: dict[str, set[int]]
    for change in changes:
        if change["model"] in pks:
            pks[change["model"]].add(change["pk"])
    for author in Author.objects.filter(pk__in=pks["author"]):
        author_renamed(author)
        Article.objects.naming(author).touch()
    for topic in Topic.objects.filter(pk__in=pks["topic"]):
        topic_renamed(topic)
        Article.objects.naming(topic).touch()


def _is_deep(change: Change) -> bool:
    fields = {*(change["before"] or {}), *(change["after"] or {})}
    return change["model"] in DEEP and not fields <= {"status"}


def touched_articles(changes: Iterable[Change]) -> set[int]:
    """Articles that are changed, or have a row that is."""
    found: set[int] = set()
    for change in changes:
        if change["model"] == "article":
            found.add(change["pk"])
        for side in (change["before"], change["after"]):
            found.add((side or {}).get("article_id") or 0)
        if change["model"] in OWNED and None not in (change["before"], change["after"]):
            rows = OWNED[change["model"]].objects.filter(pk=change["pk"])
            found.update(pk or 0 for (pk,) in rows.values_list("article_id"))
    return found - {0}


def _scopes(articles: Iterable[int]) -> list[QuerySet]:
    ids = sorted(articles)
    return [
        Article.objects.filter(pk__in=ids),
        *(
            model._base_manager.filter(article__in=ids)
            for model in (Block, Authorship, ArticleTopic, FormerPlace)
        ),
    ]


def lock(issue: Issue | None, articles: set[int]) -> None:
    """In the order in which an import locks; SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return
    if issue:
        list(Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk))
    rows = Article.objects.filter(pk__in=articles).order_by("position", "pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    blocks = Block.objects.filter(article__in=articles).order_by("position", "pk")
    list(blocks.select_for_update(no_key=True).values_list("pk"))


def _reload(blocks: Iterable[Block], articles: set[int]) -> None:
    """What was read before the lock may have changed.  Raises Refused if it moved."""
    for block in blocks:
        try:
            block.refresh_from_db()
        except Block.DoesNotExist:
            raise Refused(_("这一段刚被别人并入另一段")) from None
        if block.article_id is not None and block.article_id not in articles:
            raise Refused(_("这一段刚被别人移到另一篇文章"))


def _dumps(changes: Iterable[Change]) -> set[int]:
    """Those of which a line has gone from one block to another."""
    blocks = [c for c in changes if c["model"] == "block"]
    sides = [(c, side) for c in blocks for side in (c["before"], c["after"])]
    moved = [c["pk"] for c, side in sides if side and "lines" in side]
    known = {side["dump_id"] for _, side in sides if side and "dump_id" in side}
    rows = Block.objects.filter(pk__in=moved)
    return known | set(rows.values_list("dump", flat=True))


def _issues(changes: Iterable[Change]) -> set[int]:
    found = {c["pk"] for c in changes if c["model"] == "issue"}
    tasks = [c["pk"] for c in changes if c["model"] == "task"]
    if tasks:
        rows = Task.objects.filter(pk__in=tasks, issue__isnull=False)
        found |= set(rows.values_list("issue", flat=True))
    problems = [c["pk"] for c in changes if c["model"] == "problem"]
    if problems:
        found |= set(
            SourceDump.objects.filter(problems__in=problems).values_list(
                "issue", flat=True
            )
        )
    return found

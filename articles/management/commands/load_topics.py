"""Loads the vocabulary of topics.

    manage.py load_topics                   # fixtures/topics.json
    manage.py load_topics my-topics.json
    manage.py load_topics --assign          # and renew the suggestions of all articles

Topics that an editor has changed are left alone, and so is every topic of an article
that an editor gave, confirmed or declined.  A second run changes nothing.  What changes
stands in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.editing.history import record
from articles.editing.saying import said
from articles.importing.fields import batched
from articles.importing.indexing import index_articles
from articles.importing.store_topics import assign_topics, words_of
from articles.importing.vocabulary import FIXTURE, load_topics
from articles.journal import Journal
from articles.models import Article, ArticleTopic, Way
from articles.topics import Entry, vocabulary
from portal.command import ManualCommand


class Command(ManualCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=FIXTURE)
        parser.add_argument("--assign", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = load_topics(options["path"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("主题：%d 个有变化") % changed if changed else _("主题：没有变化")
        )
        if options["assign"]:
            self.stdout.write(_("已重新归类 %d 篇") % _assign_all())


def _assign_all() -> int:
    """A few hundred articles a transaction, so that readers and editors go on."""
    topics = vocabulary()
    ids = Article.objects.order_by("pk").values_list("pk", flat=True)
    count = 0
    for batch in batched(ids.iterator(), 200):
        _assign(batch, topics)
        count += len(batch)
    return count


@transaction.atomic
def _assign(batch: Sequence[int], topics: list[Entry]) -> None:
    articles = Article.objects.filter(pk__in=batch)
    words = [words_of(article) for article in articles.prefetch_related("blocks")]
    journal = Journal()
    journal.watch(ArticleTopic.objects.filter(article__in=batch))
    changed = assign_topics(words, topics)
    if changes := journal.changes():
        what = said(gettext_noop("重新归类 %(n)d 篇"), n=len(changed))
        revision = record(None, what, changes, way=Way.COMMAND)
        revision.articles.add(*changed)
    Article.objects.filter(pk__in=changed).touch()
    index_articles(changed)

"""Makes the search index anew from the articles in the database.

Readers search the old index until the new one is complete; editors can save.  Needed
after a restored backup without the index, after an upgrade that says so, or when
/healthz or the system checks name the index.

    manage.py rebuild_search
    manage.py rebuild_search --check     compare only; exit 1 if anything differs
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from articles.search import get_index
from articles.search.upkeep import all_differing, troubles
from portal.command import ManualCommand


class Command(ManualCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="compare with the articles; write nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        else:
            self._rebuild(options["verbosity"])

    def _rebuild(self, verbosity: int) -> None:
        started = time.monotonic()
        count = get_index().rebuild(
            self._progress if verbosity else lambda done, total: None
        )
        seconds = time.monotonic() - started
        message = _("检索索引已重建：%(count)d 篇，用时 %(seconds).1f 秒。")
        self.stdout.write(message % {"count": count, "seconds": seconds})

    def _progress(self, done: int, total: int) -> None:
        """A line that overwrites itself on a terminal, one in ten batches elsewhere."""
        if sys.stderr.isatty():
            self.stderr.write(
                f"\r{done} / {total}", ending="\n" if done == total else ""
            )
        elif done == total or done % 2000 == 0:
            self.stderr.write(f"{done} / {total}")

    def _check(self) -> None:
        if found := [t for t in troubles() if t.code == "missing"]:
            raise CommandError(f"{found[0].message} {found[0].remedy}")
        differing = [pk for batch in all_differing() for pk in batch]
        if differing:
            first = ", ".join(map(str, differing[:10]))
            raise CommandError(
                _(
                    "检索索引与 %(count)d 篇文章不符（编号 %(first)s…）。请运行 rebuild_search。"
                )
                % {"count": len(differing), "first": first}
            )
        self.stdout.write(_("检索索引与文章相符。"))

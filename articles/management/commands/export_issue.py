"""Writes one issue to a file, or to standard output.

    manage.py export_issue heshi-yuekan/2023/3 --format json
    manage.py export_issue unidentified/undated/3f2a91bc --format txt --output page.txt
    manage.py export_issue heshi-yuekan/2023/3 --format epub > issue.epub

KEY is the end of the issue's address: publication/year/number.  A former address of
an issue works too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.exports.epub import issue_book, write_epub
from articles.exports.issue_json import issue_as_dict
from articles.exports.issue_text import issue_as_text
from articles.exports.tei import book_as_tei
from articles.models import FormerAddress, Issue
from portal.command import ManualCommand

FORMATS = ("epub", "json", "txt", "tei")


class Command(ManualCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="KEY")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--output", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        issue = _find(options["key"])
        content = _render(issue, options["format"])
        if options["output"] is None:
            self._print(content)
            return
        try:
            options["output"].write_bytes(content)
        except OSError as error:
            raise CommandError(
                f"{options['output']}: {_('写不了（%s）') % error.strerror}"
            ) from error

    def _print(self, content: bytes) -> None:
        """Bytes as they are, so that ``> issue.epub`` gives the file itself."""
        if content.startswith(b"PK"):
            sys.stdout.buffer.write(content)
        else:
            self.stdout.write(content.decode(), ending="")


def _find(key: str) -> Issue:
    publication, __, rest = key.strip("/").removeprefix("issues/").partition("/")
    issues = Issue.objects.select_related("publication")
    found = issues.filter(publication__slug=publication, key=rest).first()
    if found is None:
        former = FormerAddress.objects.filter(publication_slug=publication, key=rest)
        found = issues.filter(former_addresses__in=former).first()
    if found is None:
        raise CommandError(
            _("没有 %s 这一期；KEY 的样子是 publication/year/number") % key
        )
    return found


def _render(issue: Issue, form: str) -> bytes:
    if form == "epub":
        return write_epub(issue_book(issue))
    if form == "tei":
        return book_as_tei(issue_book(issue))
    if form == "txt":
        return issue_as_text(issue).encode()
    return (
        json.dumps(issue_as_dict(issue), ensure_ascii=False, indent=1) + "\n"
    ).encode()

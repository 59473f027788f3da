"""Two editors at once: a form carries a stamp of what its reader saw.

An act on something whose stamp has changed is not done; its editor sees what it is now
and whose hand it was, and has lost nothing of what was typed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from articles.editing.acting import Refused
from articles.editing.history import who
from articles.models import Article, Block, Revision


class SomebodyElse(Refused):
    """What the editor saw is not there any more."""


def stamp(block: Block) -> str:
    """Of what an editor sees of a paragraph: its words, lines, role and home."""
    return _stamp([block.article_id, block.role, block.text, block.lines])


def stamp_of_fields(values: Any) -> str:
    return _stamp(values)


def check(block: Block, seen: str) -> None:
    """Raises SomebodyElse; to be called once the block is locked."""
    if seen and seen != stamp(block):
        raise SomebodyElse(_overtaken(block))


def _overtaken(block: Block) -> str:
    revision = _last(block)
    name = who(revision) if revision else _("重新导入")
    what = revision.said if revision else ""
    return _(
        "%(name)s 刚改过这一段（%(what)s）；现在是“%(text)s”。您的改动还没有保存。"
    ) % {"name": name, "what": what, "text": block.text[:60]}


def _last(block: Block) -> Revision | None:
    articles = [block.article] if block.article else []
    rows = Revision.objects.filter(issue=block.dump.issue_id).select_related("user")
    if articles:
        rows = Article.revisions.through.objects.filter(
            article=block.article_id
        ).order_by("-revision_id")
        ids = list(rows.values_list("revision", flat=True)[:20])
        rows = Revision.objects.filter(pk__in=ids).select_related("user")
    for revision in rows.order_by("-id")[:20]:
        if any(c["model"] == "block" and c["pk"] == block.pk for c in revision.changes):
            return revision
    return None


def _stamp(values: Any) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]

"""Taking the parser's next-best decision about a paragraph instead of its best."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.editing.acting import Refused, act
from articles.editing.blocks import bring, join
from articles.editing.lines import blocks_of_lines, isolate
from articles.editing.places import neighbours
from articles.editing.saying import said
from articles.models import Article, Block, Revision, Task


def can_take(task: Task) -> bool:
    block = task.block
    return bool(block and block.article_id and _differs(block))


def take_alternative(task: Task, user: Any) -> Revision | None:
    """The task's paragraph gets the lines, and the article, that ``alternative`` names.

    Lines that it loses become a paragraph of their own where it stood; lines that it
    gains leave theirs.  Raises Refused when there is no alternative, or it names lines
    that are not to be had.
    """
    block = task.block
    if block is None or block.article is None or not _differs(block):
        raise Refused(_("没有另解，或现在已是这样"))
    wanted = list((block.alternative or {})["lines"])
    there = blocks_of_lines(block.dump, {*wanted, *block.lines})
    home = _home(block)
    homes = {b.article_id: b.article for b in there if b.article}
    homes[home.pk] = home
    with act(
        user, said(gettext_noop("取另解“%(block)s”"), block=block), articles=homes.values(), blocks=there,
        issue=block.dump.issue,
    ) as doing:  # fmt: skip
        pieces = isolate(doing, block.dump, wanted)
        pieces.sort(key=lambda piece: wanted.index(piece.lines[0]))
        if [n for piece in pieces for n in piece.lines] != wanted:
            raise Refused(_("另解与现在的行不合；请手工改"))
        first = pieces[0]
        if first.article_id != home.pk:
            bring(first, home, _last_before(first, home), block.role)
        for piece in pieces[1:]:
            bring(piece, home, first, first.role)
            join(first, piece)
    return doing.revision


def _differs(block: Block) -> bool:
    found = block.alternative or {}
    lines, home = found.get("lines"), found.get("article")
    elsewhere = bool(home and block.article and home != block.article.public_id)
    return bool(lines) and (list(lines) != block.lines or elsewhere)


def _home(block: Block) -> Article:
    home = (block.alternative or {}).get("article")
    found = Article.objects.filter(public_id=home, merged_into=None).first()
    return found or block.article  # type: ignore[return-value]


def _last_before(block: Block, article: Article) -> Block | None:
    before = [b for b in neighbours(article) if b.lines[0] < block.lines[0]]
    return before[-1] if before else None

"""Where a block stands: its article and its position there, and who has to follow."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.bookmarks.following import follow_blocks
from articles.editing.acting import Refused
from articles.editing.shaping import free_anchor
from articles.importing.order import STEP
from articles.models import Article, Block, FormerPlace, ReadingPlace


def neighbours(article: Article) -> list[Block]:
    return list(article.blocks.order_by("position", "id"))


def position_after(article: Article, after: Block | None, but: Block | None) -> int:
    """A free position behind ``after``, or at the beginning.

    Raises Refused when ``after`` is not in the article (any more).
    """
    rows = [b for b in neighbours(article) if but is None or b.pk != but.pk]
    at = 0
    if after is not None:
        found = [n for n, b in enumerate(rows, start=1) if b.pk == after.pk]
        if not found:
            raise Refused(_("那一段已不在这篇文章里"))
        at = found[0]
    before = rows[at - 1].position if at else 0
    following = rows[at].position if at < len(rows) else before + 2 * STEP
    if following - before < 2:
        rows = _spread(rows)
        before = rows[at - 1].position if at else 0
        following = rows[at].position if at < len(rows) else before + 2 * STEP
    return (before + following) // 2


def put(block: Block, article: Article | None, position: int) -> None:
    """Sets home and place (unsaved, but for who follows); remembers where it stood.

    The old address of the paragraph leads to where it is now.
    """
    home = block.article
    if home != article or block.position != position:
        block.protect("position", block.position)
    if home != article:
        _follow(block, home, article)
        if article is not None:
            block.anchor = free_anchor(article, block.anchor, block.pk)
        block.article = article
    block.position = position


def heir(gone: Block, stays: Block) -> None:
    """``gone`` is about to be deleted; whatever pointed to it points to ``stays``."""
    follow_blocks({gone.pk: (stays, stays.article)})
    ReadingPlace.objects.filter(block=gone).update(block=stays)
    FormerPlace.objects.filter(block=gone).update(block=stays)
    if gone.article_id:
        _lead(gone.article_id, gone.anchor, stays)


def _follow(block: Block, home: Article | None, article: Article | None) -> None:
    follow_blocks({block.pk: (block if article else None, article)})
    ReadingPlace.objects.filter(Q(block=block) & ~Q(article=article)).update(block=None)
    if home is not None and article is not None:
        _lead(home.pk, block.anchor, block)
    if article is not None:
        FormerPlace.objects.filter(article=article, block=block).delete()


def _lead(article: int, anchor: str, block: Block) -> None:
    FormerPlace.objects.update_or_create(
        article_id=article, anchor=anchor, defaults={"block": block}
    )


def _spread(rows: list[Block]) -> list[Block]:
    """Makes room between all of them; their order, and so what is protected, stays."""
    for place, row in enumerate(rows, start=1):
        row.position = place * STEP
        Block.objects.filter(pk=row.pk).update(position=row.position)
    return rows

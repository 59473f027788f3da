"""Taking the parser's next-best decision about a paragraph instead of its best."""

from __future__ import annotations

from typing import Any

from articles.editing.acting import Refused
from articles.editing.blocks import cut_block, join_previous, move_block
from articles.editing.places import neighbours
from articles.models import Article, Block, Revision, Task


def can_take(task: Task) -> bool:
    block = task.block
    return bool(block and block.article_id and block.alternative and _plan(block))


def take_alternative(task: Task, user: Any) -> Revision | None:
    """Cuts, joins or moves the task's paragraph as its ``alternative`` says.

    Raises Refused when there is none, or it does not fit the lines as they are now.
    """
    block = task.block
    plan = _plan(block) if block else None
    if block is None or plan is None:
        raise Refused("另解与现在的行不合；请手工改")
    kind, argument = plan
    if kind == "cut":
        return cut_block(user, block, argument, "取另解")
    if kind == "join":
        return join_previous(user, argument, "取另解")
    return move_block(user, block, argument, _last_before(block, argument), "取另解")


def _plan(block: Block) -> tuple[str, Any] | None:
    wanted = list((block.alternative or {}).get("lines", []))
    home = (block.alternative or {}).get("article")
    if not wanted or block.article is None:
        return None
    if home and home != block.article.public_id and wanted == block.lines:
        article = Article.objects.filter(public_id=home, merged_into=None).first()
        return ("move", article) if article else None
    size = len(wanted)
    if size < len(block.lines) and block.lines[:size] == wanted:
        return "cut", block.lines[size]
    if size < len(block.lines) and block.lines[-size:] == wanted:
        return "cut", wanted[0]
    return _joint(block, wanted)


def _joint(block: Block, wanted: list[int]) -> tuple[str, Any] | None:
    rows = neighbours(block.article)  # type: ignore[arg-type]
    at = next(n for n, row in enumerate(rows) if row.pk == block.pk)
    if at + 1 < len(rows) and block.lines + rows[at + 1].lines == wanted:
        return "join", rows[at + 1]
    if at and rows[at - 1].lines + block.lines == wanted:
        return "join", block
    return None


def _last_before(block: Block, article: Article) -> Block | None:
    before = [b for b in neighbours(article) if b.lines[0] < block.lines[0]]
    return before[-1] if before else None

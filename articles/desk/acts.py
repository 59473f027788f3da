"""What the buttons of an issue's desk do, each by its name.

A button's function takes the ``Asked``: who asks, what is selected, what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.desk.stamps import check
from articles.editing import blocks, doubts, lines, pieces
from articles.editing.acting import Refused, lock
from articles.editing.places import neighbours
from articles.models import Article, Block, Issue, Revision, SourceDump
from articles.pages.paging import parse_id


@dataclass
class Asked:
    """A press of a button, with the rows that it is about, read under lock."""

    user: AbstractBaseUser
    issue: Issue
    data: QueryDict
    dump: SourceDump
    article: Article | None

    @classmethod
    def read(
        cls,
        user: AbstractBaseUser,
        issue: Issue,
        data: QueryDict,
        dump: SourceDump,
        article: Article | None,
    ) -> Asked:
        lock(issue, {article.pk} if article else set())
        return cls(user, issue, data, dump, article)

    @property
    def why(self) -> str:
        return self.data.get("why", "").strip()

    @property
    def lines(self) -> list[int]:
        wanted = (parse_id(value) for value in self.data.getlist("line"))
        return sorted({n for n in wanted if n})

    def block(self) -> Block:
        """The selected paragraph, as its editor saw it."""
        pk = parse_id(self.data.get("block"))
        rows = Block.objects.select_related("article__issue", "dump__issue")
        block = rows.defer("dump__content").filter(
            pk=pk, dump__issue=self.issue
        ).first()  # fmt: skip
        if block is None:
            raise Refused(_("请先选一段（它也可能刚被别人并走）"))
        check(block, self.data.get(f"stamp-{block.pk}", ""))
        return block

    def loose_blocks(self) -> list[Block]:
        """Furniture of the selected lines."""
        found = lines.blocks_of_lines(self.dump, self.lines)
        loose = [b for b in found if b.article_id is None]
        if not loose:
            raise Refused(_("请在左边选不属于任何文章的行"))
        return loose

    def shown(self) -> Article:
        if self.article is None:
            raise Refused(_("请先选一篇文章"))
        return self.article

    def other(self) -> Article:
        pk = parse_id(self.data.get("to"))
        found = self.issue.articles.filter(pk=pk, merged_into=None).first()
        if found is None:
            raise Refused(_("请选另一篇文章"))
        return found


Act = Callable[[Asked], Revision | None]


def _join(asked: Asked) -> Revision | None:
    return blocks.join_previous(asked.user, asked.block(), asked.why)


def _cut(asked: Asked) -> Revision | None:
    block = asked.block()
    inside = [n for n in block.lines[1:] if n in asked.lines]
    line = inside[0] if inside else _only_cut(block)
    return blocks.cut_block(asked.user, block, line, asked.why)


def _only_cut(block: Block) -> int:
    if len(block.lines) == 2:
        return int(block.lines[1])
    raise Refused(_("请在左边勾选从哪一行起另成一段"))


def _up(asked: Asked) -> Revision | None:
    return _shift(asked, -2)


def _down(asked: Asked) -> Revision | None:
    return _shift(asked, 1)


def _shift(asked: Asked, step: int) -> Revision | None:
    block = asked.block()
    if block.article is None:
        raise Refused(_("这几行不在文章里"))
    rows = neighbours(block.article)
    at = [row.pk for row in rows].index(block.pk)
    target = at + step
    if target < -1 or target >= len(rows):
        raise Refused(_("已到头"))
    after = rows[target] if target >= 0 else None
    return blocks.move_block(asked.user, block, block.article, after, asked.why)


def _move(asked: Asked) -> Revision | None:
    block, to = asked.block(), asked.other()
    after = _place(block, to, asked.data.get("place", "print"))
    return blocks.move_block(asked.user, block, to, after, asked.why)


def _place(block: Block, article: Article, place: str) -> Block | None:
    """``first``, ``last``, or where it was printed."""
    rows = [row for row in neighbours(article) if row.pk != block.pk]
    if place == "first" or not rows:
        return None
    if place == "last":
        return rows[-1]
    before = [row for row in rows if row.lines[0] < block.lines[0]]
    return before[-1] if before else None


def _role(asked: Asked) -> Revision | None:
    return blocks.set_role(
        asked.user, asked.block(), asked.data.get("role", ""), asked.why
    )


def _furniture(asked: Asked) -> Revision | None:
    role = asked.data.get("furniture", "")
    return blocks.mark_furniture(asked.user, asked.block(), role, asked.why)


def _text(asked: Asked) -> Revision | None:
    text = asked.data.get("text", "")
    return blocks.correct_text(asked.user, asked.block(), text, asked.why)


def _sure(asked: Asked) -> Revision | None:
    return doubts.settle_block(asked.user, asked.block(), asked.why)


def _program(asked: Asked) -> Revision | None:
    block = asked.block()
    text = block.base.get("text", block.text)
    return blocks.correct_text(asked.user, block, text, asked.why)


def _split(asked: Asked) -> Revision | None:
    title = asked.data.get("title", "").strip()
    return pieces.split_article(asked.user, asked.block(), title, asked.why)


def _merge(asked: Asked) -> Revision | None:
    return pieces.merge_articles(asked.user, asked.shown(), asked.other(), asked.why)


def _new(asked: Asked) -> Revision | None:
    title = asked.data.get("title", "").strip()
    return pieces.new_article(asked.user, asked.dump, asked.lines, title, asked.why)


def _take(asked: Asked) -> Revision | None:
    article, revision = asked.shown(), None
    role = asked.data.get("role", "paragraph")
    for block in asked.loose_blocks():
        after = _place(block, article, "print")
        revision = blocks.take_in(asked.user, block, article, after, role, asked.why)
    return revision


def _field(asked: Asked) -> Revision | None:
    field = asked.data.get("field", "")
    return lines.set_from_lines(
        asked.user, asked.shown(), field, asked.lines, asked.why
    )


ACTS: dict[str, Act] = {
    "join": _join, "cut": _cut, "up": _up, "down": _down, "move": _move, "role": _role,
    "sure": _sure, "furniture": _furniture, "text": _text, "program": _program, "split": _split,
    "merge": _merge, "new": _new, "take": _take, "field": _field,
}  # fmt: skip

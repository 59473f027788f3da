"""Acts on one paragraph: move it, cut it, join it, say what it is, correct its words.

Each is one transaction and one line of history, protects exactly what it changed, and
returns the Revision (None when nothing was changed).  Raises Refused, with a reason for
the editor, when it cannot be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.editing.acting import Act, Refused, act
from articles.editing.places import heir, neighbours, position_after, put
from articles.editing.saying import said
from articles.editing.shaping import (
    cut_text,
    free_anchor,
    imported_role,
    printed_lines,
    program_text,
    reread,
    settle_base,
)
from articles.importing.origin import machine_text, origins_of
from articles.models import ARTICLE_ROLES, FURNITURE_ROLES, Article, Block, Revision

RUNNING = frozenset({"paragraph", "note", "affiliation", "credit", "continuation"})


def move_block(
    user: AbstractBaseUser,
    block: Block,
    article: Article,
    after: Block | None,
    why: str = "",
) -> Revision | None:
    """To another place, or another article; ``after`` None is its beginning."""
    if block.article is None:
        raise Refused(_("这几行不在文章里；请先把它们收入文章"))
    if after is not None and after.pk == block.pk:
        return None
    with _on(
        user, gettext_noop("移动段落“%(block)s”"), why, block, to=article
    ) as doing:
        _move(block, article, after)
    return doing.revision


def join_previous(
    user: AbstractBaseUser, block: Block, why: str = ""
) -> Revision | None:
    """With the paragraph before it, which keeps its role and address."""
    if block.article is None:
        raise Refused(_("这几行不在文章里"))
    rows = neighbours(block.article)
    at = next(n for n, row in enumerate(rows) if row.pk == block.pk)
    if at == 0:
        raise Refused(_("前面没有段落可接"))
    upper = rows[at - 1]
    with _on(user, gettext_noop("接到上一段“%(block)s”"), why, block, upper) as doing:
        join(upper, block)
    return doing.revision


def cut_block(
    user: AbstractBaseUser, block: Block, line: int, why: str = ""
) -> Revision | None:
    """Line ``line`` and what follows it become a paragraph of their own."""
    if line not in block.lines[1:]:
        raise Refused(_("只能在段中某一行之前断开"))
    with _on(user, gettext_noop("断开段落“%(block)s”"), why, block) as doing:
        tail = cut(block, block.lines.index(line))
        doing.journal.expect(Block.objects.filter(pk=tail.pk))
    return doing.revision


def set_role(
    user: AbstractBaseUser, block: Block, role: str, why: str = ""
) -> Revision | None:
    """Another role of the same kind: one of an article's, or one of furniture's."""
    if role not in (ARTICLE_ROLES if block.article else FURNITURE_ROLES):
        raise Refused(_("这里没有这种角色"))
    with _on(user, gettext_noop("改角色“%(block)s”"), why, block) as doing:
        change_role(block, role)
    return doing.revision


def mark_furniture(
    user: AbstractBaseUser, block: Block, role: str = "running_head", why: str = ""
) -> Revision | None:
    """The lines belong to no article: a running head, a slogan, a masthead …"""
    if role not in FURNITURE_ROLES:
        raise Refused(_("这不是版面部件的角色"))
    if block.article is None:
        return set_role(user, block, role, why)
    with _on(user, gettext_noop("标为版面部件“%(block)s”"), why, block) as doing:
        origins, program = origins_of(block), program_text(block)
        block.role = role
        put(block, None, block.lines[0])
        settle_base(block, origins, program)
        _unprotect_place(block)
        block.save()
    return doing.revision


def take_in(
    user: AbstractBaseUser,
    block: Block,
    article: Article,
    after: Block | None,
    role: str = "paragraph",
    why: str = "",
) -> Revision | None:
    """Furniture becomes a paragraph of ``article``."""
    if role not in ARTICLE_ROLES:
        raise Refused(_("这不是文章段落的角色"))
    if block.article is not None:
        raise Refused(_("这几行已在文章里"))
    with _on(
        user, gettext_noop("收入文章“%(block)s”"), why, block, to=article
    ) as doing:
        bring(block, article, after, role)
    return doing.revision


def correct_text(
    user: AbstractBaseUser, block: Block, text: str, why: str = ""
) -> Revision | None:
    """Another reading text; the printed wording stays beside it for ever."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("正文不能是空的；不是正文的行请标为版面部件"))
    with _on(user, gettext_noop("订正文字“%(block)s”"), why, block) as doing:
        reword(block, text)
    return doing.revision


@contextmanager
def _on(
    user: AbstractBaseUser,
    what: str,
    why: str,
    *blocks: Block,
    to: Article | None = None,
) -> Iterator[Act]:
    """An act on the first block and those beside it, where they are, and in ``to``."""
    first = blocks[0]
    homes = [article for article in (first.article, to) if article]
    issue = None if homes else first.dump.issue
    with act(
        user,
        said(what, block=first),
        why=why,
        articles=homes,
        blocks=blocks,
        issue=issue,
    ) as doing:
        yield doing


# ---- the same within an act that is under way


def _move(block: Block, article: Article, after: Block | None) -> None:
    rows = neighbours(article)
    here = [row.pk for row in rows]
    if block.article_id == article.pk:
        at = here.index(block.pk)
        if (after.pk if after else None) == (here[at - 1] if at else None):
            return
    origins, program = origins_of(block), program_text(block)
    put(block, article, position_after(article, after, block))
    settle_base(block, origins, program)
    block.save()


def bring(block: Block, article: Article, after: Block | None, role: str) -> None:
    """Into an article from anywhere, in a role."""
    origins, program = origins_of(block), program_text(block)
    text = reread(block, role) if role != block.role else block.text
    put(block, article, position_after(article, after, block))
    block.role, block.text = role, text
    settle_base(block, origins, program)
    _unprotect_place(block)
    block.save()


def reword(block: Block, text: str) -> None:
    """A person's words, whatever the program reads in the lines."""
    origins, program = origins_of(block), program_text(block)
    block.text = text
    settle_base(block, origins, program)
    block.save()


def change_role(block: Block, role: str) -> None:
    if role == block.role:
        return
    origins, program = origins_of(block), program_text(block)
    block.text, block.role = reread(block, role), role
    settle_base(block, origins, program)
    block.save()


def cut(block: Block, at: int) -> Block:
    """The block keeps its first ``at`` lines; returns the new one with the others."""
    origins, program = origins_of(block), program_text(block)
    printed, corrected = printed_lines(block), block.text != program
    before, was = block.text, block.role
    head_lines, tail_lines = block.lines[:at], block.lines[at:]
    tail = Block(
        dump=block.dump, article=block.article, role=block.role, lines=tail_lines,
        printed="\n".join(printed[at:]), confidence=block.confidence,
        reasons=list(block.reasons), base=_inherited(block),
        position=_behind(block, tail_lines), anchor=_anchor(block, tail_lines[0]),
    )  # fmt: skip
    block.lines, block.printed = head_lines, "\n".join(printed[:at])
    readings = []
    for part in (block, tail):
        role = imported_role(origins, part.lines)
        readings.append(machine_text(role, printed_lines(part)))
        part.text = machine_text(was, printed_lines(part))
    if corrected and before != machine_text(was, printed):
        block.text, tail.text = cut_text(before, block.text, tail.text)
    for part, reading in zip((block, tail), readings, strict=True):
        part.text = part.text or reading  # all of a corrected text fell to the other
        settle_base(part, origins, reading)
        part.save()
    return tail


def join(upper: Block, lower: Block) -> None:
    """``upper`` takes the lines of ``lower``, which goes."""
    if upper.dump_id != lower.dump_id:
        raise Refused(_("两份文本的行不能接成一段"))
    origins = [*origins_of(upper), *origins_of(lower)]
    corrected = any(_is_corrected(block) for block in (upper, lower))
    joint = "" if upper.role in RUNNING else "\n" if upper.role != "title" else " "
    text = upper.text + joint + lower.text
    upper.lines = [*upper.lines, *lower.lines]
    upper.printed = f"{upper.printed}\n{lower.printed}"
    program = machine_text(imported_role(origins, upper.lines), printed_lines(upper))
    own = machine_text(upper.role, printed_lines(upper))
    upper.text = text if corrected else own
    heir(lower, upper)
    lower.delete()
    settle_base(upper, origins, program)
    upper.save()


def _is_corrected(block: Block) -> bool:
    """Did a person word it?  (Another role may have changed how lines are joined.)"""
    return block.text not in (
        program_text(block),
        machine_text(block.role, printed_lines(block)),
    )


def _inherited(block: Block) -> dict[str, object]:
    """A piece of a moved paragraph stands where a person put it, too."""
    return {k: v for k, v in block.base.items() if k == "position"}


def _behind(block: Block, lines: list[int]) -> int:
    if block.article is None:
        return int(lines[0])
    return position_after(block.article, block, None)


def _anchor(block: Block, line: int) -> str:
    wanted = f"p{line}"
    return free_anchor(block.article, wanted) if block.article else wanted


def _unprotect_place(block: Block) -> None:
    """Back among furniture, or back home by the same way: the import's place stands."""
    if block.article is None and not {"article", "role"} & block.base.keys():
        block.base.pop("position", None)

"""Acts on whole articles: split one, merge two, make one from lines.

Addresses stay: of a split article the first part keeps its own, the second part gets
a new one; a merged article's address leads to the one it went into.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.bookmarks.following import follow_articles
from articles.editing.acting import Refused, act
from articles.editing.blocks import bring, change_role
from articles.editing.lines import blocks_of_lines, isolate
from articles.editing.places import neighbours, put
from articles.editing.saying import said
from articles.editing.shaping import program_text, settle_base
from articles.importing.fields import public_id
from articles.importing.order import STEP
from articles.importing.origin import origins_of
from articles.models import Article, ArticleKind, Block, Revision, SourceDump

HEADLINES = frozenset({"title", "heading"})
TITLE_LENGTH = 500


def split_article(
    user: AbstractBaseUser, block: Block, title: str = "", why: str = ""
) -> Revision | None:
    """``block`` and all behind it become an article; a heading there is its title."""
    source = block.article
    if source is None:
        raise Refused(_("这几行不在文章里"))
    rows = neighbours(source)
    at = next(n for n, row in enumerate(rows) if row.pk == block.pk)
    if at == 0:
        raise Refused(_("不能从第一段拆起：前面没有留下的内容"))
    with act(
        user,
        said(gettext_noop("拆分《%(title)s》"), title=source),
        why=why,
        articles=[source],
        blocks=rows[at:],
    ) as doing:
        doing.journal.watch(Article.objects.filter(dump=source.dump_id))
        made = _new_article(source.dump, source, title or block.text, block.lines[0])
        doing.made(made)
        for place, row in enumerate(rows[at:], start=1):
            _carry(row, made, place * STEP)
        first = rows[at]
        if first.role in HEADLINES:
            change_role(first, "title")
    return doing.revision


def merge_articles(
    user: AbstractBaseUser, article: Article, into: Article, why: str = ""
) -> Revision | None:
    """Everything of ``article`` goes to the end of ``into``; its address leads there."""
    if article.pk == into.pk:
        raise Refused(_("不能并入自己"))
    if article.issue_id != into.issue_id:
        raise Refused(_("两篇文章不在同一期"))
    if into.merged_into_id:
        raise Refused(_("那篇文章已并入别的文章"))
    homes = [article, into]
    what = said(gettext_noop("《%(title)s》并入《%(into)s》"), title=article, into=into)
    with act(user, what, why=why, articles=homes) as doing:
        doing.journal.watch(Article.objects.filter(merged_into=article))
        behind = max((row.position for row in neighbours(into)), default=0)
        for place, row in enumerate(neighbours(article), start=1):
            _carry(row, into, behind + place * STEP)
            if row.role == "title":
                change_role(row, "heading")
        _empty(article, into)
    return doing.revision


def new_article(
    user: AbstractBaseUser,
    dump: SourceDump,
    lines: Sequence[int],
    title: str = "",
    why: str = "",
) -> Revision | None:
    """An article of these lines of a dump, wherever they stand now, in printed order.

    Paragraphs that have other lines too are cut.  Raises Refused for no lines.
    """
    blocks = blocks_of_lines(dump, lines)
    if not blocks:
        raise Refused(_("没有选中行"))
    homes = {b.article_id: b.article for b in blocks if b.article}
    with act(
        user, said(gettext_noop("以选中的 %(n)d 行成文"), n=len(lines)), why=why, articles=homes.values(),
        blocks=blocks, issue=dump.issue,
    ) as doing:  # fmt: skip
        doing.journal.watch(Article.objects.filter(dump=dump))
        chosen = isolate(doing, dump, lines)
        name = title or chosen[0].text.split("\n")[0]
        made = _new_article(dump, _predecessor(dump, chosen[0]), name, lines[0])
        doing.made(made)
        last: Block | None = None
        for row in chosen:
            bring(row, made, last, row.role if row.article_id else "paragraph")
            last = row
        if not title:
            change_role(chosen[0], "title")
    return doing.revision


def undo_making(article: Article, home: Article | None) -> None:
    """An article that an act made, and that has nothing in it any more: its address
    leads to where its text is, or says that it was withdrawn."""
    if article.blocks.exists():
        raise Refused(_("《%s》里还有别的段落") % article)
    _empty(article, home)


def _empty(article: Article, into: Article | None) -> None:
    article.protect("withdrawn", False)
    article.withdrawn, article.merged_into = True, into
    article.save()
    if into is not None:
        Article.objects.filter(merged_into=article).update(merged_into=into)
        follow_articles(article, into)


def _carry(block: Block, article: Article, position: int) -> None:
    origins, program = origins_of(block), program_text(block)
    put(block, article, position)
    settle_base(block, origins, program)
    block.save()


def _new_article(
    dump: SourceDump, like: Article | None, title: str, line: int
) -> Article:
    """Printed behind ``like``, in its column and on its page."""
    title = " ".join(title.split())[:TITLE_LENGTH] or "（无题）"
    return Article.objects.create(
        public_id=_free_id(dump, line),
        issue=dump.issue,
        dump=dump,
        kind=like.kind if like else ArticleKind.ARTICLE,
        section=like.section if like else None,
        page=like.page if like else None,
        position=_position(like) if like else 0,
        title=title,
        base={"title": ""},
    )


def _position(like: Article) -> int:
    """Behind ``like``: of equal positions the article made later stands later.

    Where another article stands there already, all that follow make room.
    """
    rows = Article.objects.filter(issue=like.issue_id, dump=like.dump_id)
    if not rows.filter(position=like.position, pk__gt=like.pk).exists():
        return like.position
    for row in rows.filter(position__gte=like.position, pk__gt=like.pk):
        row.protect("position", row.position)
        row.position += 1
        row.save(update_fields=["position", "base"])
    for row in rows.filter(position__gt=like.position, pk__lt=like.pk):
        row.protect("position", row.position)
        row.position += 1
        row.save(update_fields=["position", "base"])
    return like.position


def _predecessor(dump: SourceDump, first: Block) -> Article | None:
    """The article in whose place the lines stand, or the last one printed before."""
    if first.article:
        return first.article
    line, best = first.lines[0], None
    rows = Block.objects.filter(dump=dump, article__isnull=False)
    for pk, lines in rows.values_list("article", "lines"):
        before = max((n for n in lines if n < line), default=0)
        if before and (best is None or before > best[0]):
            best = (before, pk)
    return Article.objects.get(pk=best[1]) if best else None


def _free_id(dump: SourceDump, line: int) -> str:
    for size in range(10, 17):
        key = public_id(f"{dump.sha256}:made", line, size)
        if not Article.objects.filter(public_id=key).exists():
            return key
    raise Refused(_("找不到可用的文章地址"))

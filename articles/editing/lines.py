"""Lines that an editor selects, whatever paragraphs they are in, and what they say."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.dump.names import read_authors
from articles.editing.acting import Act, Refused, act
from articles.editing.authors import sign
from articles.editing.blocks import change_role, cut
from articles.editing.fields import save_fields
from articles.editing.saying import said
from articles.importing.fields import max_length
from articles.importing.origin import machine_text
from articles.models import Article, Block, Revision, SourceDump

# What a selection can be, and the role that its lines then have.
FIELDS = {
    "title": "title",
    "kicker": "kicker",
    "subtitle": "title",
    "authors": "byline",
    "affiliation": "affiliation",
    "source_credit": "credit",
}


def blocks_of_lines(dump: SourceDump, lines: Collection[int]) -> list[Block]:
    """The blocks that have one of these lines, in the order of the lines."""
    wanted = set(lines)
    rows = Block.objects.filter(dump=dump).select_related("article", "dump__issue")
    found = [row for row in rows if wanted.intersection(row.lines)]
    return sorted(found, key=lambda row: min(wanted.intersection(row.lines)))


def isolate(doing: Act, dump: SourceDump, lines: Collection[int]) -> list[Block]:
    """Cuts until these lines are paragraphs of their own; returns those."""
    wanted, found = set(lines), []
    for block in blocks_of_lines(dump, lines):
        for piece in _pieces(block, wanted):
            doing.journal.expect(Block.objects.filter(pk=piece.pk))
            if piece.lines[0] in wanted:
                found.append(piece)
    return sorted(found, key=lambda row: min(row.lines))


def set_from_lines(
    user: AbstractBaseUser,
    article: Article,
    field: str,
    lines: Sequence[int],
    why: str = "",
) -> Revision | None:
    """Title, kicker, authors … are what these lines of the article say."""
    if field not in FIELDS:
        raise Refused(_("不能从印刷行取这一项"))
    blocks = blocks_of_lines(article.dump, lines)
    if not blocks or any(block.article_id != article.pk for block in blocks):
        raise Refused(_("请选这篇文章里的行"))
    label = (
        gettext_lazy("作者")
        if field == "authors"
        else Article._meta.get_field(field).verbose_name
    )
    with act(
        user,
        said(gettext_noop("从印刷行取%(field)s"), field=label),
        why=why,
        articles=[article],
        blocks=blocks,
    ) as doing:
        chosen = isolate(doing, article.dump, lines)
        for block in chosen:
            change_role(block, FIELDS[field])
        printed = [line for b in chosen for line in b.printed.split("\n")]
        _set(article, field, machine_text("title", printed))
    return doing.revision


def _set(article: Article, field: str, text: str) -> None:
    if field == "authors":
        people = [[a.name, a.kind.value, ""] for a in read_authors(text)]
        if not people:
            raise Refused(_("“%s”里读不出人名；请在文章页写作者") % text)
        sign(article, people)
        return
    limit = max_length(Article, field)
    if not text or (limit and len(text) > limit):
        raise Refused(_("所选的行太长，或没有字"))
    article.refresh_from_db()
    setattr(article, field, text)
    save_fields(article, [field])


def _pieces(block: Block, wanted: set[int]) -> list[Block]:
    """The block cut wherever selected and other lines meet."""
    pieces, rest = [block], block
    while True:
        inside = rest.lines[0] in wanted
        at = next(
            (n for n, line in enumerate(rest.lines) if (line in wanted) != inside), None
        )
        if at is None:
            return pieces
        rest = cut(rest, at)
        pieces.append(rest)

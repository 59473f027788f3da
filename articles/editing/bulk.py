"""Changing many articles at once: by spreadsheet, or by finding and replacing.

A ``Wish`` says what one field was when its editor saw it, and what it shall be.
``differences`` compares wishes with what is there now, for the preview; ``carry_out``
does them: one act an issue, and a field that somebody has changed meanwhile is left and
named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.dump.names import is_office
from articles.editing.acting import Refused, act
from articles.editing.authors import sign
from articles.editing.differences import Run, runs_between
from articles.editing.fields import save_fields
from articles.editing.saying import said
from articles.editing.shaping import program_text, settle_base
from articles.editing.values import put
from articles.importing.fields import MAX_SMALL, max_length
from articles.importing.origin import origins_of
from articles.importing.protect import plain_value
from articles.models import Article, ArticleKind, Block, Revision, Way
from articles.problems import column_label

FIELDS = (
    "title", "kicker", "subtitle", "kind", "authors", "section", "page", "affiliation",
    "source_credit",
)  # fmt: skip
MOST = 5000  # wishes of one go
BETWEEN = "、"


@dataclass(frozen=True)
class Wish:
    """``article`` is the public id; ``block`` is set where a paragraph's text is meant.

    Values are as a cell has them: text, authors joined with 、.
    """

    article: str
    field: str
    seen: str
    typed: str
    block: int | None = None


@dataclass(frozen=True)
class Difference:
    """``overtaken``: it is not any more what the editor saw."""

    wish: Wish
    title: str
    now: str
    overtaken: bool
    error: str = ""

    @property
    def runs(self) -> list[Run]:
        return runs_between(self.now, self.wish.typed)

    @property
    def label(self) -> str:
        """What the field is called on pages."""
        return column_label(self.wish.field)

    def as_wish(self) -> dict[str, Any]:
        """What to carry out once the editor has seen ``now``."""
        return {**asdict(self.wish), "seen": self.now}


@dataclass
class Outcome:
    revisions: list[Revision] = field(default_factory=list)
    changed: int = 0
    left: list[str] = field(default_factory=list)


def cell_of(article: Article, name: str) -> str:
    """A field as a cell shows it; ``article`` with its authorships fetched."""
    value = plain_value(article, name)
    if name == "authors":
        return BETWEEN.join(person[0] for person in value)
    return "" if value is None else str(value)


def differences(wishes: Sequence[Wish]) -> list[Difference]:
    """Those that would change something, with what is wrong with them if anything is.

    Raises Refused for more than MOST.
    """
    if len(wishes) > MOST:
        raise Refused(_("一次最多 %d 处；请分几次") % MOST)
    articles = _articles(wishes)
    blocks = Block.objects.in_bulk([w.block for w in wishes if w.block])
    found = []
    for wish in wishes:
        article = articles.get(wish.article)
        now = _now(wish, article, blocks)
        if article is None or now is None:
            error = _("没有这篇文章或这一段")
            found.append(Difference(wish, wish.article, "", True, error))
        elif now != wish.typed:
            error = _error(wish)
            overtaken = now != wish.seen
            found.append(Difference(wish, article.title, now, overtaken, error))
    return found


def carry_out(
    user: Any, wishes: Iterable[Wish], way: str = Way.BULK, why: str = ""
) -> Outcome:
    """One transaction for each issue, each with one line of history."""
    outcome = Outcome()
    wishes = [wish for wish in wishes if not _error(wish)]
    articles = _articles(wishes)
    by_issue: dict[int, list[Wish]] = defaultdict(list)
    for wish in wishes:
        if wish.article in articles:
            by_issue[articles[wish.article].issue_id].append(wish)
    for group in by_issue.values():
        mine = {w.article: articles[w.article] for w in group}
        _carry_out(user, group, mine, way, why, outcome)
    return outcome


@transaction.atomic
def _carry_out(
    user: Any,
    wishes: list[Wish],
    articles: dict[str, Article],
    way: str,
    why: str,
    outcome: Outcome,
) -> None:
    what = said(gettext_noop("成批改动 %(n)d 处"), n=len(wishes))
    with act(user, what, why=why, way=way, articles=articles.values()) as doing:
        fresh = _articles(wishes)  # read again under lock
        blocks = Block.objects.in_bulk([w.block for w in wishes if w.block])
        for wish in wishes:
            article = fresh[wish.article]
            if _now(wish, article, blocks) != wish.seen:
                outcome.left.append(f"《{article.title}》 {column_label(wish.field)}")
            elif wish.block:
                _set_text(blocks[wish.block], wish.typed)
                outcome.changed += 1
            else:
                _set(article, wish)
                outcome.changed += 1
    if doing.revision:
        outcome.revisions.append(doing.revision)


def _set(article: Article, wish: Wish) -> None:
    if wish.field == "authors":
        known = {p[0]: p for p in plain_value(article, "authors")}
        names = [name.strip() for name in wish.typed.split(BETWEEN)]
        sign(article, [known.get(n, [n, _kind(n), ""]) for n in names if n])
        return
    value: Any = int(wish.typed) if wish.field == "page" else wish.typed
    put(article, wish.field, value)
    save_fields(article, [wish.field])


def _set_text(block: Block, text: str) -> None:
    origins, program = origins_of(block), program_text(block)
    block.text = text
    settle_base(block, origins, program)
    block.save()


def _kind(name: str) -> str:
    return "organization" if is_office(name) else "person"


def _now(wish: Wish, article: Article | None, blocks: dict[int, Block]) -> str | None:
    if article is None:
        return None
    if wish.block is None:
        return cell_of(article, wish.field)
    block = blocks.get(wish.block)
    return block.text if block and block.article_id == article.pk else None


def _articles(wishes: Iterable[Wish]) -> dict[str, Article]:
    rows = Article.objects.filter(public_id__in={wish.article for wish in wishes})
    rows = rows.select_related("issue__publication", "section")
    return {row.public_id: row for row in rows.prefetch_related("authorships__author")}


def _error(wish: Wish) -> str:
    """Why the value cannot be taken, or nothing."""
    if wish.block is not None:
        return "" if wish.typed.strip() else _("正文不能是空的")
    if wish.field not in FIELDS:
        return _("没有这一项：%s") % wish.field
    if wish.field == "kind" and wish.typed not in ArticleKind.values:
        return _("类型须是：%s") % "、".join(ArticleKind.values)
    if wish.field == "page" and not (
        wish.typed.isdecimal() and int(wish.typed) <= MAX_SMALL
    ):
        return _("页码须是数字")
    limit = (
        100
        if wish.field == "section"
        else max_length(Article, wish.field)
        if wish.field != "authors"
        else None
    )
    if limit and len(wish.typed) > limit:
        return _("超过 %d 字") % limit
    if wish.field == "authors" and any(
        len(name) > 100 for name in wish.typed.split(BETWEEN)
    ):
        return _("超过 %d 字") % 100
    return ""

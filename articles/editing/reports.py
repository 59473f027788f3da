"""What readers report: taken in, accepted with thanks, declined, or all taken back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles import queue
from articles.bookmarks.passages import NotThere, Selection, find_selection
from articles.editing.acting import Refused, act
from articles.editing.saying import said
from articles.editing.shaping import program_text, settle_base
from articles.editing.undoing import Undone, undo_these
from articles.importing.origin import origins_of
from articles.models import Article, Block, Report, Revision, Way
from articles.models.desk import NAMELESS

LONGEST = 500


@transaction.atomic
def report(
    article: Article,
    block: Block | None,
    *,
    quote: str,
    suggestion: str,
    note: str,
    name: str,
    user: Any,
    sender: str,
) -> Report:
    """Raises Refused when nothing is said, or the passage is not in the paragraph."""
    quote, suggestion, note = (t.strip()[:LONGEST] for t in (quote, suggestion, note))
    if not (suggestion or note):
        raise Refused(_("请写下哪里不对，或应是什么"))
    if quote and block is not None:
        try:
            start, end = find_selection(block.text, Selection(quote))
        except NotThere:
            raise Refused(
                _("这几个字不在这一段里，或出现不止一次；请多选几个字")
            ) from None
        quote = block.text[start:end]
    made = Report.objects.create(
        article=article, block=block, quote=quote, suggestion=suggestion, note=note,
        name=name.strip()[:50], user=user if user and user.pk else None, sender=sender,
    )  # fmt: skip
    queue.sync(article.issue)
    return made


@transaction.atomic
def accept(report: Report, user: AbstractBaseUser) -> Revision | None:
    """The suggestion becomes the reading text, credited to who made it.

    Raises Refused when there is none, or its passage has changed since.
    """
    row = Report.objects.select_for_update().get(pk=report.pk)
    if row.state != Report.State.OPEN:
        raise Refused(_("这一条已处理过"))
    block = row.block
    if block is None or not row.suggestion or not row.quote:
        raise Refused(_("这一条没有可直接采用的写法；请在编辑台上改"))
    with act(
        user, said(gettext_noop("采纳读者建议“%(quote)s”→“%(instead)s”"), quote=row.quote, instead=row.suggestion), why=row.note,
        way=Way.SUGGESTION, credit=_credit(row), articles=[row.article], blocks=[block],
    ) as doing:  # fmt: skip
        try:
            start, end = find_selection(block.text, Selection(row.quote))
        except NotThere:
            raise Refused(_("这几个字已不在这一段里")) from None
        origins, program = origins_of(block), program_text(block)
        block.text = block.text[:start] + row.suggestion + block.text[end:]
        settle_base(block, origins, program)
        block.save()
    row.state, row.revision = Report.State.ACCEPTED, doing.revision
    row.save(update_fields=["state", "revision"])
    queue.sync(row.article.issue)
    return doing.revision


@transaction.atomic
def decline(report: Report, user: AbstractBaseUser) -> None:
    what = said(
        gettext_noop("不采纳读者建议“%(quote)s”"), quote=report.quote or report.note
    )
    with act(user, what, articles=[report.article], rows=[report]):
        Report.objects.filter(pk=report.pk, state=Report.State.OPEN).update(
            state=Report.State.DECLINED
        )
    queue.sync(report.article.issue)


@transaction.atomic
def revert_sender(report: Report, user: AbstractBaseUser) -> Undone:
    """Takes back every accepted suggestion of who sent this one; declines the others."""
    mine = Report.objects.filter(sender=report.sender)
    if report.user_id:
        mine = Report.objects.filter(user=report.user_id)
    for waiting in mine.filter(state=Report.State.OPEN).select_related("article"):
        decline(waiting, user)
    accepted = mine.filter(state=Report.State.ACCEPTED).values("revision")
    return undo_these(user, Revision.objects.filter(pk__in=accepted))


def _credit(report: Report) -> str:
    if report.name:
        return report.name
    return report.user.get_username() if report.user else NAMELESS

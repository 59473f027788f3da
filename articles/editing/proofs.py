"""How far an issue has been proofread: 未校, 一校, 二校 — the second by a second person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.editing.acting import Refused, act
from articles.editing.saying import said
from articles.models import Article, Issue, ProofSheet, ProofStatus, Revision, Way
from articles.queue.sync import sheet_of


def set_proof(
    user: AbstractBaseUser, issue: Issue, state: str, why: str = ""
) -> Revision | None:
    """Says that the issue is proofread once, or twice; or, with MACHINE, not yet.

    Raises Refused when the second proof is given before the first, or by its person.
    """
    if state not in ProofStatus.values:
        raise Refused(_("没有这种校对状态"))
    sheet_of(issue)
    label = ProofStatus(state).label
    sheet = ProofSheet.objects.get(issue=issue)
    with act(
        user,
        said(gettext_noop("校对：%(state)s"), state=label),
        why=why,
        way=Way.DESK,
        rows=[sheet],
        issue=issue,
    ) as doing:
        sheet = ProofSheet.objects.select_for_update().get(issue=issue)
        if state == ProofStatus.SECOND:
            _check_second(sheet, user)
            sheet.second_by = user
        elif state == ProofStatus.FIRST:
            sheet.first_by, sheet.second_by = user, None
        else:
            sheet.first_by = sheet.second_by = None
        sheet.state = state
        sheet.save()
        rows = Article.objects.filter(issue=issue)
        doing.journal.watch(rows)
        rows.update(status=state)
    return doing.revision


def _check_second(sheet: ProofSheet, user: AbstractBaseUser) -> None:
    if sheet.first_by_id is None:
        raise Refused(_("还没有一校"))
    if sheet.first_by_id == user.pk:
        raise Refused(_("二校须由另一个人来做"))

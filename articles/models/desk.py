"""What the editors' desk keeps: history, the queue, proof sheets, readers' reports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, ProofStatus
from articles.models.block import Block
from articles.models.dump import Problem, SourceDump
from articles.models.issue import Issue
from articles.models.publication import Publication

NAMELESS = gettext_noop("匿名读者")


class Way(models.TextChoices):
    """By which door a change came."""

    FORM = "form", _("表单")
    DESK = "desk", _("编辑台")
    BULK = "bulk", _("批量")
    SHEET = "sheet", _("表格")
    COMMAND = "command", _("命令")
    IMPORT = "import", _("导入")
    SUGGESTION = "suggestion", _("读者建议")
    UNDO = "undo", _("撤销")


class Revision(models.Model):
    """One act: who, when, why, and every value before and after (articles.journal).

    Rows are only ever added; nothing in one changes.  ``what`` is a message and ``facts``
    are what it is filled with, so that each reads it in their own language: ``said``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="revisions",
        verbose_name=_("谁"),
    )
    credit = models.CharField(_("建议人"), max_length=100, blank=True)
    way = models.CharField(_("途径"), max_length=10, choices=Way)
    what = models.CharField(_("做了什么"), max_length=200)
    facts = models.JSONField(default=dict, editable=False)
    why = models.CharField(_("为什么"), max_length=300, blank=True)
    when = models.DateTimeField(_("时间"), auto_now_add=True)
    issue = models.ForeignKey(
        Issue,
        models.SET_NULL,
        null=True,
        related_name="revisions",
        verbose_name=_("刊期"),
    )
    # The row whose page it was done on: "author:7".
    subject = models.CharField(max_length=40, blank=True)
    articles = models.ManyToManyField(Article, related_name="revisions")
    changes = models.JSONField(default=list, editable=False)
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="undoers"
    )

    class Meta:
        verbose_name = _("改动")
        verbose_name_plural = _("历史")
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [
            ("undo_revision", "Can undo what others did"),
            ("appoint_editors", "Can say who is an editor"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="revision_of_user"),
            models.Index(fields=["issue", "-id"], name="revision_of_issue"),
            models.Index(fields=["subject", "-id"], name="revision_of_subject"),
            models.Index(fields=["way", "-id"], name="revision_of_way"),
        ]

    def __str__(self) -> str:
        return self.said

    def save(self, **options: Any) -> None:
        """Raises TypeError for a line that stands: history is added to, never changed."""
        if self.pk is not None:
            raise TypeError("a line of the history is not changed")
        super().save(**options)

    def delete(self, *args: Any, **options: Any) -> Any:
        raise TypeError("a line of the history is not deleted")

    @property
    def said(self) -> str:
        """What was done, in the language in use."""
        return _in_words(self.what, self.facts)

    @property
    def credited(self) -> str:
        return gettext(self.credit) if self.credit == NAMELESS else self.credit


def _in_words(what: str, facts: dict[str, Any]) -> str:
    """A fact that is a list is itself a message and its facts."""
    if not facts:
        return gettext(what)
    filled = {k: _in_words(*v) if isinstance(v, list) else v for k, v in facts.items()}
    return gettext(what) % filled


class FormerPlace(models.Model):
    """Where a paragraph's old address (article and anchor) leads now."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="former_places")
    anchor = models.CharField(max_length=16)
    block = models.ForeignKey(Block, models.CASCADE, related_name="former_places")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "anchor"], name="former_place_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}#{self.anchor}"


class Report(models.Model):
    """A reader says that a passage is wrong, and perhaps how it should read."""

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        ACCEPTED = "accepted", _("已采纳")
        DECLINED = "declined", _("未采纳")
        REVERTED = "reverted", _("已撤回")

    article = models.ForeignKey(Article, models.CASCADE, related_name="reports")
    block = models.ForeignKey(Block, models.SET_NULL, null=True, related_name="reports")
    quote = models.TextField(_("原文"), blank=True)
    suggestion = models.TextField(_("应为"), blank=True)
    note = models.TextField(_("说明"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports"
    )
    name = models.CharField(_("署名"), max_length=50, blank=True)
    sender = models.CharField(max_length=64, db_index=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.OPEN
    )
    created = models.DateTimeField(_("时间"), auto_now_add=True)
    revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, related_name="reports"
    )

    class Meta:
        verbose_name = _("读者报告")
        verbose_name_plural = _("读者报告")
        ordering = ["-id"]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.quote[:40]


class Task(models.Model):
    """A row of the queue: something that needs a person (articles.queue).

    ``key`` names it by its content, so that what a person has settled stays settled
    when the same thing is imported again.
    """

    class Kind(models.TextChoices):
        PLACEMENT = "placement", _("位置与接合")
        CONTENTS = "contents", _("目录与正文")
        AUTHOR = "author", _("缺作者")
        LINES = "lines", _("未归文章的行")
        TWINS = "twins", _("或为同一作者")
        REPORT = "report", _("读者报告")
        CONFLICT = "conflict", _("导入冲突")

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        SETTLED = "settled", _("已处理")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    key = models.CharField(max_length=64)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.OPEN
    )
    publication = models.ForeignKey(
        Publication,
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,  # task_of_publication
    )
    issue = models.ForeignKey(
        Issue,
        models.CASCADE,
        null=True,
        related_name="tasks",
        db_index=False,  # task_unique
    )
    dump = models.ForeignKey(
        SourceDump,
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,  # nobody asks by it, and dumps stay
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, related_name="tasks"
    )
    block = models.ForeignKey(Block, models.SET_NULL, null=True, related_name="tasks")
    problem = models.ForeignKey(
        Problem, models.CASCADE, null=True, related_name="tasks"
    )
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="tasks")
    detail = models.JSONField(default=dict)
    doubt = models.FloatField(_("疑"))
    weight = models.FloatField(_("轻重"), help_text=_("疑 ×（1 + 读者数）"))

    class Meta:
        verbose_name = _("待办")
        verbose_name_plural = _("待办")
        ordering = ["-weight", "-id"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["issue", "key"], name="task_unique"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(issue__isnull=True),
                name="task_of_no_issue_unique",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-weight", "-id"], name="task_queue"),
            models.Index(
                fields=["state", "kind", "-weight", "-id"], name="task_of_kind"
            ),
            models.Index(
                fields=["publication", "state", "-weight", "-id"],
                name="task_of_publication",
            ),
            models.Index(
                fields=["publication", "state", "kind", "-weight", "-id"],
                name="task_of_publication_kind",
            ),
            models.Index(
                fields=["issue", "state", "-weight", "-id"], name="task_of_issue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ProofSheet(models.Model):
    """How far an issue has been proofread; the second proof needs a second person.

    ``tasks`` and ``corrections`` are counted anew by every act and import.
    """

    issue = models.OneToOneField(Issue, models.CASCADE, related_name="sheet")
    state = models.CharField(
        _("校对"), max_length=10, choices=ProofStatus, default=ProofStatus.MACHINE
    )
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("一校"),
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("二校"),
    )
    tasks = models.PositiveIntegerField(_("待办"), default=0)
    corrections = models.PositiveIntegerField(_("改动"), default=0)

    class Meta:
        verbose_name = _("校对单")
        verbose_name_plural = _("校对单")
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["-tasks", "-issue"], name="sheet_most_tasks"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first_by=models.F("second_by")),
                name="sheet_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue}: {self.state}"

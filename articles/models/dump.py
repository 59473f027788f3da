"""The file an issue was read from, kept byte for byte, and what was doubtful in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.issue import Issue


class SourceDump(models.Model):
    """One text dump: a whole magazine issue, or one page of a newspaper.

    ``content`` gives the file back exactly.  ``page`` is the newspaper's 版; 0 says
    that the dump is the whole issue.  Of several versions of the same page one is
    ``current``: the one the articles are read from.
    """

    issue = models.ForeignKey(
        Issue, models.PROTECT, related_name="dumps", verbose_name=_("刊期")
    )
    page = models.PositiveSmallIntegerField(_("版"), default=0)
    current = models.BooleanField(_("现用"), default=True)
    name = models.CharField(_("文件名"), max_length=255, db_index=True)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField(_("原文"))
    encoding = models.CharField(_("编码"), max_length=20)
    parser_version = models.CharField(_("解析器版本"), max_length=20)
    imported_at = models.DateTimeField(_("导入时间"), auto_now=True)

    class Meta:
        verbose_name = _("文本")
        verbose_name_plural = _("文本")
        ordering = ["issue_id", "page", "-current", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "page"],
                condition=models.Q(current=True),
                name="dump_one_current_version",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Problem(models.Model):
    """What a person should look at: the parser's doubts and an import's conflicts."""

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        SETTLED = "settled", _("已处理")

    dump = models.ForeignKey(
        SourceDump, models.CASCADE, related_name="problems", verbose_name=_("文本")
    )
    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name=_("文章"),
    )
    code = models.CharField(_("类别"), max_length=50)
    lines = models.JSONField(_("行"), default=list, blank=True)
    message = models.TextField(_("说明"))
    chosen = models.TextField(_("现取"), blank=True)
    detail = models.JSONField(
        _("详情"),
        default=dict,
        blank=True,
        help_text=_("导入冲突时：字段、上次导入值、新值、编辑值"),
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.OPEN
    )

    class Meta:
        verbose_name = _("疑点")
        verbose_name_plural = _("疑点")
        ordering = ["dump_id", "id"]
        indexes = [
            models.Index(fields=["state", "-id"], name="problem_queue"),
            models.Index(fields=["code", "-id"], name="problem_queue_of_code"),
            models.Index(fields=["state", "code", "-id"], name="problem_of_both"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

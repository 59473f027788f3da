"""A paragraph, heading or byline — or a furniture line outside every article."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.dump import SourceDump
from articles.models.protected import Protected


class Role(models.TextChoices):
    TITLE = "title", _("题名")
    KICKER = "kicker", _("引题")
    BYLINE = "byline", _("署名")
    HEADING = "heading", _("小标题")
    PARAGRAPH = "paragraph", _("段落")
    VERSE = "verse", _("诗行")
    LIST_ITEM = "list_item", _("列项")
    AFFILIATION = "affiliation", _("作者单位")
    CREDIT = "credit", _("来源")
    CONTINUATION = "continuation", _("转接")
    NOTE = "note", _("附注")
    MASTHEAD = "masthead", _("刊头")
    STAFF = "staff", _("编辑人员")
    CONTENTS = "contents", _("目录")
    RUNNING_HEAD = "running_head", _("书眉")
    COLUMN_LABEL = "column_label", _("栏题")
    PHOTO_CREDIT = "photo_credit", _("图片署名")
    ADVERT = "advert", _("广告")
    SLOGAN = "slogan", _("口号")
    COLOPHON = "colophon", _("版权页")
    PULL_QUOTE = "pull_quote", _("引语")
    DUPLICATE = "duplicate", _("重印行")


ARTICLE_ROLES = [
    role for role in Role if list(Role).index(role) <= list(Role).index(Role.NOTE)
]
FURNITURE_ROLES = [role for role in Role if role not in ARTICLE_ROLES]


# What a person has said of a block's place outweighs the parser's confidence; the last
# one says that somebody has looked, and it is right as it is (articles.editing.doubts).
BY_HAND = frozenset({"article", "role", "lines", "position", "confidence"})


def is_settled(base: Collection[str]) -> bool:
    """Of a block's ``base``: does nobody need look any more where the block belongs?"""
    return not BY_HAND.isdisjoint(base)


class Block(Protected):
    """The unit editors move.  All blocks of a dump together are its line ledger.

    A block without an article is furniture: so a line that an editor marks as
    furniture, or takes back, is the same row with another role.
    ``lines`` are the dump's line numbers in *reading* order.
    """

    dump = models.ForeignKey(
        SourceDump,
        models.PROTECT,
        related_name="blocks",
        verbose_name=_("文本"),
        db_index=False,  # block_of_dump
    )
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="blocks",
        verbose_name=_("文章"),
        db_index=False,  # block_reading_order
    )
    position = models.PositiveIntegerField(_("次序"))
    anchor = models.CharField(
        _("段落号"),
        max_length=16,
        editable=False,
        help_text=_("网址中的段落，如 p88：初次导入时的首行；此后不变"),
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    printed = models.TextField(_("原样"), editable=False)
    text = models.TextField(_("正文"), help_text=_("规范后的阅读文本"))
    lines = models.JSONField(_("行"), editable=False)
    confidence = models.FloatField(_("把握"), default=1.0)
    reasons = models.JSONField(_("理由"), default=list, blank=True)
    alternative = models.JSONField(_("另解"), null=True, blank=True)

    class Meta:
        verbose_name = _("段落")
        verbose_name_plural = _("段落")
        ordering = [
            "article_id",
            "position",
            "id",
        ]  # "article" would join it, and its issue
        indexes = [
            models.Index(fields=["article", "position"], name="block_reading_order"),
            models.Index(fields=["dump", "position"], name="block_of_dump"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, role__in=ARTICLE_ROLES)
                | models.Q(article__isnull=True, role__in=FURNITURE_ROLES),
                name="block_article_or_furniture",
            ),
            models.UniqueConstraint(
                fields=["article", "anchor"],
                condition=models.Q(article__isnull=False),
                name="block_anchor_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1),
                name="block_confidence_range",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

"""An article as a cataloguer records it; its text stands in its blocks."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.issue import Issue
from articles.models.protected import Protected
from articles.models.publication import Section
from articles.querysets import ArticleQuerySet


class ArticleKind(models.TextChoices):
    ARTICLE = "article", _("文章")
    POEM = "poem", _("诗歌")
    SIDEBAR = "sidebar", _("短栏")
    NOTICE = "notice", _("启事")
    CHRONICLE = "chronicle", _("要事录")
    ADVERT = "advert", _("广告")


class ProofStatus(models.TextChoices):
    """How far people have checked the text; the second proof needs a second person."""

    MACHINE = "machine", _("未校")
    FIRST = "first", _("一校")
    SECOND = "second", _("二校")


class Article(Protected):
    """``public_id`` is the permanent address: it survives re-import, split and merge."""

    public_id = models.CharField(max_length=16, unique=True, editable=False)
    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        related_name="articles",
        verbose_name=_("刊期"),
        db_index=False,  # article_printed_order
    )
    dump = models.ForeignKey(
        "articles.SourceDump",
        models.PROTECT,
        related_name="articles",
        verbose_name=_("文本"),
        help_text=_("文章开头所在的文本"),
    )
    position = models.PositiveIntegerField(_("次序"), help_text=_("在本期中的印刷次序"))
    kind = models.CharField(
        _("类型"), max_length=10, choices=ArticleKind, default=ArticleKind.ARTICLE
    )
    title = models.CharField(_("题名"), max_length=500)
    title_variants = models.JSONField(_("题名异文"), default=list, blank=True)
    kicker = models.CharField(_("引题"), max_length=500, blank=True)
    subtitle = models.CharField(_("副题"), max_length=500, blank=True)
    author_variants = models.JSONField(_("作者异文"), default=list, blank=True)
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("栏目"),
        db_index=False,  # article_of_section
    )
    page = models.PositiveSmallIntegerField(_("起始页"), null=True, blank=True)
    affiliation = models.CharField(_("作者单位"), max_length=500, blank=True)
    source_credit = models.CharField(_("来源"), max_length=300, blank=True)
    status = models.CharField(
        _("校对"), max_length=10, choices=ProofStatus, default=ProofStatus.MACHINE
    )
    confidence = models.FloatField(
        _("把握"), default=1.0, help_text=_("各段中最低的把握，0 至 1")
    )
    characters = models.PositiveIntegerField(_("字数"), default=0, editable=False)
    withdrawn = models.BooleanField(
        _("撤下"), default=False, help_text=_("读者不再看到；地址保留")
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="merged",
        help_text=_("并入的文章：旧地址由此转去"),
    )
    modified = models.DateTimeField(
        _("修改时间"),
        auto_now=True,
        help_text=_("收割者据此知道有什么变了；每次写入都会更新"),
    )
    authors = models.ManyToManyField(
        "articles.Author", through="articles.Authorship", related_name="articles"
    )
    topics = models.ManyToManyField(
        "articles.Topic", through="articles.ArticleTopic", related_name="articles"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("文章")
        verbose_name_plural = _("文章")
        permissions = [("bulk_change_articles", "Can change many articles at once")]
        ordering = ["issue", "position", "id"]
        indexes = [
            models.Index(fields=["issue", "position"], name="article_printed_order"),
            models.Index(fields=["section", "-id"], name="article_of_section"),
            # What harvesters follow, page after page.
            models.Index(fields=["modified", "id"], name="article_harvest"),
            # The admin's filters, each list newest (or most doubtful) first.
            models.Index(fields=["kind", "-id"], name="article_of_kind"),
            models.Index(fields=["status", "-id"], name="article_of_status"),
            models.Index(fields=["confidence", "-id"], name="article_doubtful_first"),
            models.Index(
                fields=["-id"],
                condition=models.Q(withdrawn=True),
                name="article_withdrawn",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1),
                name="article_confidence_range",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *, update_fields: Any = None, **options: Any) -> None:
        """Also a save of a few fields moves ``modified`` (so does ``update()``)."""
        if update_fields:
            update_fields = {*update_fields, "modified"}
        super().save(update_fields=update_fields, **options)

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.public_id])

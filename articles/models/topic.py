"""Subjects, and why an article has one."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.querysets import TopicQuerySet


class Origin(models.TextChoices):
    RULE = "rule", _("规则")
    EDITOR = "editor", _("编辑")


class Decision(models.TextChoices):
    """A declined topic stays as a row, so that no rule suggests it again."""

    SUGGESTED = "suggested", _("程序所定")
    ACCEPTED = "accepted", _("已确认")
    DECLINED = "declined", _("已否决")


class Topic(models.Model):
    """``terms``: ``[{"term": "乡村", "weight": 2}, …]``, the rule's evidence words."""

    name = models.CharField(_("主题"), max_length=50, unique=True)
    slug = models.SlugField(_("地址"), max_length=60, unique=True)
    sort_key = models.CharField(_("拼音"), max_length=100, blank=True)
    description = models.TextField(_("说明"), blank=True)
    terms = models.JSONField(_("用词"), default=list, blank=True)
    origin = models.CharField(
        _("出处"), max_length=10, choices=Origin, default=Origin.EDITOR
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="merged"
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        permissions = [("merge_topic", "Can merge topics")]
        ordering = ["sort_key", "name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])


class ArticleTopic(models.Model):
    """``evidence``: ``{"乡村": 7, …}``, how often each term stands in the article."""

    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="article_topics",
        db_index=False,  # article_topic_unique
    )
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        related_name="article_topics",
        verbose_name=_("主题"),
        db_index=False,  # topic_articles
    )
    origin = models.CharField(
        _("出处"), max_length=10, choices=Origin, default=Origin.EDITOR
    )
    score = models.FloatField(_("分值"), default=1.0)
    evidence = models.JSONField(_("依据"), default=dict, blank=True)
    decision = models.CharField(
        _("决定"), max_length=10, choices=Decision, default=Decision.ACCEPTED
    )

    class Meta:
        verbose_name = _("文章主题")
        verbose_name_plural = _("文章主题")
        ordering = ["-score", "topic_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "topic"], name="article_topic_unique"
            )
        ]
        indexes = [models.Index(fields=["topic", "-article"], name="topic_articles")]

    def __str__(self) -> str:
        return f"{self.topic} · {self.article}"

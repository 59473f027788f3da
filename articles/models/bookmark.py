"""A reader's bookmark, with or without an account."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.block import Block


class Bookmark(models.Model):
    """Owned by an account, or by the ``shelf`` (a random id) an anonymous session holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bookmarks",
        verbose_name=_("读者"),
    )
    shelf = models.UUIDField(_("匿名书架"), null=True, blank=True, db_index=True)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="bookmarks", verbose_name=_("文章")
    )
    block = models.ForeignKey(
        Block,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookmarks",
        verbose_name=_("段落"),
    )
    created = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("书签")
        verbose_name_plural = _("书签")
        ordering = ["-created", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, shelf__isnull=True)
                | models.Q(user__isnull=True, shelf__isnull=False),
                name="bookmark_one_owner",
            ),
            *[
                models.UniqueConstraint(
                    fields=[owner, "article", *(["block"] if block else [])],
                    condition=models.Q(
                        **{f"{owner}__isnull": False, "block__isnull": not block}
                    ),
                    name=f"bookmark_once_{owner}_{'block' if block else 'article'}",
                )
                for owner in ("user", "shelf")
                for block in (False, True)
            ],
        ]

    def __str__(self) -> str:
        return str(self.article)

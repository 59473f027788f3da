"""A shelf, its tags, its public links, and what was taken off it lately."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

TAG_LENGTH = 40


class Bookshelf(models.Model):
    """One reader's shelf.  Without ``user`` it is an anonymous session's, which knows
    its id; no two accounts share one, and no account has two."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bookshelf",
        verbose_name=_("读者"),
    )
    touched = models.DateTimeField(_("最后改动"), default=timezone.now)

    class Meta:
        verbose_name = _("书架")
        verbose_name_plural = _("书架")
        indexes = [
            models.Index(
                fields=["touched"],
                condition=models.Q(user__isnull=True),
                name="bookshelf_forsaken",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Tag(models.Model):
    """A reader's own word.  ``key`` makes “ＡＩ”, “AI” and “ai” one tag."""

    shelf = models.ForeignKey(
        Bookshelf, models.CASCADE, related_name="tags", verbose_name=_("书架")
    )
    name = models.CharField(_("标签"), max_length=TAG_LENGTH)
    key = models.CharField(max_length=3 * TAG_LENGTH, editable=False)

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = _("标签")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["shelf", "key"], name="tag_once_a_shelf")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = tag_key(self.name)
        super().save(*args, **kwargs)


def tag_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def new_token() -> str:
    """190 bits from the system's random source: nobody guesses it."""
    return get_random_string(32)


class ShareLink(models.Model):
    """Shows a shelf, or what has one tag on it, to whoever has the link."""

    shelf = models.ForeignKey(
        Bookshelf, models.CASCADE, related_name="links", verbose_name=_("书架")
    )
    tag = models.ForeignKey(
        Tag,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("标签"),
    )
    token = models.CharField(max_length=32, unique=True, default=new_token)
    title = models.CharField(_("题目"), max_length=100, blank=True)
    with_notes = models.BooleanField(_("连同笔记"), default=False)
    created = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("分享链接")
        verbose_name_plural = _("分享链接")
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return self.title or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("articles:shared", args=[self.token])


class Discard(models.Model):
    """What one press took off a shelf, whole, so that another puts it back."""

    shelf = models.ForeignKey(
        Bookshelf, models.CASCADE, related_name="discards", verbose_name=_("书架")
    )
    records = models.JSONField()
    size = models.PositiveIntegerField(_("件数"))
    created = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("取下的")
        verbose_name_plural = _("取下的")
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return f"{self.size}, {self.created:%Y-%m-%d}"

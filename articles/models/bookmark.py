"""What stands on a shelf: bookmarks, highlights, and where the reader stopped."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.block import Block
from articles.models.shelf import Bookshelf, Tag

QUOTE_LENGTH = 100
CONTEXT = 32  # characters before and after a passage that tell it from its like


def this_second() -> datetime:
    """Bookmark files know no fractions; so a shelf that went out and in is the same."""
    return timezone.now().replace(microsecond=0)


class Kept(models.Model):
    """A thing on a shelf.  Without its ``block`` it has lost its place in the article."""

    shelf = models.ForeignKey(Bookshelf, models.CASCADE, related_name="%(class)ss")
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="%(class)ss", verbose_name=_("文章")
    )
    block = models.ForeignKey(
        Block,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("段落"),
    )
    note = models.TextField(_("笔记"), blank=True)
    tags = models.ManyToManyField(Tag, related_name="%(class)ss", blank=True)
    created = models.DateTimeField(_("时间"), default=this_second)

    class Meta:
        abstract = True
        ordering = ["-created", "-id"]


class Bookmark(Kept):
    """On an article, or on a paragraph of it, whose opening is then the ``quote``."""

    quote = models.CharField(_("段首"), max_length=QUOTE_LENGTH, blank=True)
    read = models.DateTimeField(_("读完"), null=True, blank=True)

    class Meta(Kept.Meta):
        verbose_name = _("书签")
        verbose_name_plural = _("书签")
        indexes = [
            models.Index(fields=["shelf", "-created", "-id"], name="bookmark_newest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["shelf", "article"],
                condition=models.Q(block__isnull=True, quote=""),
                name="bookmark_article_once",
            ),
            models.UniqueConstraint(
                fields=["shelf", "block"],
                condition=models.Q(block__isnull=False),
                name="bookmark_block_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def is_lost(self) -> bool:
        return bool(self.quote) and self.block_id is None


class Highlight(Kept):
    """A passage: characters ``start`` to ``end`` of ``paragraph``.

    ``paragraph`` is the block's text as it was then, ``dump`` and ``lines`` say where
    that was printed: with them the passage is found again after the text has changed,
    or is known not to be found (articles.bookmarks.anchoring).
    """

    paragraph = models.TextField(_("原段"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    dump = models.ForeignKey(
        "articles.SourceDump", models.SET_NULL, null=True, related_name="+"
    )
    lines = models.JSONField(default=list)

    class Meta(Kept.Meta):
        verbose_name = _("摘抄")
        verbose_name_plural = _("摘抄")
        indexes = [
            models.Index(fields=["shelf", "-created", "-id"], name="highlight_newest"),
            models.Index(fields=["shelf", "article"], name="highlight_of_article"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="highlight_of_something",
            )
        ]

    def __str__(self) -> str:
        return self.exact[:40]

    @property
    def exact(self) -> str:
        return self.paragraph[self.start : self.end]

    @property
    def prefix(self) -> str:
        return self.paragraph[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        return self.paragraph[self.end : self.end + CONTEXT]


class ReadingPlace(models.Model):
    """The paragraph at which the reader of an article stopped."""

    shelf = models.ForeignKey(Bookshelf, models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, models.SET_NULL, null=True, related_name="+")
    updated = models.DateTimeField(default=this_second)

    class Meta:
        verbose_name = _("读到的地方")
        verbose_name_plural = _("读到的地方")
        ordering = ["-updated", "-id"]
        indexes = [
            models.Index(fields=["shelf", "-updated", "-id"], name="place_newest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["shelf", "article"], name="place_once_an_article"
            )
        ]

    def __str__(self) -> str:
        return str(self.article)

"""The authority record of a person or organisation, and what they signed."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.protected import Protected
from articles.querysets import AuthorQuerySet


class AuthorKind(models.TextChoices):
    PERSON = "person", _("个人")
    ORGANIZATION = "organization", _("机构")


class Author(Protected):
    """An authority record: one name, many printed forms.

    ``disambiguation`` tells two people of one name apart (an editor fills it).
    """

    name = models.CharField(_("姓名"), max_length=100, db_index=True)
    kind = models.CharField(
        _("类型"), max_length=12, choices=AuthorKind, default=AuthorKind.PERSON
    )
    disambiguation = models.CharField(_("区别"), max_length=100, blank=True)
    slug = models.SlugField(_("地址"), max_length=120, unique=True)
    sort_key = models.CharField(_("拼音"), max_length=200, blank=True, db_index=True)
    variants = models.JSONField(_("印作"), default=list, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="merged"
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("作者")
        verbose_name_plural = _("作者")
        permissions = [("merge_author", "Can merge authors")]
        ordering = ["sort_key", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "kind", "disambiguation"], name="author_unique"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="author_named"),
        ]

    def __str__(self) -> str:
        return (
            f"{self.name}（{self.disambiguation}）"
            if self.disambiguation
            else self.name
        )

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])


class Authorship(models.Model):
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="authorships",
        db_index=False,  # authorship_unique
    )
    author = models.ForeignKey(
        Author,
        models.PROTECT,
        related_name="authorships",
        verbose_name=_("作者"),
        db_index=False,  # author_articles
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    printed_name = models.CharField(_("印作"), max_length=100, blank=True)
    affiliation = models.CharField(_("单位"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("署名")
        verbose_name_plural = _("署名")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"], name="authorship_unique"
            )
        ]
        indexes = [models.Index(fields=["author", "-article"], name="author_articles")]

    def __str__(self) -> str:
        return f"{self.author} · {self.article}"

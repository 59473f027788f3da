"""A periodical and its columns (栏目)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.protected import Protected
from articles.querysets import PublicationQuerySet, SectionQuerySet


class PublicationKind(models.TextChoices):
    MAGAZINE = "magazine", _("期刊")
    NEWSPAPER = "newspaper", _("报纸")
    UNIDENTIFIED = "unidentified", _("未识别")


class Publication(Protected):
    """A magazine or newspaper.

    One row of kind UNIDENTIFIED is the home of dumps that do not say what they are.
    """

    title = models.CharField(_("刊名"), max_length=200)
    slug = models.SlugField(_("地址"), max_length=100, unique=True)
    sort_key = models.CharField(_("拼音"), max_length=200, blank=True)
    kind = models.CharField(
        _("类型"),
        max_length=20,
        choices=PublicationKind,
        default=PublicationKind.MAGAZINE,
    )
    publisher = models.CharField(_("主办单位"), max_length=300, blank=True)
    place = models.CharField(_("出版地"), max_length=100, blank=True)
    languages = models.CharField(
        _("语言"), max_length=50, default="zh-Hans", help_text=_("BCP 47，以逗号分隔")
    )
    permit_number = models.CharField(_("准印证号"), max_length=100, blank=True)
    issn = models.CharField("ISSN", max_length=9, blank=True)
    description = models.TextField(_("简介"), blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("刊物")
        verbose_name_plural = _("刊物")
        ordering = ["sort_key", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["title"], name="publication_title_unique"),
            models.CheckConstraint(
                condition=~models.Q(title=""), name="publication_title_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:publication", args=[self.slug])


class Section(Protected):
    """A column of a publication (栏目), under which its articles run.

    One that an editor renamed is still what imports know by its printed name.
    """

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="sections", verbose_name=_("刊物")
    )
    name = models.CharField(_("栏目"), max_length=100)
    slug = models.SlugField(_("地址"), max_length=120)
    sort_key = models.CharField(_("拼音"), max_length=200, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")
        ordering = ["sort_key", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "name"], name="section_name_unique"
            ),
            models.UniqueConstraint(
                fields=["publication", "slug"], name="section_slug_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:section", args=[self.publication.slug, self.slug])

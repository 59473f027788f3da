"""One issue of a publication; for a newspaper, one day of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.protected import Protected
from articles.models.publication import Publication
from articles.querysets import IssueQuerySet


class IssueKind(models.TextChoices):
    MAGAZINE = "magazine", _("期刊")
    NEWSPAPER_PAGE = "newspaper_page", _("报纸")


class Issue(Protected):
    """An issue is identified by its publication and ``key``.

    ``key`` is the end of its address and is made by
    ``articles.importing.identity.issue_key``: ``2021/5`` (year and number),
    ``2022/11-21`` (a newspaper's day), ``undated/3f2a91bc`` (nothing known: the
    beginning of its first dump's SHA-256).
    """

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="issues", verbose_name=_("刊物")
    )
    kind = models.CharField(_("类型"), max_length=20, choices=IssueKind)
    key = models.CharField(_("地址"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年"), null=True, blank=True)
    volume = models.PositiveSmallIntegerField(_("卷"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("期"), null=True, blank=True)
    total_number = models.PositiveIntegerField(_("总期"), null=True, blank=True)
    date = models.CharField(
        _("日期"),
        max_length=20,
        blank=True,
        help_text=_("EDTF：2021-05-10、2021-05、2021；不详则留空"),
    )
    sort_date = models.DateField(
        _("排序日期"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("日期或年、期所指的第一天"),
    )
    masthead = models.TextField(_("刊头"), blank=True)
    staff = models.TextField(_("编辑人员"), blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("刊期")
        verbose_name_plural = _("刊期")
        ordering = ["-sort_date", "-id"]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="issue_newest"),
            models.Index(
                fields=["publication", "-sort_date", "-id"], name="issue_of_publication"
            ),
        ]
        # Of two unidentified papers of one day each is an issue of its own, so the
        # last-resort keys ("undated/…") are unique by themselves only.
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "key"], name="issue_key_unique"
            ),
            models.UniqueConstraint(
                fields=["publication", "year", "number"],
                condition=models.Q(kind="magazine", number__isnull=False)
                & ~models.Q(key__startswith="undated/"),
                name="issue_number_unique",
            ),
            models.UniqueConstraint(
                fields=["publication", "date"],
                condition=models.Q(kind="newspaper_page")
                & ~models.Q(date="")
                & ~models.Q(key__startswith="undated/"),
                name="issue_date_unique",
            ),
            models.CheckConstraint(
                condition=~models.Q(key=""), name="issue_key_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.label()}"

    def label(self) -> str:
        """``2021年第5期（总第212期）``, ``2022-11-21``, or that the date is unknown."""
        if self.kind == IssueKind.NEWSPAPER_PAGE and self.date:
            return self.date
        if self.year and self.number:
            return self._numbered()
        known = self.date or (str(self.year) if self.year else "")
        # The key tells several undated issues apart.
        return known or gettext("日期不详（%s）") % self.key.split("/")[-1]

    def _numbered(self) -> str:
        facts = {"year": self.year, "volume": self.volume, "number": self.number}
        if self.volume:
            label = gettext("%(year)d年第%(volume)d卷第%(number)d期") % facts
        else:
            label = gettext("%(year)d年第%(number)d期") % facts
        if not self.total_number:
            return label
        return label + gettext("（总第%d期）") % self.total_number

    def get_absolute_url(self) -> str:
        year, number = self.key.split("/")
        return reverse("articles:issue", args=[self.publication.slug, year, number])


class FormerAddress(models.Model):
    """An address that an issue had before an editor said what it is; it redirects."""

    publication_slug = models.SlugField(max_length=100)
    key = models.CharField(max_length=40)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("旧地址")
        verbose_name_plural = _("旧地址")
        constraints = [
            models.UniqueConstraint(
                fields=["publication_slug", "key"], name="former_address_unique"
            )
        ]

    def __str__(self) -> str:
        return f"/issues/{self.publication_slug}/{self.key}/"

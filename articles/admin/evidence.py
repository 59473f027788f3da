"""What is printed, beside the fields that were read from it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.editing.printed import lines_of
from articles.models import Article, Block, Role

EVIDENCE = [Role.TITLE, Role.KICKER, Role.BYLINE, Role.AFFILIATION, Role.CREDIT]
EVIDENCE_SHOWN = 50


class PrintedEvidence:
    """Columns of an article's page: the lines in the role that a field is read from."""

    @admin.display(description=_("引题印作"))
    def printed_kicker(self, obj: Article) -> SafeString | str:
        return _printed(obj, Role.KICKER)

    @admin.display(description=_("题名印作"))
    def printed_title(self, obj: Article) -> SafeString | str:
        return _printed(obj, Role.TITLE)

    @admin.display(description=_("署名印作"))
    def printed_byline(self, obj: Article) -> SafeString | str:
        return _printed(obj, Role.BYLINE)

    @admin.display(description=_("单位印作"))
    def printed_affiliation(self, obj: Article) -> SafeString | str:
        return _printed(obj, Role.AFFILIATION)

    @admin.display(description=_("来源印作"))
    def printed_credit(self, obj: Article) -> SafeString | str:
        return _printed(obj, Role.CREDIT)


def _printed(article: Article, role: Role) -> SafeString | str:
    """The lines that were printed in this role, with their numbers."""
    lines = [
        pair
        for block in _evidence(article)
        if block.role == role
        for pair in lines_of(block)
    ]
    if not lines:
        return "—"
    return format_html_join("", '<span class="printed-line"><b>{}</b> {}</span>', lines)


def _evidence(article: Article) -> list[Block]:
    if not hasattr(article, "_evidence"):
        blocks = article.blocks.filter(role__in=EVIDENCE).order_by("position", "id")
        article._evidence = list(blocks[:EVIDENCE_SHOWN])  # type: ignore[attr-defined]
    return article._evidence  # type: ignore[attr-defined]

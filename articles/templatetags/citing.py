"""A ``Citation`` in templates: as reference lists, and as elements of the head."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.exports import citations, page_meta
from articles.exports.citations import Citation

register = template.Library()


@register.filter
def gbt_printed(citation: Citation) -> str:
    """The reference of the printed page."""
    return citations.as_gbt7714(citation)


@register.filter
def gbt_online(citation: Citation) -> str:
    """The reference of this page, read today."""
    return citations.as_gbt7714(citation, read_on=timezone.localdate())


@register.filter
def head_elements(citation: Citation) -> SafeString:
    """Highwire tags and JSON-LD."""
    return page_meta.head_elements(citation)

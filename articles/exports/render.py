"""XML from a template: the one place where imported text meets XML."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from articles.exports.plain import xml_text


def render_xml(template: str, context: dict[str, Any]) -> bytes:
    """Well-formed whatever the texts are: templates escape, forbidden characters go.

    In the portal's own language, whoever asks: an export is the same for everyone.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return xml_text(render_to_string(template, context).lstrip()).encode()

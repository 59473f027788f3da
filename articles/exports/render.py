"""XML from a template: the one place where imported text meets XML."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from articles.exports.plain import xml_text

Made = TypeVar("Made", bound=Callable[..., Any])


def in_own_language(function: Made) -> Made:
    """Whatever language the reader chose for the pages: an export is everyone's."""

    @wraps(function)
    def speaking(*args: Any, **kwargs: Any) -> Any:
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return cast(Made, speaking)


@in_own_language
def render_xml(template: str, context: dict[str, Any]) -> bytes:
    """Well-formed whatever the texts are: templates escape, forbidden characters go."""
    return xml_text(render_to_string(template, context).lstrip()).encode()

"""The language of the interface, as mark-up has it."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def html_lang() -> str:
    return "zh-Hans" if is_chinese() else (get_language() or "zh-Hans")


def lang_attribute() -> SafeString:
    """Marks Chinese runs on a page in another language: ``<a{{ zh }}>``."""
    return mark_safe("" if is_chinese() else ' lang="zh-Hans"')

"""What every page's frame needs, without a query for a reader who keeps nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.bookmarks import Shelf
from portal import preferences


def site(request: HttpRequest) -> dict[str, Any]:
    """``zh`` marks Chinese runs on a page in another language: ``<a{{ zh }}>``."""
    return {
        "site_name": settings.SITE_NAME,
        "languages": settings.LANGUAGES,
        "html_lang": _html_lang(),
        "zh": _lang_attribute(),
        "html_data": preferences.attributes(preferences.chosen_in(request)),
        "shelf": SimpleLazyObject(lambda: Shelf.of(request)),
    }


def _html_lang() -> str:
    return "zh-Hans" if _is_chinese() else (get_language() or "zh-Hans")


def _lang_attribute() -> SafeString:
    return mark_safe("" if _is_chinese() else ' lang="zh-Hans"')


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")

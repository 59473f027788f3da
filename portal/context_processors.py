"""What every page's frame needs, without a query for a reader who keeps nothing."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.bookmarks import Shelf
from articles.pages.tongue import html_lang, lang_attribute
from portal import preferences


def site(request: HttpRequest) -> dict[str, Any]:
    """``here`` is where a form leads back to; ``zh`` marks Chinese runs."""
    return {
        "site_name": settings.SITE_NAME,
        "languages": settings.LANGUAGES,
        "html_lang": html_lang(),
        "zh": lang_attribute(),
        "here": request.get_full_path(),
        "here_quoted": quote(request.get_full_path(), safe=""),
        "html_data": preferences.attributes(preferences.chosen_in(request)),
        "shelf": SimpleLazyObject(lambda: Shelf.of(request)),
    }

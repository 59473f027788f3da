"""Templates filled a hundred times a page: rendered once, then filled in like a form.

    filled(request, "articles/_search_line.html", address="/articles/x/", text=text)

is what rendering that template with these strings gives, in a hundredth of the time.
The template may print a *slot* (``{{ text }}``) and ask whether it is empty
(``{% if text %}``); filters and comparisons belong before the call.  For each language
and each pattern of empty slots the template is rendered once, with marks in the slots'
places, and kept.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 500  # skeletons kept
_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters, which no template has
_kept: dict[tuple[object, ...], str] = {}


def filled(request: HttpRequest, template: str, /, **slots: str | int) -> SafeString:
    """``article__title`` fills ``{{ article.title }}``.

    Strings are escaped unless they are safe already.
    """
    return _filled(_skeleton(request, template, slots), slots)


def filled_page(
    request: HttpRequest, template: str, /, **slots: str | int
) -> SafeString:
    """A whole page, for a reader of whom nothing is known (no cookie but the language's).

    The page's own address, which the frame repeats, is a slot as well.
    """
    path = request.get_full_path()
    slots |= {"path": path, "path_quoted": mark_safe(quote(path, safe=""))}
    anywhere = copy.copy(request)
    anywhere.get_full_path = lambda: _mark("path")  # type: ignore[method-assign]
    return _filled(_skeleton(anywhere, template, slots), slots)


def skeleton(request: HttpRequest, template: str, /, names: Iterable[str]) -> str:
    """For lists of which every slot is full: ``skeleton % {name: safe text}``."""
    return _skeleton(request, template, dict.fromkeys(names, "x"))


def _skeleton(request: HttpRequest, template: str, slots: Mapping[str, Any]) -> str:
    key = template, get_language(), *slots, *map(bool, slots.values())
    if (found := _kept.get(key)) is None:
        found = _rendered(request, template, slots)
        if len(_kept) >= MOST:
            _kept.clear()
        if not settings.DEBUG:  # there templates change under our feet
            _kept[key] = found
    return found


def _rendered(request: HttpRequest, template: str, slots: Mapping[str, Any]) -> str:
    context: dict[str, Any] = {}
    for name, value in slots.items():
        whole, _, part = name.partition("__")
        mark = _mark(name) if value else ""
        if part:
            context.setdefault(whole, {})[part] = mark
        else:
            context[whole] = mark
    page = render_to_string(template, context, request)
    page = page.replace(quote(_mark("path")), _mark("path_quoted"))
    return page.replace("%", "%%").replace(_OPEN, "%(").replace(_CLOSE, ")s")


def _mark(name: str) -> SafeString:
    return mark_safe(f"{_OPEN}{name}{_CLOSE}")


def _filled(skeleton: str, slots: Mapping[str, str | int]) -> SafeString:
    safe = {
        name: value if hasattr(value, "__html__") else escape(str(value))
        for name, value in slots.items()
    }
    return mark_safe(skeleton % safe)

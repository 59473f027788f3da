"""Filling in a template without running it again.

Django spends milliseconds on a page that is the same for everybody but for thirty
words.  So a template is run once for each *shape* of what it is given, with marks in
place of the words; what comes out is cut at the marks, and from then on a page is those
pieces with the words between them.

In: a template, and values that are texts (escaped here unless they are safe), flags, or
``Fixed`` texts that the template compares.  A template so used may ask whether a value
is there, and print it; it may not look inside it, filter it, or read the request.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.pages.tongue import html_lang, lang_attribute

# Private use: no template has them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_SPECIAL = re.compile("[&<>\"']")
_MARK = re.compile(f"{_OPEN}(\\w+){_CLOSE}")
SHAPES_KEPT = 512

Value = str | bool | None
Shape = tuple[tuple[str, str | bool], ...]


class Fixed(str):
    """A text that the template compares or translates: part of the shape."""

    __slots__ = ()


def fill(template: str, values: Mapping[str, Value]) -> SafeString:
    """A part of a page."""
    keep = _fresh if settings.DEBUG else _kept
    return _join(keep(template, get_language(), _shape(values)), values)


def fill_page(
    template: str, values: Mapping[str, Value], request: HttpRequest, alike: str
) -> SafeString:
    """A whole page, with what its frame needs of the request.

    ``alike`` names what of the request the frame shows besides ``values``; requests of
    one name share one shape.  For a reader whose own things the frame shows, call
    Django's ``render`` with the same values.
    """
    key = template, get_language(), alike, _shape(values)
    cut = None if settings.DEBUG else _pages.get(key)
    if cut is None:
        context = _marked(key[3])
        cut = _cut(render_to_string(template, context, request))
        if len(_pages) >= SHAPES_KEPT:
            _pages.clear()
        _pages[key] = cut
    return _join(cut, values)


_pages: dict[tuple[object, ...], tuple[str, ...]] = {}


def _shape(values: Mapping[str, Value]) -> Shape:
    return tuple(
        [
            (name, value if value.__class__ in (Fixed, bool) else bool(value))
            for name, value in values.items()
        ]
    )


def _fresh(template: str, language: str, shape: Shape) -> tuple[str, ...]:
    return _cut(render_to_string(template, _marked(shape)))


_kept = lru_cache(maxsize=SHAPES_KEPT)(_fresh)


def _marked(shape: Shape) -> dict[str, str]:
    """A flag and a text that is there look alike: both are true, one is printed.
    What is not there prints nothing."""
    marked: dict[str, str] = {
        name: mark_safe(f"{_OPEN}{name}{_CLOSE}") if value is True else value or ""
        for name, value in shape
    }
    return {"zh": lang_attribute(), "html_lang": html_lang(), **marked}


def _cut(page: str) -> tuple[str, ...]:
    """Text, name, text, name … text."""
    return tuple(_MARK.split(page))


def _join(cut: tuple[str, ...], values: Mapping[str, Value]) -> SafeString:
    parts = list(cut)
    parts[1::2] = [escaped(values[name]) for name in cut[1::2]]
    return SafeString("".join(parts))


def escape(text: str) -> str:
    """As ``html.escape`` does it; most texts have nothing to escape."""
    return html.escape(text) if _SPECIAL.search(text) else text


def escaped(value: Value) -> str:
    """Django's ``conditional_escape``, for what a template here may be given."""
    return value if value.__class__ is SafeString else escape(str(value))

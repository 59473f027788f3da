"""A page from flat values: filled in for anybody, rendered for a reader of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string

from articles.pages.stencil import Value, fill_page
from articles.views.fresh import frame_of, is_personal


def page_html(request: HttpRequest, template: str, values: Mapping[str, Value]) -> str:
    """``values``: as articles.pages.stencil takes them."""
    values = {**where(request), **values}
    if is_personal(request):
        return render_to_string(template, values, request)
    return fill_page(template, values, request, alike=frame_of(request))


def where(request: HttpRequest) -> dict[str, Value]:
    """What the frame of every page shows of its address."""
    here = request.get_full_path()
    return {"here": here, "here_quoted": quote(here, safe="")}

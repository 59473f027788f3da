"""Marking the hits of a search in a page that is not the page of results."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token

from articles.search.marks import Marker, mark_html

register = template.Library()


class _Marked(Node):
    def __init__(self, content: NodeList) -> None:
        self.content = content

    def render(self, context: Any) -> str:
        page = self.content.render(context)
        marker: Marker | None = context.get("marker")
        return mark_html(page, marker) if marker else page


@register.tag
def marked(parser: Parser, token: Token) -> _Marked:
    """``{% marked %}…{% endmarked %}``: with the hits of ``marker`` marked, if there is one."""
    content = parser.parse(("endmarked",))
    parser.delete_first_token()
    return _Marked(content)

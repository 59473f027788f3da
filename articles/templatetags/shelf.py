"""Addresses of a shelf's page: this filter with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template

from articles.bookmarks.listing import Wanted
from articles.bookmarks.marks import marks_in
from articles.models import Article

register = template.Library()


@register.simple_tag
def with_tag(wanted: Wanted | str, name: str) -> str:
    """``wanted`` may be missing: then the address wants only the tag."""
    if not isinstance(wanted, Wanted):
        return Wanted(tags=(name,)).address()
    tags = tuple(dict.fromkeys([*wanted.tags, name]))
    return replace(wanted, tags=tags).address()


@register.simple_tag
def without_tag(wanted: Wanted, name: str) -> str:
    tags = tuple(other for other in wanted.tags if other != name)
    return replace(wanted, tags=tags).address()


@register.simple_tag
def with_topic(wanted: Wanted, slug: str) -> str:
    return replace(wanted, topic=slug).address()


@register.simple_tag
def address(wanted: Wanted) -> str:
    return wanted.address()


@register.simple_tag(takes_context=True)
def marks_of_reader(context: dict[str, Any], article: Article) -> dict[str, Any]:
    return marks_in(context["shelf"], article)


@register.filter
def add_id(prefix: str, pk: int) -> str:
    return f"{prefix}{pk}"

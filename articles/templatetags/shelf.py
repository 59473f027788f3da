"""Addresses of a shelf's page: this filter with one thing changed."""

from __future__ import annotations

from dataclasses import replace

from django import template

from articles.bookmarks.listing import Wanted

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

"""A filled skeleton is what rendering the template with the same strings gives."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override

from articles.pages.skeletons import filled, filled_page

HOSTILE = "<b>&\"'%(title)s %d {{ x }} \ue000text\ue001"


def request_for(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("empty", [*itertools.product([True, False], repeat=2)])
def test_every_pattern_of_empty_slots(language: str, empty: tuple[bool, bool]) -> None:
    request = request_for("/")
    slots = {
        "address": "/a?q=%E5&b=1", "block": "p1", "text": mark_safe("<mark>的</mark>"),
        "is_printed": "" if empty[0] else "x", "is_corrected": "" if empty[1] else "x",
    }  # fmt: skip
    template = "articles/_search_line.html"
    with override(language):
        for _ in range(2):  # made, then kept
            assert filled(request, template, **slots) == render_to_string(
                template, slots, request
            )


def test_hostile_strings_are_escaped_and_nothing_more() -> None:
    request = request_for("/")
    slots = {
        "label": HOSTILE,
        "chosen": HOSTILE,
        "drop": HOSTILE,
        "first": "",
        "more": "",
    }
    template = "articles/_search_facet.html"
    for _ in range(2):
        assert filled(request, template, **slots) == render_to_string(
            template, slots, request
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/search/?q=%E7%9A%84", "/search/?q=a%26b&x=%25(path)s"]
)
def test_a_page_knows_its_own_address(path: str) -> None:
    slots = {"query": HOSTILE, "query_short": HOSTILE, "nothing_asked": "x"}
    filled_page(request_for("/search/?q=another"), "articles/search.html", **slots)
    page = filled_page(request_for(path), "articles/search.html", **slots)
    assert page == render_to_string("articles/search.html", slots, request_for(path))

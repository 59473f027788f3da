"""A reader's settings: in a cookie, on the page before any script, never a trap."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from portal.preferences import CHOICES, COOKIE
from tests.views.conftest import Collection

LIKED = {"theme": "sepia", "size": "huge", "width": "wide", "leading": "loose"}


def test_what_was_chosen_stands_on_every_page(
    collection: Collection, client: Client
) -> None:
    answer = client.post("/settings/", {**LIKED, "face": "serif", "next": "/topics/"})
    assert answer.status_code == 302 and answer["Location"] == "/topics/"
    for address in collection.addresses():
        opening = client.get(address).content.decode().split(">")[1]
        for name, value in LIKED.items():
            assert f'data-{name}="{value}"' in opening, address
        assert "data-face" not in opening  # the default needs no saying
    checked = re.findall(
        r'name="(\w+)" value="(\w+)"(?: data-default)? checked',
        client.get("/settings/").content.decode(),
    )
    assert dict(checked) == {**{c.name: c.default for c in CHOICES}, **LIKED}


def test_all_defaults_need_no_cookie(db: None, client: Client) -> None:
    client.post("/settings/", LIKED)
    client.post("/settings/", {choice.name: choice.default for choice in CHOICES})
    assert client.cookies[COOKIE].value == ""


@pytest.mark.parametrize(
    "cookie", ["theme:mauve", 'theme:"><script>', "size", ":::...", "a:b.theme:dark.c"]
)
def test_a_strange_cookie_is_no_choice(db: None, client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    html = client.get("/settings/").content.decode()
    assert html.split(">")[1] == '\n<html lang="zh-Hans"' + (
        ' data-theme="dark"' if "dark" in cookie else ""
    )


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", ""])
def test_the_way_back_stays_on_the_site(db: None, client: Client, target: str) -> None:
    answer = client.post("/settings/", {"theme": "dark", "next": target})
    assert answer["Location"] in ("/", "")


def test_looking_at_the_settings_sets_no_cookie(db: None, client: Client) -> None:
    assert not client.get("/settings/").cookies

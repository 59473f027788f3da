"""Fills in a page's form as a browser would: everything that was sent comes back.

response = submit(desk, url, {"title": "槐下棋局"}, press="_continue")
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Fields = dict[str, list[str]]


def submit(
    client: Client, url: str, changes: dict[str, Any], press: str = "_continue"
) -> Any:
    """Opens the page, changes some fields and presses a button."""
    return send(client, url, opened(client, url), changes, press)


def opened(client: Client, url: str) -> Fields:
    """The fields of the page's form, as the browser that opened it holds them."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return read_form(response)


def send(
    client: Client,
    url: str,
    fields: Fields,
    changes: dict[str, Any],
    press: str = "_continue",
) -> Any:
    """A change to None unticks a box; a list ticks several of one name."""
    data = {**fields, press: ["1"]}
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    return client.post(url, {k: v for k, v in data.items() if v != [None]})


def read_form(response: HttpResponse) -> Fields:
    reader = _FormReader()
    reader.feed(response.content.decode())
    return reader.fields


class _FormReader(HTMLParser):
    """Collects what the last POST form of a page would send; line ends as browsers do."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.textarea = self.select = ""
        self.text: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = (
                a.get("method", "").lower() == "post"
                and a.get("id", "") != "logout-form"
            )
            if self.inside:
                self.fields = {}
        if not self.inside:
            return
        name = "" if "disabled" in a else a.get("name", "")
        if (
            tag == "input"
            and name
            and a.get("type") not in ("submit", "button", "image")
        ):
            ticks = a.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in a:
                self._add(name, a.get("value", "on" if ticks else ""))
        elif tag == "textarea":
            self.textarea, self.text = name, []
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in a:
            self._add(self.select, a.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            self._add(self.textarea, "".join(self.text).removeprefix("\n"))
            self.textarea = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False

    def _add(self, name: str, value: str) -> None:
        sent = value.replace("\r\n", "\n").replace("\n", "\r\n")
        self.fields.setdefault(name, []).append(sent)

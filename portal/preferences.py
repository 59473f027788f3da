"""How a reader likes a page to look, kept in a cookie: no account, no script, no flash.

The server writes the choices on <html>, where tokens.css reads them; a page that has
arrived is already right.  A choice that is the default is left out of both, so most
readers have no such cookie at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

COOKIE = "reading"


@dataclass(frozen=True)
class Choice:
    """One row of the form.  The first of ``values`` is the default."""

    name: str
    label: str
    values: dict[str, str]  # value: label

    @property
    def default(self) -> str:
        return next(iter(self.values))


CHOICES = (
    Choice(
        "theme",
        _("颜色"),
        {
            "system": _("跟随系统"),
            "light": _("浅色"),
            "sepia": _("米黄"),
            "dark": _("深色"),
        },
    ),
    Choice(
        "size",
        _("字号"),
        {"medium": _("中"), "small": _("小"), "large": _("大"), "huge": _("特大")},
    ),
    Choice(
        "width",
        _("行宽"),
        {"medium": _("适中"), "narrow": _("窄"), "wide": _("宽")},
    ),
    Choice(
        "leading",
        _("行距"),
        {"medium": _("适中"), "tight": _("紧"), "loose": _("松")},
    ),
    Choice("face", _("字体"), {"serif": _("宋体"), "sans": _("黑体")}),
    Choice("keys", _("单键快捷键"), {"on": _("开"), "off": _("关")}),
)
# The order in which a reader sees the values, where the default is not the first.
ORDER = {
    "size": ("small", "medium", "large", "huge"),
    "width": ("narrow", "medium", "wide"),
    "leading": ("tight", "medium", "loose"),
}


def chosen_in(request: HttpRequest) -> dict[str, str]:
    """What differs from the defaults; anything unknown in the cookie is no choice."""
    cookie = request.COOKIES.get(COOKIE, "")
    if not cookie:
        return {}
    return _known(dict(part.partition(":")[::2] for part in cookie.split(".")))


def _known(values: Mapping[str, str]) -> dict[str, str]:
    return {
        choice.name: values[choice.name]
        for choice in CHOICES
        if values.get(choice.name, choice.default) != choice.default
        and values[choice.name] in choice.values
    }


def attributes(chosen: Mapping[str, str]) -> SafeString:
    """`` data-theme="dark" data-size="large"`` for <html>."""
    if not chosen:
        return SafeString()
    return format_html_join("", ' data-{}="{}"', chosen.items())


def rows(chosen: Mapping[str, str]) -> list[tuple[Choice, list[tuple[str, str, bool]]]]:
    """For the form: each choice, and its values with label and whether it is taken."""
    return [
        (
            choice,
            [
                (
                    value,
                    choice.values[value],
                    value == chosen.get(choice.name, choice.default),
                )
                for value in ORDER.get(choice.name, choice.values)
            ],
        )
        for choice in CHOICES
    ]


def keep(response: HttpResponse, posted: Mapping[str, str]) -> None:
    """Sets the cookie that remembers what was posted, or removes it: all defaults."""
    chosen = _known(posted)
    if not chosen:
        response.delete_cookie(COOKIE, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return
    response.set_cookie(
        COOKIE,
        ".".join(f"{name}:{value}" for name, value in chosen.items()),
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )

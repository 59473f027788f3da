"""Form controls written without a template.

A page of an article has a hundred of each; Django renders a template for every one
(and one for every option), which took most of the page's time.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = mark_safe(" selected")


class PlainHidden(forms.HiddenInput):
    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        shown = self.format_value(value)
        given = {} if shown is None else {"value": shown}
        return format_html(
            '<input type="hidden"{}>',
            flatatt({**self.attrs, **(attrs or {}), "name": name, **given}),
        )


class PlainTextarea(forms.Textarea):
    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        # The parser of a browser drops the first line break.
        return format_html(
            "<textarea{}>\n{}</textarea>",
            flatatt({**self.attrs, **(attrs or {}), "name": name}),
            self.format_value(value) or "",
        )


class PlainSelect(forms.Select):
    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SELECTED if key == value else "", label)
                for key, label in self.choices
            ),
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt({**self.attrs, **(attrs or {}), "name": name}),
            options,
        )

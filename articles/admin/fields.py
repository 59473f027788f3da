"""Form fields that take text as the database has it, so that looking is not changing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlainText(forms.CharField):
    """Text whose line ends are ``\\n``: a browser sends ``\\r\\n`` for every one of them."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class LinesField(forms.CharField):
    """A JSON list of strings, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in super().to_python(value).splitlines())
        return [line for line in lines if line]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)

    def run_validators(self, value: list[str]) -> None:
        for line in value:
            super().run_validators(line)


class TermsField(LinesField):
    """``[{"term": "乡村", "weight": 2}, …]`` as lines: ``乡村 2``; no number is 1."""

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        if isinstance(value, list):
            return value
        return [_term(line) for line in super().to_python(value)]

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{row['term']} {row.get('weight', 1)}" for row in value)

    def run_validators(self, value: list[dict[str, Any]]) -> None:
        super().run_validators([row["term"] for row in value])


def _term(line: str) -> dict[str, Any]:
    term, _space, weight = line.rpartition(" ")
    if not term:
        return {"term": line, "weight": 1}
    try:
        number = float(weight)
    except ValueError:
        raise forms.ValidationError(
            _("“%(line)s”：行末应是数字，如“乡村 2”"), params={"line": line}
        ) from None
    return {
        "term": term.strip(),
        "weight": int(number) if number == int(number) else number,
    }


def form_field(db_field: models.Field, kwargs: dict[str, Any]) -> dict[str, Any]:
    """Adds to the arguments of ``formfield`` the class that keeps the text as it is."""
    if (
        isinstance(db_field, models.CharField | models.TextField)
        and not db_field.choices
    ):
        kwargs.setdefault("form_class", PlainText)
    return kwargs


def list_field(db_field: models.Field, field_class: type[LinesField]) -> LinesField:
    return field_class(
        label=db_field.verbose_name, help_text=db_field.help_text, required=False
    )

"""Two editors at once: each form carries what its reader saw.

Every field has a hidden twin with the value at the time the page was made
(``show_hidden_initial``).  On saving there are three values: seen, now in the
database, and typed.  Only typed fields (typed ≠ seen) are written, so two editors of
one article who work on different fields both have their way.  Where both changed the
same field nothing is saved: the page comes back with the other's words beside one's
own, and saving again means having seen them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.admin.plain_widgets import PlainHidden

OVERTAKEN = "overtaken"


class SeenForm(forms.ModelForm):
    """A form of an existing row that never overwrites what its reader has not seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for field in self.fields.values():
                field.show_hidden_initial = True
                field.hidden_widget = PlainHidden

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            for name in self._changed_by_others():
                self._meet(name, cleaned)
        return cleaned

    def _post_clean(self) -> None:
        """Rows that nobody touched need no validation (a query each for constraints)."""
        if self.instance.pk and not self.has_changed():
            return
        super()._post_clean()

    def _changed_by_others(self) -> list[str]:
        names = [n for n, f in self.fields.items() if f.show_hidden_initial]
        return [name for name in names if self._was_overtaken(name)]

    def _was_overtaken(self, name: str) -> bool:
        bound = self[name]
        return bound.html_initial_name in self.data and bound.field.has_changed(
            bound.initial, self.data[bound.html_initial_name]
        )

    def _meet(self, name: str, cleaned: dict[str, Any]) -> None:
        """Takes the other's value where this editor typed nothing; else asks."""
        bound = self[name]
        typed = name in self.changed_data
        if typed and bound.field.has_changed(bound.initial, bound.data):
            self.add_error(name, _overtaken(shown(self.instance, name)))
        elif not typed and name in cleaned:
            cleaned[name] = getattr(self.instance, name)
        self._now_seen(bound, typed)

    def _now_seen(self, bound: forms.BoundField, typed: bool) -> None:
        now = bound.field.prepare_value(bound.initial)
        now = "" if now is None else str(now)
        self.data = self.data.copy()
        self.data[bound.html_initial_name] = now
        if not typed:
            self.data[bound.html_name] = now


def shown(row: models.Model, name: str) -> str:
    """What the database has in this field, in the words of the form."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _overtaken(now: str) -> ValidationError:
    return ValidationError(
        _("另一位编辑刚把此处改为“%(now)s”。要以您的为准，请再保存一次。"),
        code=OVERTAKEN,
        params={"now": now},
    )

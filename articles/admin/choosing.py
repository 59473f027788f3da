"""Choosing one of many rows without a query for every row of a form."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect


class KnownChoice(AutocompleteSelect):
    """An autocomplete box that is told its present choice.

    Django's own asks the database for its label, once for each row of an inline.
    """

    known: dict[str, str] = {}

    def know(self, pk: Any, label: str) -> None:
        self.known = {str(pk): label}

    def optgroups(
        self, name: str, value: list[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int]]:
        chosen = [str(v) for v in value if v not in (None, "")]
        if not chosen or any(pk not in self.known for pk in chosen):
            return super().optgroups(name, value, attr)
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options = [
            self.create_option(name, pk, self.known[pk], True, index, attrs=attr)
            for index, pk in enumerate(chosen)
        ]
        return [(None, blank + options, 0)]


class SectionChoice(KnownChoice):
    """Offers the columns of one publication (see ``SectionAdmin.get_queryset``)."""

    publication: int | None = None

    def get_url(self) -> str:
        url = super().get_url()
        return f"{url}?publication={self.publication}" if self.publication else url

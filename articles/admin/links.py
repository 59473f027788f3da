"""Links between the pages of the admin, and out to what readers see."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def change_url(row: Model) -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def link(row: Model | None, text: Any = None) -> SafeString | str:
    """A link to the row's page here, or a dash."""
    return (
        format_html('<a href="{}">{}</a>', change_url(row), text or row) if row else "—"
    )


def list_link(model: type[Model], text: Any, **query: Any) -> SafeString:
    """A link to a list, narrowed by ``query``."""
    meta = model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist", query=query)
    return format_html('<a href="{}">{}</a>', url, text)

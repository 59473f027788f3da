"""Pages of rows that an import writes too: what an editor saves here stays.

Only the fields that the editor changed are written; each is remembered as edited and
shown with who did it and when, and a box hands it back to the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.admin.desk import DeskAdmin
from articles.admin.seen import SeenForm
from articles.editing.fields import locked, release_field, save_fields
from articles.editing.history import Edit, Hand, last_hands
from articles.editing.release import field_label
from articles.editing.words import in_words
from articles.models.protected import Protected

RELEASE = "_release"  # name of the boxes; value "title", or "block-55-text"


@dataclass(frozen=True)
class Mark:
    """A field that an editor has changed: what the import said, and whose hand it was."""

    value: str
    label: str
    imported: Any
    hand: Hand | None

    @property
    def imported_text(self) -> str:
        return in_words(self.imported)

    def html(self) -> SafeString:
        return render_to_string(
            "admin/articles/_mark.html", {"mark": self, "name": RELEASE}
        )


def marks_of(
    row: Protected, hands: dict[tuple[str, int, str], Hand], prefix: str = ""
) -> dict[str, Mark]:
    """A mark for each protected field of the row."""
    model = str(row._meta.model_name)
    return {
        field: Mark(
            prefix + field,
            field_label(row, field),
            imported,
            hands.get((model, row.pk, field)),
        )
        for field, imported in row.base.items()
    }


class ProtectedForm(SeenForm):
    """A form that shows the marks of its row under the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edits: list[Edit] = []
        if not self.instance.pk or not self.instance.base:
            return
        for name, mark in marks_of(self.instance, last_hands(self.instance)).items():
            if name in self.fields:
                self.fields[name].help_text = mark.html()


class ProtectedAdmin(DeskAdmin):
    form = ProtectedForm

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """Locks the row while it is being saved: the next editor waits, then sees."""
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        locked(row)
        return super().get_object(request, object_id, from_field)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Writes what the editor typed and nothing else."""
        if not change:
            obj.save()
            return
        form.edits += save_fields(
            obj, [n for n in form.changed_data if n in form.fields]
        )

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            form.edits += getattr(formset, "edits", [])
        for value in request.POST.getlist(RELEASE) if change else []:
            form.edits += self.release(form.instance, value)

    def release(self, row: Any, value: str) -> list[Edit]:
        """Hands back what a box named; a name that is none does nothing."""
        return release_field(row, value)

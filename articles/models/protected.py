"""What an editor changed, remembered so that no import undoes it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Protected(models.Model):
    """A row that both an import and an editor write.

    ``base`` maps the name of each field an editor has changed to the value the last
    import gave it.  So its keys say what an import must leave alone, and its values
    are the common ancestor of a three-way merge (base, new import, editor's).
    """

    base = models.JSONField(_("导入值"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def protect(self, field: str, imported: Any) -> None:
        """Records that an editor replaced ``imported`` (JSON-able) in ``field``."""
        self.base.setdefault(field, imported)

    def is_protected(self, field: str) -> bool:
        return field in self.base

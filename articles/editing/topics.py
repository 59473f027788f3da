"""An editor's word on the topics of an article; no rule overrules it afterwards."""

from __future__ import annotations

from articles.editing.history import Edit
from articles.models import ArticleTopic, Origin


def decide(row: ArticleTopic, decision: str) -> list[Edit]:
    """Accepts or declines a topic, whoever suggested it; the evidence stays.

    A declined one stays as a row, so that no rule brings it back.
    """
    before = ArticleTopic.objects.select_for_update().get(pk=row.pk)
    if (before.decision, before.origin) == (decision, Origin.EDITOR):
        return []
    row.decision, row.origin = decision, Origin.EDITOR
    row.save(update_fields=["decision", "origin"])
    return [Edit.of(row, "decision", before.decision, decision)]


def give(row: ArticleTopic) -> list[Edit]:
    """Saves a topic that an editor added."""
    row.origin = Origin.EDITOR
    row.save()
    return [Edit.of(row, "decision", None, row.decision)]

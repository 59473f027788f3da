"""The first vocabulary of topics, from a file into the tables.

In: a JSON list of ``{"name", "slug", "description", "terms": [{"term", "weight"}]}``.
Out: rows of ``Topic``.  A topic that an editor has touched (its origin says so) is
never written again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from articles.importing.pinyin import sort_key
from articles.journal import Journal
from articles.models import Origin, Revision, Topic, Way

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "topics.json"


def ensure_topics() -> int:
    """Loads the first vocabulary where there is none; returns how many topics came."""
    return 0 if Topic.objects.exists() else load_topics(FIXTURE, Way.IMPORT)


@transaction.atomic
def load_topics(path: Path, way: str = Way.COMMAND) -> int:
    """Adds the file's topics and renews those no editor has touched; the history has it.

    Returns how many rows are new or different: none the second time.  Raises
    ValueError naming what is wrong with the file.
    """
    topics = _read(path)
    known = {topic.name: topic for topic in Topic.objects.all()}
    journal = Journal()
    journal.watch(Topic.objects.all())
    changed = 0
    for values in topics:
        row = known.get(values["name"])
        if row is None:
            Topic.objects.create(origin=Origin.RULE, **values)
        elif row.origin == Origin.EDITOR or _says(row, values):
            continue
        else:
            Topic.objects.filter(pk=row.pk).update(**values)
        changed += 1
    if changes := journal.changes():
        Revision.objects.create(
            way=way, what=gettext_noop("主题词表：%(n)d 个有变化"), facts={"n": changed},
            changes=changes,
        )  # fmt: skip
    return changed


def _says(row: Topic, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        topics = json.loads(path.read_text(encoding="utf-8"))
        return [_topic(topic) for topic in topics]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error


def _topic(topic: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": str(topic["name"]),
        "slug": str(topic["slug"]),
        "sort_key": sort_key(str(topic["name"]), 100),
        "description": str(topic.get("description", "")),
        "terms": [
            {"term": str(t["term"]), "weight": float(t.get("weight", 1))}
            for t in topic["terms"]
        ],
    }

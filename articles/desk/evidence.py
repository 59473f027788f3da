"""What a task shows of the print: the lines it is about, as they are and as they might be.

Of a long line the beginning and the end, where joints are.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.editing.alternative import can_take
from articles.editing.printed import lines_numbered
from articles.models import SourceDump, Task
from articles.problems import doubts_in_words

SHOWN = 8  # lines
END = 34  # characters


@dataclass(frozen=True)
class Evidence:
    """Lines in reading order; ``more``: there are others; ``home``: another article."""

    lines: list[tuple[int, str]]
    more: bool
    home: str = ""


@dataclass(frozen=True)
class Shown:
    """``now``: the paragraph's lines, or what a problem names; ``instead``: the parser's
    next-best reading, if one can be taken.  ``doubts``: why the parser asks, in words."""

    now: Evidence
    instead: Evidence | None
    doubts: list[str]


def evidence(task: Task) -> Shown | None:
    """None for a task that is about no lines.  Two queries."""
    now = list(task.block.lines if task.block else task.detail.get("lines", []))
    if not now or task.dump_id is None:
        return None
    other = (task.block.alternative or {}) if task.block and can_take(task) else {}
    instead = list(other.get("lines", []))
    dump = SourceDump.objects.get(pk=task.block.dump_id if task.block else task.dump_id)
    texts = lines_numbered(dump, {*now, *instead})
    reasons = task.detail.get("reasons", [])
    return Shown(
        _evidence(now, texts),
        _evidence(instead, texts, str(other.get("article") or "")) if instead else None,
        doubts_in_words(reasons),
    )


def _evidence(numbers: list[int], texts: dict[int, str], home: str = "") -> Evidence:
    shown = [(n, _ends(texts[n])) for n in numbers[:SHOWN] if n in texts]
    return Evidence(shown, len(numbers) > SHOWN, home)


def _ends(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 2 * END + 4 else f"{text[:END]} …… {text[-END:]}"

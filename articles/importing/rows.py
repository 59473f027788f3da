"""What the writing steps of one import hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.models import Article, Author


@dataclass(slots=True)
class Rows:
    """``touched``: articles that are new or different, or whose text is.

    ``renamed``: authors of whom another printed form is known now.
    """

    by_id: dict[str, Article] = field(default_factory=dict)
    touched: list[Article] = field(default_factory=list)
    renamed: list[Author] = field(default_factory=list)

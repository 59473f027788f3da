"""The imported paragraphs that the lines of an editor's block come from.

An *origin* is what the last import made of some lines, in plain values::

    {"lines": [12, 14], "role": "paragraph", "article": "3f2a…", "confidence": 0.8,
     "reasons": […], "alternative": None}

A block whose lines are exactly one imported paragraph's says so by itself.  One that an
editor cut or joined has the origins of its lines under ``base["lines"]``, so that
joining what was cut, or cutting what was joined, gives back what the import had.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from articles.dump import BlockRole, FurnitureRole, tidy_block
from articles.importing.protect import plain_value
from articles.models import Block

Origin = dict[str, Any]
KEPT = ("confidence", "reasons", "alternative")
FURNITURE = frozenset(role.value for role in FurnitureRole)


def origins_of(block: Block) -> list[Origin]:
    """In the order of the block's lines."""
    if "lines" in block.base:
        return list(block.base["lines"])
    imported = {
        name: block.base.get(name, plain_value(block, name))
        for name in ("role", "article")
    }
    kept = {name: getattr(block, name) for name in KEPT}
    return [{"lines": list(block.lines), **imported, **kept}]


def counterpart(origins: Iterable[Origin], lines: Sequence[int]) -> Origin:
    """The one that has most of ``lines``; of equals the one that has the first."""
    wanted = set(lines)
    return max(origins, key=lambda origin: len(wanted.intersection(origin["lines"])))


def of_lines(origins: Iterable[Origin], lines: Sequence[int]) -> list[Origin]:
    """Those that have one of ``lines``, each once, in the order of ``lines``."""
    places = {n: at for at, n in enumerate(lines)}
    found: dict[int, Origin] = {}
    for origin in origins:
        if at := [places[n] for n in origin["lines"] if n in places]:
            found.setdefault(min(at), origin)
    return [found[at] for at in sorted(found)]


def is_whole(origins: Sequence[Origin], lines: Sequence[int]) -> bool:
    """Are ``lines`` exactly one imported paragraph?"""
    return len(origins) == 1 and origins[0]["lines"] == list(lines)


def machine_text(role: str, printed: Sequence[str]) -> str:
    """What the program reads in these printed lines, if they are one paragraph."""
    if role in FURNITURE:
        return "\n".join(printed)
    return tidy_block(BlockRole(role), printed)[0]


def imported_role_of(block: Block) -> str:
    """The role that the last import gave the block's lines."""
    origins = of_lines(origins_of(block), block.lines)
    return str(counterpart(origins, block.lines)["role"])

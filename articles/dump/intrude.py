"""Headlines that stand in the middle of a sentence announce another article.

In: ``Dump.labels``.  Out: the same, with headings that cut a sentence turned
into headlines.  A heading always follows a finished paragraph; a line that
stands between the two halves of one sentence was set there by the page, so it
heads another text, whose byline may be at its end or nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from . import join
from .flow import FURNITURE_ROLES, Dump, Label, Role
from .ngrams import learn
from .sheet import SHORT, is_numbered

_SURE = 2.5  # score of a joint that nearly only true halves reach
_NEVER = 0.0  # score below which the halves are none; two such lines begin a text
_MAX_LINES = 3  # a headline has no more


def find_intruders(dump: Dump) -> Dump:
    """Relabel unnumbered headings between the halves of a sentence."""
    labels = list(dump.labels)
    seen = [
        i for i, lab in enumerate(labels) if lab and lab.role not in FURNITURE_ROLES
    ]
    spots = list(_spots(dump, seen))
    if not spots:
        return dump
    model = learn(u.cue for u in dump.units if u.size > SHORT)
    for before, lines, after in spots:
        left = join.left_end(dump.units[before].cue, dump.units[before].text)
        right = join.right_end(dump.units[after].cue, dump.units[after].text)
        score = join.score(join.features(left, right, model))
        if score >= _SURE or (len(lines) >= 2 and score < _NEVER):
            for i in lines:
                labels[i] = Label(
                    Role.TITLE, "stands inside a sentence of another text", 0.75
                )
    return replace(dump, labels=tuple(labels))


def _spots(dump: Dump, seen: list[int]) -> list[tuple[int, list[int], int]]:
    """(open paragraph, headings, next paragraph) wherever they follow each other."""
    spots = []
    for at, i in enumerate(seen):
        if not _open_text(dump, i):
            continue
        end = at + 1
        while (
            end < len(seen)
            and end - at <= _MAX_LINES
            and _bare_heading(dump, seen[end])
        ):
            end += 1
        if (
            end > at + 1
            and end < len(seen)
            and _role(dump, seen[end]) is Role.PARAGRAPH
        ):
            spots.append((i, seen[at + 1 : end], seen[end]))
    return spots


def _open_text(dump: Dump, i: int) -> bool:
    unit = dump.units[i]
    return (
        _role(dump, i) is Role.PARAGRAPH
        and unit.size > SHORT
        and join.stops_short(unit.cue)
    )


def _bare_heading(dump: Dump, i: int) -> bool:
    return _role(dump, i) is Role.HEADING and not is_numbered(dump.units[i])


def _role(dump: Dump, i: int) -> Role | None:
    label = dump.labels[i]
    return label.role if label else None

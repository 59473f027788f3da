"""Headlines that stand in the middle of a sentence announce another article.

In: ``Dump.labels``.  Out: the same, with headings that cut a sentence turned
into headlines.  A heading always follows a finished paragraph; a line that
stands between the two halves of one sentence was set there by the page, so it
heads another text, whose byline may be at its end or nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import cues, join
from .flow import FURNITURE_ROLES, Dump, Label, Role
from .fluency import shipped
from .ngrams import CharModel, learn
from .sheet import SHORT, is_numbered, sentence_like

_SURE = 2.5  # score of a joint that nearly only true halves reach
_NEVER = 0.0  # score below which the halves are none; two such lines begin a text
_BEGINS = 0.0  # log-odds above which a text rather begins than goes on
_HEADLINE = 30  # characters of a headline without any mark
_MAX_LINES = 3  # a headline has no more


def find_intruders(dump: Dump) -> Dump:
    """Relabel unnumbered headings between the halves of a sentence."""
    labels = list(dump.labels)
    seen = [
        i for i, lab in enumerate(labels) if lab and lab.role not in FURNITURE_ROLES
    ]
    spots = [*_spots(dump, seen), *_boxes(dump, seen)]
    if not spots:
        return dump
    model = learn(u.cue for u in dump.units if u.size > SHORT)
    for before, lines, after in spots:
        left = join.left_end(dump.units[before].cue, dump.units[before].text)
        right = join.right_end(dump.units[after].cue, dump.units[after].text)
        score = join.score(join.features(left, right, model))
        boxed = _role(dump, lines[-1] + 1) is Role.PARAGRAPH and after > lines[-1] + 1
        torn = boxed and cues.NEVER_FIRST.match(dump.units[after].cue) is not None
        apart = len(lines) >= 2 and score < _NEVER
        fresh = len(lines) == 1 and _begins_anew(dump, left, lines[0], model)
        if score >= _SURE or torn or apart or fresh:
            for i in lines:
                labels[i] = Label(
                    Role.TITLE, "stands inside a sentence of another text", 0.75
                )
    return replace(dump, labels=tuple(labels))


def _begins_anew(dump: Dump, left: join.End, line: int, model: CharModel) -> bool:
    """The line does not go on with the open sentence, and the text below it begins one.

    A heading follows a finished paragraph: this line belongs to another article,
    even where the other half of the sentence was printed far away.
    """
    below = line + 1
    if below >= len(dump.units) or _role(dump, below) is not Role.PARAGRAPH:
        return False
    unit, text = dump.units[line], dump.units[below]
    right = join.right_end(unit.cue, unit.text)
    return (
        4 <= unit.size <= _HEADLINE
        and text.size > SHORT
        and not sentence_like(unit.cue)
        and join.score(join.features(left, right, model)) < _NEVER
        and shipped().begins(text.cue) > _BEGINS
    )


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


def _boxes(dump: Dump, seen: list[int]) -> Iterator[tuple[int, list[int], int]]:
    """(open paragraph, heading, next but one): a short line over one finished paragraph,
    set between the halves of a sentence, heads a box."""
    for before, line, text, after in zip(
        seen, seen[1:], seen[2:], seen[3:], strict=False
    ):
        if (
            _open_text(dump, before)
            and _bare_heading(dump, line)
            and all(_role(dump, i) is Role.PARAGRAPH for i in (text, after))
            and cues.FINAL.search(dump.units[text].cue)
            and cues.NEVER_FIRST.match(dump.units[text].cue) is None
        ):
            yield before, [line], after


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

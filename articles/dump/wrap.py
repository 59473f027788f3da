"""Hard-wrapped lines and torn list numbers become units.

In: ``Dump.lines``.  Out: ``Dump.units``.  Many periodicals were recognised
column by column, so that a paragraph is twenty short lines; where a dump does
so, every line but a paragraph's last fills the column.  Only lines that fill
it are wrapped on, so a dump of whole paragraphs passes unchanged.  Cuts by a
page or column are left to ``join``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from . import cues
from .editions import edition_line
from .flow import Dump, Line, Unit
from .names import is_office

_MIN_WIDTH = 12  # narrower columns are tables and verse
_MAX_WIDTH = 60  # wider lines are whole paragraphs
_MIN_SHARE = 0.25  # of the long lines must fill the column, else nothing wraps
_SLACK = 2.5  # characters a full line may fall short (punctuation is not split)
# A row of a contents list, complete on its line: 某某调查 / 张三  11  某某调查(11)
_CLOSED_ROW = re.compile(r"(?:(?:(?<!\d)[.]|[\s·…/])\s*\d{1,3}|[(]\d{1,3}[)])\s*\Z")


# An entry of a list of references: [3] 某某.某志[J]
_REFERENCE = re.compile(r"\[\d{1,3}\]\s*\S")


# (1. 某某大学 建筑学院,某市 700112;  the second office stands on the next line
_OFFICES = re.compile(r"[(].*(?:\d{6}|大学|学院|研究[院所]|公司)[^()]*[,;]?\s*\Z")


def _unclosed(group: list[Line]) -> bool:
    text = "".join(line.cue for line in group)
    return text.count("(") > text.count(")") and len(text) < 200


def wrap_lines(dump: Dump) -> Dump:
    """Join each line to the next where the column, not the paragraph, ended."""
    lines = _closed_up(dump.lines)
    widths = _widths(lines)
    indented = sum(line.indent for line in lines) > 0.1 * len(lines)
    units: list[Unit] = []
    group: list[Line] = []
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        if group and not _runs_on(group, line, after, widths[at], indented):
            units.append(_unit(group))
            group = []
        group.append(line)
    units.append(_unit(group))
    return replace(dump, units=tuple(units))


def _widths(lines: Sequence[Line]) -> list[float | None]:
    """The column's width at every line: of its own block, where that tells one (pages
    have columns of several widths), else of the whole dump."""
    usual = column_width(lines)
    if usual is None:
        return [None] * len(lines)
    found: list[float | None] = []
    block: list[Line] = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        block.append(line)
        if after is None or after.gap:
            found += [_block_width(block) or usual] * len(block)
            block = []
    return found


def _block_width(block: Sequence[Line]) -> float | None:
    """Several lines of a block fill one width, none is wider, and sentences run over them."""
    full = [_full_width(line) for line in block[:-1]]
    width = max(full, default=0.0)
    running = [
        line
        for line, w in zip(block, full, strict=False)
        if w >= width - 1.5 and not cues.FINAL.search(line.cue)
    ]
    wide = sum(w >= width - 1.5 for w in full)
    if (
        len(running) < 3
        or wide < 0.5 * len(full)
        or _full_width(block[-1]) > width + 1.5
    ):
        return None
    return width - 0.5 if _MIN_WIDTH <= width <= _MAX_WIDTH else None


def _closed_up(lines: Sequence[Line]) -> Sequence[Line]:
    """Where a blank line stands below every printed line, of a column as well as of a
    paragraph, it tells nothing: only a wider gap does then."""
    blanks = [
        after.number - line.number - 1
        for line, after in zip(lines, lines[1:], strict=False)
    ]
    if sum(map(bool, blanks)) < _EVERYWHERE * len(blanks) or not blanks:
        return lines
    usual = Counter(blanks).most_common(1)[0][0]
    closed = [
        replace(line, gap=n > usual) if line.gap else line
        for line, n in zip(lines, [usual + 1, *blanks], strict=True)
    ]
    return closed if _is_column(closed) else lines


def _is_column(lines: Sequence[Line]) -> bool:
    """Most long lines fill one width, and most of these stop inside a sentence."""
    width = column_width(lines)
    if width is None:
        return False
    long_lines = [line for line in lines if _full_width(line) >= _MIN_WIDTH]
    full = [line for line in long_lines if abs(_full_width(line) - width) <= _SLACK]
    running = sum(not cues.FINAL.search(line.cue) for line in full)
    return (
        len(full) >= _ENOUGH
        and len(full) >= 0.5 * len(long_lines)
        and running >= 0.6 * len(full)
    )


_EVERYWHERE = 0.9  # share of the lines with a blank one below them
_ENOUGH = 12  # full lines that make a column


def column_width(lines: Sequence[Line]) -> float | None:
    """The width of the hard-wrapped column, or None where lines are paragraphs."""
    widths = [_full_width(line) for line in lines]
    pairs = [
        (w, line)
        for w, line, after in zip(widths, lines, lines[1:], strict=False)
        if not after.gap and w >= _MIN_WIDTH and not cues.FINAL.search(line.cue)
    ]
    long_lines = sum(w >= _MIN_WIDTH for w in widths)
    if not pairs or sum(w > _MAX_WIDTH for w in widths) > 0.15 * long_lines:
        return None
    bins = Counter(round(w) for w, _ in pairs if w <= _MAX_WIDTH)
    best = max(bins, key=lambda b: (sum(bins[b + d] for d in (-1, 0, 1)), b), default=0)
    filling = sum(bins[best + d] for d in (-2, -1, 0, 1))
    return float(best) if filling >= max(3, _MIN_SHARE * long_lines) else None


def display_width(text: str) -> float:
    """In full-width characters: a Latin letter takes half the room."""
    return len(text) - 0.5 * len(_NARROW.findall(text))


_NARROW = re.compile("[\x00-\u1fff]")


def _full_width(line: Line) -> float:
    """With the indent, which takes its room in the column too."""
    return display_width(line.text) + 2.0 * line.indent


def _runs_on(
    group: list[Line],
    line: Line,
    after: Line | None,
    width: float | None,
    indented: bool,
) -> bool:
    """Does ``line`` continue the paragraph of ``group``?"""
    if _lone_number(group) and not line.level and not group[0].level:
        return not cues.LONE_NUMBER.match(line.cue)
    if _OFFICES.match(group[0].cue) and not line.gap and _unclosed(group):
        return True
    if _REFERENCE.match(group[0].cue) and not line.gap:
        return _entry_goes_on(group[-1], line, width)
    if (
        width is None
        or line.gap
        or line.indent
        or line.right
        or line.level
        or line.listed
    ):
        return False
    last = group[-1]
    if last.level or last.right or last.bold or line.bold:
        return False
    if cues.FINAL.search(last.cue) and _office_signs(line):
        return False
    if _overruns(last, width) and not _overruns(line, width):
        return False
    if (
        _stands_alone(line)
        or _stands_alone(last)
        or _is_headline(last, line, after, width)
        or (not indented and _is_heading(last, line, after, width))
    ):
        return False
    if _CLOSED_ROW.search(last.cue) or line.cue[:1] in "【[|■●◎◆□○◇▲":
        return False
    if cues.ITEM.match(line.cue) and not indented:
        return False
    if _FOOTNOTE.match(line.cue):
        return False
    if indented and _display_line(line, width):
        return False
    if _full_width(last) >= width - _SLACK:
        return True
    return group[0].indent and not cues.FINAL.search(last.cue)


def _entry_goes_on(last: Line, line: Line, width: float | None) -> bool:
    """2008,14(2):1-9. below an entry that is indented, or whose line is full"""
    if _REFERENCE.match(line.cue) or line.level:
        return False
    if line.indent:
        return True
    if (
        cues.NOTE.match(line.cue)
        or cues.BIOGRAPHY.match(line.cue)
        or cues.RUNNING_HEAD.match(line.cue) is not None
    ):
        return False
    return width is not None and _full_width(last) >= width - _SLACK


def _overruns(line: Line, width: float) -> bool:
    """Wider than the column and without a mark: a headline set over it."""
    return _full_width(line) > width + 1.5 and not _MARKED.search(line.cue)


def _display_line(line: Line, width: float) -> bool:
    """Short and without any mark: where paragraphs are indented, no end of one."""
    short = display_width(line.text) <= 0.75 * width
    return short and len(line.text) > 1 and not _MARKED.search(line.cue)


_FOOTNOTE = re.compile(r"[①-⑳]\s+\S")  # ①　见某书: its number is set apart
_MARKED = re.compile(r"[,。;:!?、…”》)]")


def _is_headline(last: Line, line: Line, after: Line | None, width: float) -> bool:
    """A short line between a finished paragraph and an indented one heads the next."""
    return (
        cues.FINAL.search(last.cue) is not None
        and cues.FINAL.search(line.cue) is None
        and cues.REMARK.search(line.cue) is None
        and display_width(line.text) <= 0.8 * width
        and after is not None
        and (after.indent or cues.BYLINE_WORD.match(after.cue) is not None)
    )


def _is_heading(last: Line, line: Line, after: Line | None, width: float) -> bool:
    """Short and without a stop, below a finished sentence, with text right below: no line
    of a paragraph, which would fill the column or end."""
    return (
        cues.FINAL.search(last.cue) is not None
        and 4 <= len(line.text) <= 20
        and re.search(r"[。,;!?、…]", line.cue) is None
        and cues.NEVER_FIRST.match(line.cue) is None
        and cues.REMARK.search(line.cue) is None
        and line.cue[-1:] not in ")]"
        and display_width(line.text) <= 0.7 * width
        and after is not None
        and not after.gap
        and _full_width(after) >= width - _SLACK
    )


def _lone_number(group: list[Line]) -> bool:
    return len(group) == 1 and cues.LONE_NUMBER.match(group[0].cue) is not None


def _stands_alone(line: Line) -> bool:
    return bool(
        cues.TABLE_ROW.match(line.cue)
        or cues.PAGE_NUMBER.match(line.cue)
        or cues.PHOTO.match(line.cue)
        or cues.DECORATED.match(line.cue)
        or cues.JUMP_IN.match(line.cue)
        or _jump_only(line)
        or _CREDITED.search(line.cue)
        or _WIDE_GAP.search(line.text) is not None
        or _set_apart(line)
        or edition_line(_unit([line])) is not None
        or cues.RUNNING_HEAD.match(line.cue) is not None
        or _NUMBERED_HEADING.fullmatch(line.cue) is not None
    )


# 2 结果与分析 / 2.1 暴雨的影响: a heading, complete on its line
_NUMBERED_HEADING = re.compile(
    rf"\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}\s+(?:{cues.HAN}|[、“”]){{2,18}}"
)


# (某某编辑部): who signs below a finished paragraph, in one word
_IN_BRACKETS = re.compile(r"[(](?P<name>[^()\s]{4,24})[)]")


def _office_signs(line: Line) -> bool:
    found = _IN_BRACKETS.fullmatch(line.cue)
    return found is not None and is_office(found["name"])


def _set_apart(line: Line) -> bool:
    """某某三易图稿　某某冒雨赶工: halves set apart, without a mark, are for the eye."""
    return (
        _HALVES.fullmatch(line.text) is not None
        and not line.indent
        and not _MARKED.search(line.cue)
    )


_HALVES = re.compile(r"[^\s]{4,}\u3000+[^\s]{4,}")
# 芦苇·1998·2          4: set to both edges of the page, as no line of a paragraph is
_WIDE_GAP = re.compile(r"\S(?:\u3000{4,}|[ \u3000]{8,})\S")


# 开工仪式 本报记者 张三摄: a caption, complete on its line
_CREDITED = re.compile(r"[\s/](?:[\u4e00-\u9fff]\s*){2,4}[\s/]*摄\s*\Z")


def _jump_only(line: Line) -> bool:
    found = cues.JUMP_OUT.match(line.cue)
    return found is not None and found.end() == len(line.cue)


def as_unit(line: Line) -> Unit:
    """A unit of one line."""
    return _unit([line])


def _unit(group: list[Line]) -> Unit:
    first = group[0]
    return Unit(
        lines=tuple(line.number for line in group),
        text="".join(line.text for line in group),
        cue="".join(line.cue for line in group),
        level=first.level,
        bold=first.bold and len(group) == 1,
        listed=first.listed,
        gap=first.gap,
        indent=first.indent,
        right=first.right,
        hard_break=first.hard_break,
    )

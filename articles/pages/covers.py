"""Typographic covers: an issue without a scan still has a face.

In: an issue and its first titles.  Out: a ``Cover``, every line broken and sized,
which ``articles/cover.svg`` prints with presentation attributes only (the strict
policy forbids style).  An image sees no fonts of ours, so widths are reckoned: a
Han character is one em wide, a Latin letter half of one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from articles.models import Issue, IssueKind, PublicationKind

WIDTH, HEIGHT = 300, 420
LEFT, RIGHT = 44, 276
MEASURE = RIGHT - LEFT
MAX_MASTHEAD, MAX_NUMBER = 76.0, 140.0
NUMBER_Y = 266.0
TITLE_SIZE, TITLE_LEAD, TITLE_GAP = 18.5, 25, 10  # readable at half the size

# One pigment a year, neighbours far apart; each at least 4.5:1 on the paper.
PIGMENTS = [
    "#9b2c1f",  # 朱砂
    "#1f5673",  # 石青
    "#7a5c14",  # 秋香
    "#2f5d50",  # 松绿
    "#6d3a5b",  # 紫檀
    "#8a4b23",  # 赭石
    "#27446e",  # 花青
    "#56602b",  # 苔
    "#8c2f4b",  # 胭脂
    "#41505a",  # 黛
]
UNDATED = "#6b665d"

# What XML 1.0 cannot carry, even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class TextLine:
    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Cover:
    colour: str
    newspaper: bool
    masthead: tuple[TextLine, ...]
    rule: float  # where the rule under the masthead runs
    imprint: str  # 2021 年 · 总第212期
    number: str  # the numeral that fills the page
    number_size: float
    titles: tuple[TextLine, ...]

    @property
    def rules(self) -> list[float]:
        """A newspaper's masthead stands on two rules."""
        return [self.rule, self.rule + 4] if self.newspaper else [self.rule]

    @property
    def imprint_y(self) -> float:
        return self.rules[-1] + 27

    @property
    def number_y(self) -> float:
        """The same on every cover, so that a shelf of them has one line of numerals."""
        return max(NUMBER_Y, self.imprint_y + 0.8 * self.number_size)


def make_cover(issue: Issue, titles: list[str]) -> Cover:
    newspaper = issue.kind == IssueKind.NEWSPAPER_PAGE
    masthead = _masthead(_clean(issue.publication.title))
    number = _number(issue)
    return Cover(
        colour=PIGMENTS[issue.year % len(PIGMENTS)] if issue.year else UNDATED,
        newspaper=newspaper,
        masthead=masthead,
        rule=masthead[-1].y + 18,
        imprint=_imprint(issue),
        number=number,
        number_size=_number_size(number),
        titles=_titles([_clean(title) for title in titles]),
    )


def _masthead(title: str) -> tuple[TextLine, ...]:
    """The name as large as the page allows: on one line, or on two even ones."""
    em = _ems(title)
    size = min(MAX_MASTHEAD, MEASURE / em) if em else MAX_MASTHEAD
    lines = [title]
    if size < 30 and len(title) > 5:
        half = (len(title) + 1) // 2
        lines = [title[:half], title[half : half * 2]]
        size = min(44.0, MEASURE / max(_ems(line) for line in lines))
    size = max(size, 16.0)
    lines = [_cut(line, MEASURE / size) for line in lines]
    return tuple(
        TextLine(line, LEFT, round(36 + size * (0.88 + 1.15 * n), 1), round(size, 1))
        for n, line in enumerate(lines)
    )


def _number(issue: Issue) -> str:
    if issue.kind == IssueKind.NEWSPAPER_PAGE and len(issue.date) == 10:
        return f"{int(issue.date[5:7])}·{int(issue.date[8:10])}"
    if issue.number:
        return str(issue.number)
    return "" if issue.publication.kind != PublicationKind.UNIDENTIFIED else "?"


def _number_size(number: str) -> float:
    return min(MAX_NUMBER, MEASURE / (max(1, len(number)) * 0.56))


def _imprint(issue: Issue) -> str:
    parts = []
    if issue.year:
        parts.append(f"{issue.year} 年")
    if issue.volume:
        parts.append(f"第 {issue.volume} 卷")
    if issue.total_number:
        parts.append(f"总第 {issue.total_number} 期")
    return " · ".join(parts) or "日期不详"


def _titles(titles: list[str]) -> tuple[TextLine, ...]:
    """Each on one or two lines, set from the bottom upwards."""
    per_line = MEASURE / TITLE_SIZE
    lines: list[str] = []
    for title in titles:
        head = _cut(title, per_line, mark="")
        rest = title[len(head) :]
        lines += [head, _cut(rest, per_line)] if rest else [head]
        lines.append("")
    lines = lines[:-1]
    steps = [TITLE_LEAD if line else TITLE_GAP for line in lines]
    placed, y = [], float(HEIGHT - 26 - sum(steps))
    for line, step in zip(lines, steps, strict=True):
        y += step
        if line:
            placed.append(TextLine(line, LEFT, y, TITLE_SIZE))
    return tuple(placed)


def _cut(text: str, ems: float, mark: str = "…") -> str:
    """As much of ``text`` as ``ems`` hold, ending in ``mark`` where it was cut."""
    if _ems(text) <= ems:
        return text
    room, kept = ems - _ems(mark), ""
    for c in text:
        room -= _ems(c)
        if room < 0:
            break
        kept += c
    return kept + mark


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.58 for c in text)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)

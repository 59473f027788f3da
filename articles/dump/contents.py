"""The printed contents list becomes entries of section, page, title and authors.

In: ``Dump.units``.  Out: ``Dump.contents``, ``Dump.sections`` and contents
labels.  The list is found by its own headline; it ends where one of its titles
comes back, for there the first article begins.  A list may also stand at the
end of the dump.  Whether a short line is a section or half a title is settled
by looking for the title in the body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import cues
from .flow import Dump, Label, Role, Unit
from .fold import key, squeeze
from .masthead import issue_line
from .record import ContentsEntry
from .rows import COVER, ENGLISH, MARKS, PAGE_LAST, Row, read_row, read_rows

_MAX_SIZE = 70  # no row of a contents list is longer
_MAX_ROWS = 400
_TOP = 60  # units from the top in which a list without a headline is looked for


@dataclass
class _Draft:
    title: list[str]
    units: list[int]
    page: int | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    ended: bool = False


@dataclass
class _List:
    entries: list[_Draft] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


def read_contents(dump: Dump) -> Dump:
    """Find the list, read its rows, label its lines."""
    labels = list(dump.labels or (None,) * len(dump.units))
    region = find_region(dump.units)
    if not region:
        return replace(dump, labels=tuple(labels))
    for index in region:
        labels[index] = Label(Role.CONTENTS, "stands in the contents list", 0.97)
    body = _BodyTitles(dump.units, set(region))
    rows = [row for i in region[1:] for row in read_rows(i, dump.units[i])]
    read = _assemble(rows, body)
    entries = tuple(_entry(d, dump.units) for d in read.entries)
    return replace(
        dump,
        labels=tuple(labels),
        contents=entries,
        sections=tuple(dict.fromkeys(read.sections)),
    )


def find_region(units: Sequence[Unit]) -> list[int]:
    """Indexes of the list's units, its headline first; empty where none is printed."""
    for start, unit in enumerate(units):
        if unit.size <= 24 and cues.CONTENTS_TITLE.match(
            squeeze(unit.cue).strip(MARKS)
        ):
            region = _extend(units, start)
            if len(region) >= 2:
                return region
    unnamed = _unnamed_list(units)
    return _extend(units, unnamed) if unnamed is not None else []


def _unnamed_list(units: Sequence[Unit]) -> int | None:
    """The line above the first row of a list that no headline of its own announces.

    Three rows on end (sections may stand between) give a page each, no smaller than
    the one before, and name what is printed below as a headline.
    """
    later = {key(u.text): i for i, u in enumerate(units) if u.size <= 60}
    rows: list[int] = []
    page = 0
    for i, unit in enumerate(units[:_TOP]):
        row = read_row(i, unit) if unit.size <= _MAX_SIZE else None
        if row is None or row.page is None or len(key(row.text)) < 3:
            if unit.size > 12 or (rows and i - rows[-1] > 3):
                rows = []
            continue
        if row.page < page or later.get(key(row.text), 0) <= i:
            rows = []
        page = row.page
        if later.get(key(row.text), 0) > i + 1:
            rows.append(i)
        if len(rows) == 3:
            return _list_top(units, rows[0])
    return None


def _list_top(units: Sequence[Unit], first: int) -> int:
    """Up over the section's name and a short line that heads the list."""
    top = first - 1
    while (
        top > max(0, first - 3)
        and units[top - 1].size <= 10
        and not issue_line(units[top - 1].cue)
    ):
        top -= 1
    return max(0, top)


def _extend(units: Sequence[Unit], start: int) -> list[int]:
    seen: list[str] = []
    region = [start]
    paged, silent = 0, 0  # rows with a page or author; rows without, in a row
    for index in range(start + 1, min(len(units), start + _MAX_ROWS)):
        unit = units[index]
        if _comes_back(units, index, seen):
            break
        if _ends_list(unit):
            return _give_back(units, region, silent if paged >= 0.4 * len(seen) else 0)
        evident = _names_page_or_author(unit)
        paged, silent = paged + evident, 0 if evident else silent + 1
        if silent == 3 and paged >= 0.4 * len(seen):
            return region[: -(silent - 1)]
        region.append(index)
        seen.append(_row_key(unit))
    else:
        return region
    return _retreat(units, region, seen)


def _give_back(units: Sequence[Unit], region: list[int], silent: int) -> list[int]:
    """Where text breaks the list off, its last rows are the first article's headline."""
    paged = [
        i
        for i in region[1:]
        if PAGE_LAST.search(units[i].cue) or COVER.search(units[i].cue)
    ]
    if len(paged) >= 2 and len(paged) >= 0.5 * (region.index(paged[-1])):
        return region[: region.index(paged[-1]) + 1]
    return region[: max(2, len(region) - silent)]


def _ends_list(unit: Unit) -> bool:
    if ENGLISH.match(unit.cue) and PAGE_LAST.search(unit.cue):
        return False
    if cues.NOTE.match(unit.cue) or cues.ABSTRACT.match(unit.cue):
        return True  # an article's own number or abstract
    return unit.size > _MAX_SIZE or (
        unit.size > 14
        and cues.FINAL.search(unit.cue) is not None
        and not PAGE_LAST.search(unit.cue)
        and unit.cue[-1] in "。;"
    )


def _names_page_or_author(unit: Unit) -> bool:
    if ENGLISH.match(unit.cue) and PAGE_LAST.search(unit.cue):
        return True
    row = read_row(0, unit)
    return row is not None and (row.page is not None or bool(row.text and row.authors))


def _row_key(unit: Unit) -> str:
    return key(unit.text)


def _comes_back(units: Sequence[Unit], index: int, seen: Sequence[str]) -> bool:
    """The unit (with the next one) is a title that the list has already named."""
    own = key(units[index].text)
    if len(own) < 3 or not seen:
        return False
    after = key(units[index + 1].text) if index + 1 < len(units) else ""
    titles = [s.strip("0123456789") for s in seen]
    pairs = [a + b for a, b in zip(titles, titles[1:], strict=False)]
    if len(own) >= 6 and any(own in t for t in (*titles, *pairs)):
        return True
    if (
        any(t.startswith(own) and len(t) - len(own) <= 8 for t in titles)
        and len(own) >= 4
    ):
        return True
    if any(len(t) >= 5 and own.startswith(t) and own != t for t in titles):
        return True  # the list prints a title shorter than the body
    return (
        len(own) >= 4
        and bool(after)
        and any(own + after in t for t in (*titles, *pairs))
    )


def _retreat(units: Sequence[Unit], region: list[int], seen: list[str]) -> list[int]:
    """Give back what stood before the first article: labels, running heads."""
    counts = Counter(seen)
    while len(region) > 2:
        own = key(units[region[-1]].text)
        twice = counts[own] > 1
        if (
            not twice
            and not issue_line(units[region[-1]].cue)
            and not ENGLISH.match(units[region[-1]].cue)
        ):
            break
        if PAGE_LAST.search(units[region[-1]].cue):
            break
        region.pop()
    return region


class _BodyTitles:
    """Which strings are printed as a headline outside the list."""

    def __init__(self, units: Sequence[Unit], region: set[int]) -> None:
        short = [
            (i, key(u.text))
            for i, u in enumerate(units)
            if i not in region and u.size <= 60
        ]
        self._keys = {k for _, k in short}
        self._pairs: set[str] = set()
        for (i, a), (j, b) in zip(short, short[1:], strict=False):
            if j - i <= 1:
                self._pairs.add(a + b)

    def has(self, title: str) -> bool:
        return key(title) in self._keys or key(title) in self._pairs

    def has_together(self, first: str, second: str) -> bool:
        """Both halves as one headline: on one line, or on two with a long first."""
        both = key(first) + key(second)
        return both in self._keys or (len(key(first)) > 6 and both in self._pairs)


def _assemble(rows: Sequence[Row], body: _BodyTitles) -> _List:
    """Rows to entries: attach authors and second title lines, keep the section."""
    read = _List()
    page_first = sum(r.page is not None for r in rows) > 0
    section: str | None = None
    waiting: Row | None = None  # a short row that is a section or half a title
    for at, row in enumerate(rows):
        if row.alone:
            section = None
        if row.section:
            section = row.section
            read.sections.append(section)
        last = read.entries[-1] if read.entries else None
        if row.section and not squeeze(row.text) and not row.authors:
            continue
        if (
            page_first
            and row.page is None
            and len(squeeze(row.text)) == 2 == len("".join(row.authors))
        ):
            row = _as_section(row, squeeze(row.text) + row.authors[0])  # 产业 纵横
        if _begins_with_a_name(row, last):
            row = replace(row, text=row.authors[0], authors=row.authors[1:])
        if not row.text and row.authors:
            if last and not last.authors and not _named_like_a_section(row, rows):
                last.authors = row.authors
                last.page = row.page if last.page is None else last.page
                last.units.append(row.unit)
                continue
            row = _as_section(row, "".join(row.authors))
        if not row.text:
            if last and last.page is None and row.page is not None:
                last.page, last.ended = row.page, True  # ………… 12, on a line of its own
                last.units.append(row.unit)
            continue
        if last and last.page is None and _IN_BRACKETS.fullmatch(row.text):
            last.page, last.ended = row.page, row.page is not None
            last.units.append(row.unit)
            continue
        if row.decorated and row.page is None:
            if waiting:
                read.sections.append(squeeze(waiting.text))
                waiting = None
            section = row.text
            read.sections.append(section)
            continue
        plain = row.page is None and page_first
        if plain and not row.section:
            following = rows[at + 1] if at + 1 < len(rows) else None
            what = _what_is(row, last, following, body)
            if what == "tail" and last:
                last.title.append(row.text)
                last.units.append(row.unit)
                last.authors = last.authors or row.authors
                continue
            if what == "section":
                section = squeeze(row.text)
                read.sections.append(section)
                continue
            if what == "front":
                waiting = row
                continue
        titles = [row.text]
        units = [row.unit]
        if waiting:
            titles, units = [waiting.text, row.text], [waiting.unit, row.unit]
            waiting = None
        read.entries.append(
            _Draft(titles, units, row.page, row.authors, section, row.ended)
        )
    return read


# (某政办发〔2018〕41号), with the page, below the title it belongs to
_IN_BRACKETS = re.compile(r"[(（][^()（）]+[)）]")


def _named_like_a_section(row: Row, rows: Sequence[Row]) -> bool:
    """来鸿, where the other rows name their authors beside the title: no author's name."""
    if row.page is not None or len(row.authors) > 1 or len(row.authors[0]) > 2:
        return False
    return sum(bool(r.text and r.authors) for r in rows) >= 3


def _begins_with_a_name(row: Row, last: _Draft | None) -> bool:
    """41 秋水 段小满: a row with a page of its own has a title, though it looks like a name."""
    own = row.page is not None and (last is None or last.page is not None)
    return own and not row.text and len(row.authors) > 1


def _as_section(row: Row, text: str) -> Row:
    """A section that looked like a name (文 苑): its author already stands above."""
    return Row(
        row.unit,
        text,
        row.page,
        (),
        row.section,
        row.decorated,
        level=row.level,
        gap=row.gap,
    )


def _what_is(
    row: Row, last: _Draft | None, following: Row | None, body: _BodyTitles
) -> str:
    """A row without a page is a section, a title's second half or its first half."""
    if row.authors or (last and body.has("".join(last.title) + row.text)):
        if last and not last.authors and last.page is not None:
            return "tail"
        return "entry" if row.authors else "tail"
    if row.level:
        return "section"
    if following and re.match(r"[—–―]", following.text):
        return "front"
    if following and not following.text and following.ended:
        return "entry"  # its author and page stand on the next row
    if following and following.text and body.has_together(row.text, following.text):
        return "front"
    if body.has(row.text) and len(squeeze(row.text)) > 8:
        return "entry"
    if last and not row.gap and not last.authors and not last.ended:
        return "tail"
    if len(squeeze(row.text)) <= 10:
        return "section"
    if (
        following
        and following.page is not None
        and not body.has(following.text)
        and following.gap is False
    ):
        return "front"
    return "section" if len(squeeze(row.text)) <= 16 else "entry"


def _entry(draft: _Draft, units: Sequence[Unit]) -> ContentsEntry:
    lines = tuple(n for i in draft.units for n in units[i].lines)
    return ContentsEntry(
        title=" ".join(draft.title),
        authors=draft.authors,
        section=draft.section,
        page=draft.page,
        lines=lines,
    )

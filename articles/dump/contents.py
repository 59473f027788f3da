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
from .fold import fold, key, squeeze
from .masthead import issue_line, numeral
from .names import read_authors, split_names
from .record import AuthorRecord, ContentsEntry

_MAX_SIZE = 70  # no row of a contents list is longer
_MAX_ROWS = 400

# Section in brackets before the title on the same row: 【技术课堂】 某某经验 / 张三 6
_INLINE_SECTION = re.compile(
    r"[【\[]\s*(?P<section>[^【】\[\]]{2,14})\s*[】\]]\s*(?=\S)"
)
# Page before the title: 12 某某调查 张三
_PAGE_FIRST = re.compile(r"(?P<page>\d{1,3})(?:\s*[.、:·/]\s*|\s+)(?=\D)")
# Page after it: 某某调查 张三(12) ……12 / 12 第12页 2版 (十二)
_PAGE_LAST = re.compile(
    r"(?:[\s.·…‥⋯\-—_/]|^|(?<=[\u3400-\u9fff”》?!)]))[\s.·…‥⋯\-—_]*"
    r"(?:[(\[]\s*(?P<chinese>[一二三四五六七八九十百]{1,4})\s*[)\]]|[(\[]?\s*(?:第|P\.?)?\s*(?P<page>[A-D]?\d{1,3})\s*[)\]]?)\s*[页版]?\s*\Z"
)
# Several entries on one row: 盐工风采:某某经验(1)某某食堂(5)
_MANY = re.compile(r"[^()]{2,40}?[(]\d{1,3}[)]")
# What divides title and author: leaders, a slash, two blanks
_DIVIDER = re.compile(r"[.·…‥⋯_]{2,}|[…⋯]|\s*/\s*|\t|\s{2,}|——{2,}|-{3,}")
_MARKS = "【】[]〖〗<>·•■●◆◇□▌▐▍═—-|‖*#"
_ROW_MARK = re.compile(r"[-*◎○●◆◇□■▲△★☆▪·•]\s*(?=\S)")
_DECORATED = re.compile(
    r"[【\[〖<·•■●◆□◇|‖▌═—\-]+\s*(?P<name>[^【】\[\]<>·•■●◆□|‖▐═]{2,18}?)\s*[】\]〗>·•■●◆□◇|‖▐═—\-]*\Z"
)
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z\s,.:;'’“”\-()&…·0-9?!]{8,}\Z")


@dataclass
class _Row:
    """One unit of the list taken apart."""

    unit: int
    text: str = ""  # what is left: title, or section
    page: int | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    decorated: bool = False
    level: int = 0
    gap: bool = True
    alone: bool = False  # set in a running line: no section carries over to it


@dataclass
class _Draft:
    title: list[str]
    units: list[int]
    page: int | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None


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
    rows = [row for i in region[1:] for row in _read_rows(i, dump.units[i])]
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
            squeeze(unit.cue).strip(_MARKS)
        ):
            region = _extend(units, start)
            if len(region) >= 2:
                return region
    return []


def _extend(units: Sequence[Unit], start: int) -> list[int]:
    seen: list[str] = []
    region = [start]
    paged, silent = 0, 0  # rows with a page or author; rows without, in a row
    for index in range(start + 1, min(len(units), start + _MAX_ROWS)):
        unit = units[index]
        if _ends_list(unit) or _comes_back(units, index, seen):
            break
        evident = _names_page_or_author(unit)
        paged, silent = paged + evident, 0 if evident else silent + 1
        if silent == 3 and paged >= 0.4 * len(seen):
            return region[: -(silent - 1)]
        region.append(index)
        seen.append(_row_key(unit))
    else:
        return region
    return _retreat(units, region, seen)


def _ends_list(unit: Unit) -> bool:
    return unit.size > _MAX_SIZE or (
        unit.size > 14
        and cues.FINAL.search(unit.cue) is not None
        and not _PAGE_LAST.search(unit.cue)
        and unit.cue[-1] in "。;"
    )


def _names_page_or_author(unit: Unit) -> bool:
    if _ENGLISH.match(unit.cue) and _PAGE_LAST.search(unit.cue):
        return True
    row = _read_row(0, unit)
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
            and not _ENGLISH.match(units[region[-1]].cue)
        ):
            break
        if _PAGE_LAST.search(units[region[-1]].cue):
            break
        region.pop()
    return region


def _read_rows(index: int, unit: Unit) -> list[_Row]:
    """The rows of one unit: mostly one, several where a list is set in running lines."""
    found = list(_MANY.finditer(unit.cue))
    if len(found) < 2 and not (found and ":" in unit.cue[:10]):
        row = _read_row(index, unit)
        return [row] if row else []
    rows: list[_Row] = []
    section: str | None = None
    for match in found:
        start = match.start()
        colon = unit.cue.find(":", start, start + 10)
        if colon > 0:
            section, start = squeeze(unit.text[start:colon]).lstrip("·■ "), colon + 1
        piece = replace(
            unit,
            text=unit.text[start : match.end()].strip(),
            cue=unit.cue[start : match.end()].strip(),
        )
        row = _read_row(index, piece)
        if row:
            row.section = row.section or section
            row.alone = not rows and row.section is None
            rows.append(row)
            section = None
    return rows


def _read_row(index: int, unit: Unit) -> _Row | None:
    """Take one row apart from the outside in: mark, section, page, author, title."""
    if cues.TABLE_ROW.match(unit.cue):
        return _read_table_row(index, unit)
    if cues.PAGE_NUMBER.match(unit.cue) or _ENGLISH.match(unit.cue):
        return None
    if issue_line(unit.cue) or cues.CONTENTS_TITLE.match(unit.cue):
        return None
    row = _Row(index, level=unit.level, gap=unit.gap)
    start, end = 0, len(unit.cue)
    if found := _INLINE_SECTION.match(unit.cue):
        row.section = squeeze(unit.text[found.start("section") : found.end("section")])
        start = found.end()
    elif (found := _DECORATED.match(unit.cue)) and not _PAGE_LAST.search(unit.cue):
        text = unit.text[found.start("name") : found.end("name")]
        closed = unit.cue[-1] in "】]〗>·•■●◆□◇|‖▐═—-"
        if closed or len(squeeze(text)) <= 8:
            row.text, row.decorated = squeeze(text), closed
            return row
    if found := _ROW_MARK.match(unit.cue, start):
        start = found.end()
    if found := _PAGE_FIRST.match(unit.cue, start):
        row.page, start = int(found["page"]), found.end()
    elif (found := _PAGE_LAST.search(unit.cue, start)) and found.start() > start:
        row.page, end = _page_number(found), found.start()
    elif found:
        row.page, end = _page_number(found), start
    start = _split_section(row, unit, start, end)
    row.text, row.authors = split_author(unit.text[start:end], unit.cue[start:end])
    bare = cues.DECORATED.match(fold(row.text))
    if bare and not row.authors:
        row.section, row.text = (
            squeeze(row.text[bare.start("name") : bare.end("name")]),
            "",
        )
    return row


def _page_number(found: re.Match[str]) -> int:
    return (
        numeral(found["chinese"])
        if found["chinese"]
        else int(found["page"].strip("ABCD"))
    )


# A short section name, a wide gap, the title: 行业观察　绣娘的工钱
_WIDE_GAP = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}|[\u4e00-\u9fff](?:[\u3000 ]{1,4}[\u4e00-\u9fff]){1,3})(?P<gap>[\u3000\t]+| {2,})(?=[^\s(]{4,})"
)


def _split_section(row: _Row, unit: Unit, start: int, end: int) -> int:
    """Where the title begins after a section name on the same row."""
    found = _WIDE_GAP.match(unit.text, start, end)
    if row.section or not found or _authors(unit.cue[found.end() : end]):
        return start
    row.section = squeeze(unit.text[start : found.start("gap")])
    return found.end()


def split_author(text: str, cue: str) -> tuple[str, tuple[str, ...]]:
    """Title and authors of one row.

    >>> split_author("某镇渡口调查 王 军", "某镇渡口调查 王 军")
    ('某镇渡口调查', ('王军',))
    """
    text, cue = _trim(text, cue)
    if found := re.search(r"[(](?:组?诗|外[一二三]首|散文|小说|节选|[上中下])[)]", cue):
        text = text[: found.start()] + " " + text[found.end() :]
        cue = cue[: found.start()] + " " + cue[found.end() :]
    wide = (
        cue
        if "\u3000" not in text
        else "".join(
            "\t" if t == "\u3000" else c for t, c in zip(text, cue, strict=True)
        )
    )
    pieces = [m.span() for m in _DIVIDER.finditer(wide)]
    for start, end in pieces:
        names = _authors(cue[end:])
        if names and start:
            return text[:start].strip(), tuple(
                _as_printed(n.name, text[end:]) for n in names
            )
    spaces = [m.start() for m in re.finditer(r"\s+", cue)]
    for at in spaces:
        names = _authors(cue[at:])
        if names and _is_title(cue[:at]):
            return text[:at].strip(), tuple(
                _as_printed(n.name, text[at:]) for n in names
            )
    whole = _authors(cue)
    if whole:
        return "", tuple(_as_printed(n.name, text) for n in whole)
    return text, ()


def _as_printed(name: str, text: str) -> str:
    """The name in the characters of the page: folding may have simplified them."""
    tight = squeeze(text)
    at = squeeze("".join(text.split())).find(name)
    if at >= 0:
        return name
    at = fold(tight).find(name)
    return tight[at : at + len(name)] if at >= 0 else name


def _authors(cue: str) -> tuple[AuthorRecord, ...]:
    return read_authors(cue.strip(" ()/·.…,:"))


def _is_title(cue: str) -> bool:
    return len(squeeze(cue)) >= 2 and not split_names(cue)


def _trim(text: str, cue: str) -> tuple[str, str]:
    start = len(cue) - len(cue.lstrip(" .·…‥⋯_/"))
    end = len(cue.rstrip(" .·…‥⋯-_/"))
    return text[start:end], cue[start:end]


_TABLE_HEAD = frozenset({"栏目", "篇名", "题目", "标题", "作者", "页", "页码", "题名"})


def _read_table_row(index: int, unit: Unit) -> _Row | None:
    """| 匠人 | 某某调查 | 张三 | 12 |: section, title, author, page; the last two where told."""
    cells = [
        (text.strip(), cue.strip())
        for text, cue in zip(
            unit.text.strip("| ").split("|"),
            unit.cue.strip("| ").split("|"),
            strict=False,
        )
    ]
    cells = [(text, cue) for text, cue in cells if text and not set(cue) <= set("-: ")]
    if any(cue in _TABLE_HEAD for _, cue in cells):
        return None
    row = _Row(index)
    words: list[tuple[str, str]] = []
    for text, cue in cells:
        digits = re.sub(r"[第页版P.\s]", "", cue)
        if digits.isdecimal() and len(digits) <= 3:
            row.page = int(digits)
        else:
            words.append((text, cue))
    if len(words) >= 2 and (names := read_authors(words[-1][1])):
        printed = words.pop()[0]
        row.authors = tuple(_as_printed(n.name, printed) for n in names)
    if not words or (row.page is None and not row.authors):
        return None
    row.text = words[-1][0]
    if len(words) > 1 and len(words[0][0]) <= 12:
        row.section = squeeze(words[0][0])
    return row


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


def _assemble(rows: Sequence[_Row], body: _BodyTitles) -> _List:
    """Rows to entries: attach authors and second title lines, keep the section."""
    read = _List()
    page_first = sum(r.page is not None for r in rows) > 0
    section: str | None = None
    waiting: _Row | None = None  # a short row that is a section or half a title
    for at, row in enumerate(rows):
        if row.alone:
            section = None
        if row.section:
            section = row.section
            read.sections.append(section)
        last = read.entries[-1] if read.entries else None
        if row.section and not squeeze(row.text) and not row.authors:
            continue
        if not row.text and row.authors:
            if last and not last.authors:
                last.authors = row.authors
                last.units.append(row.unit)
                continue
            row = _as_section(row, "".join(row.authors))
        if not row.text:
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
        read.entries.append(_Draft(titles, units, row.page, row.authors, section))
    return read


def _as_section(row: _Row, text: str) -> _Row:
    """A section that looked like a name (文 苑): its author already stands above."""
    return _Row(
        row.unit, text, row.page, (), row.section, row.decorated, row.level, row.gap
    )


def _what_is(
    row: _Row, last: _Draft | None, following: _Row | None, body: _BodyTitles
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
    if following and following.text and body.has_together(row.text, following.text):
        return "front"
    if body.has(row.text) and len(squeeze(row.text)) > 8:
        return "entry"
    if last and not row.gap and not last.authors:
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

"""One row of a contents list taken apart: section, page, title, authors.

In: a ``Unit`` of the list.  Out: ``Row``s.  Whether a row without a page is a
section or half a title is not decided here but in ``contents``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import cues
from .flow import Unit
from .fold import fold, squeeze
from .furniture import names_staff
from .masthead import issue_line, numeral
from .names import read_authors, split_names
from .record import AuthorRecord
from .writers import pen_names, told_names

# Section in brackets before the title on the same row: 【技术课堂】 某某经验 / 张三 6
_INLINE_SECTION = re.compile(
    r"[【\[]\s*(?P<section>[^【】\[\]]{2,14})\s*[】\]]\s*(?=\S)"
)
# Page before the title: 12 某某调查 张三
_PAGE_FIRST = re.compile(r"(?P<page>\d{1,3})(?:\s*[.、:·/]\s*|\s+)(?=\D)")
# Page after it: 某某调查 张三(12) ……12 / 12 第12页 2版 (十二)
PAGE_LAST = re.compile(
    r"(?:[\s.·…‥⋯\-—_/]|^|(?<=[\u3400-\u9fff”》?!)]))[\s.·…‥⋯\-—_]*"
    r"(?:[(\[]\s*第?\s*(?P<chinese>[一二三四五六七八九十百]{1,4})\s*[版页]?\s*[)\]]|[(\[]?\s*(?:第|P\.?)?\s*(?P<page>[A-D]?\d{1,3})\s*[页版]?\s*[)\]]?)\s*[页版]?\s*\Z"
)
# 稿约……(封三): a page of the cover, which has no number
COVER = re.compile(r"[\s.·…‥⋯\-—_/]*[(]\s*封[面底里一二三四]\s*[)]\Z")
# Several entries on one row: 盐工风采:某某经验(1)某某食堂(5)
_MANY = re.compile(r"[^()]{2,40}?[(]\d{1,3}[)]")
# 立秋/张三/18 未寄/李四/18
_MANY_SLASHED = re.compile(r"[^/]{2,30}/[^/]{2,20}/\d{1,3}(?=\s|\Z)")
# What divides title and author: leaders, a slash, two blanks
_DIVIDER = re.compile(r"[.·…‥⋯_]{2,}|[…⋯]|\s*/\s*|\t|\s{2,}|——{2,}|-{3,}")
MARKS = "【】[]〖〗<>·•■●◆◇□▌▐▍═—-|‖*#"
_ROW_MARK = re.compile(r"[-*◎○●◆◇□■▲△★☆▪·•]\s*(?=\S)")
_DECORATED = re.compile(
    r"[【\[〖<·•■●◆□◇|‖▌═—\-]+\s*(?P<name>[^【】\[\]<>·•■●◆□|‖▐═]{2,18}?)\s*[】\]〗>·•■●◆□◇|‖▐═—\-]*\Z"
)
ENGLISH = re.compile(r"[A-Za-z][A-Za-z\s,.:;'’“”\-()&…·0-9?!]{8,}\Z")


@dataclass
class Row:
    """One unit of the list taken apart."""

    unit: int
    text: str = ""  # what is left: title, or section
    page: int | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    decorated: bool = False
    ended: bool = False  # its page stands at its end, so that it is complete
    level: int = 0
    gap: bool = True
    alone: bool = False  # set in a running line: no section carries over to it


def read_rows(index: int, unit: Unit) -> list[Row]:
    """The rows of one unit: mostly one, several where a list is set in running lines."""
    found = list(_MANY.finditer(unit.cue))
    slashed = list(_MANY_SLASHED.finditer(unit.cue))
    if len(slashed) >= 2:
        pieces = [
            replace(unit, text=unit.text[slice(*m.span())], cue=m[0]) for m in slashed
        ]
        return [row for piece in pieces if (row := _read_piece(index, piece))]
    if len(found) < 2 and not (found and ":" in unit.cue[:10]):
        row = read_row(index, unit)
        return [row] if row else []
    rows: list[Row] = []
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
        row = read_row(index, piece)
        if row:
            row.section = row.section or section
            row.alone = not rows and row.section is None
            rows.append(row)
            section = None
    return rows


def _read_piece(index: int, piece: Unit) -> Row | None:
    text, cue = piece.text.strip(), piece.cue.strip()
    return read_row(index, replace(piece, text=text, cue=cue))


def read_row(index: int, unit: Unit) -> Row | None:
    """Take one row apart from the outside in: mark, section, page, author, title."""
    if cues.TABLE_ROW.match(unit.cue):
        return _read_table_row(index, unit)
    if cues.PAGE_NUMBER.match(unit.cue) or ENGLISH.match(unit.cue):
        return None
    if issue_line(unit.cue) or cues.CONTENTS_TITLE.match(unit.cue):
        return None
    if cues.STAFF.match(unit.cue) and (
        ":" in unit.cue or (names_staff(unit.cue) and not PAGE_LAST.search(unit.cue))
    ):
        return None
    row = Row(index, level=unit.level, gap=unit.gap)
    start, end = 0, len(unit.cue)
    if found := _INLINE_SECTION.match(unit.cue):
        row.section = squeeze(unit.text[found.start("section") : found.end("section")])
        start = found.end()
    elif (found := _DECORATED.match(unit.cue)) and not PAGE_LAST.search(unit.cue):
        text = unit.text[found.start("name") : found.end("name")]
        closed = unit.cue[-1] in "】]〗>·•■●◆□◇|‖▐═—-"
        if closed or len(squeeze(text)) <= 8:
            row.text, row.decorated = squeeze(text), closed
            return row
    if found := _ROW_MARK.match(unit.cue, start):
        start = found.end()
    if found := _PAGE_FIRST.match(unit.cue, start):
        row.page, start = int(found["page"]), found.end()
    elif (found := PAGE_LAST.search(unit.cue, start)) and found.start() > start:
        row.page, end, row.ended = _page_number(found), found.start(), True
    elif found:
        row.page, end = _page_number(found), start
    if cover := COVER.search(unit.cue, start, end):
        end, row.ended = cover.start(), True
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


def _split_section(row: Row, unit: Unit, start: int, end: int) -> int:
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
    if (signed := _IN_BRACKETS.search(cue)) and (names := _authors(signed["names"])):
        return text[: signed.start()].strip(), tuple(
            _as_printed(n.name, text[signed.start() :]) for n in names
        )
    wide = (
        cue
        if "\u3000" not in text
        else "".join(
            "\t" if t == "\u3000" else c for t, c in zip(text, cue, strict=True)
        )
    )
    pieces = [m.span() for m in _DIVIDER.finditer(wide)]
    for start, end in pieces:
        names = _authors(cue[end:]) or (
            _pen_name(cue[end:]) if re.search("[/…]", cue[start:end]) else ()
        )
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


# 某某调查(张 三): the author behind the title
_IN_BRACKETS = re.compile(r"(?<=\S)\s*[(](?P<names>[^()]{2,24})[)]\Z")


def _pen_name(cue: str) -> tuple[AuthorRecord, ...]:
    """After a slash or leaders names of any letters: 棋摊上的规矩/弈 秋 ……鲜于和　翦明溪"""
    name = squeeze(cue.strip(" /"))
    if re.fullmatch(cues.HAN + "{2,4}", name):
        return (AuthorRecord(name),)
    found = pen_names(cue.strip(" /.·…"))
    return found if 1 < len(found) <= 3 else ()


def _as_printed(name: str, text: str) -> str:
    """The name in the characters of the page: folding may have simplified them."""
    tight = squeeze(text)
    at = squeeze("".join(text.split())).find(name)
    if at >= 0:
        return name
    at = fold(tight).find(name)
    return tight[at : at + len(name)] if at >= 0 else name


def _authors(cue: str) -> tuple[AuthorRecord, ...]:
    cue = cue.strip(" ()/·.…,:")
    if told := told_names(cue):
        return told
    if role := _WRITER.match(cue):
        return read_authors(cue[role.end() :]) or pen_names(cue[role.end() :])
    return read_authors(cue)


# 某某调查 文_张三: the role before the name
_WRITER = re.compile(r"(?:文|撰文|作者)\s*[_/|:]\s*")


def _is_title(cue: str) -> bool:
    return len(squeeze(cue)) >= 2 and not split_names(cue)


def _trim(text: str, cue: str) -> tuple[str, str]:
    start = len(cue) - len(cue.lstrip(" .·…‥⋯_/"))
    end = len(cue.rstrip(" .·…‥⋯-_/"))
    return text[start:end], cue[start:end]


_TABLE_HEAD = frozenset({"栏目", "篇名", "题目", "标题", "作者", "页", "页码", "题名"})


def _read_table_row(index: int, unit: Unit) -> Row | None:
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
    row = Row(index)
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

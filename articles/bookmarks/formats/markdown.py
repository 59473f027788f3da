"""The shelf as Markdown, for writers: each quotation with the reference it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.bookmarks.formats.sheet import Sheet
from articles.bookmarks.records import BookmarkRecord, HighlightRecord
from articles.exports.citations import as_gbt7714

MEDIA_TYPE = "text/markdown; charset=utf-8"
_ACTIVE = re.compile(r"([\\`*_\[\]>#|~])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=.)])", re.M)  # "- item", "1. item"


def as_markdown(sheet: Sheet, title: str) -> str:
    parts = [f"# {plain(title)}"]
    if sheet.records.highlights:
        parts += ["## " + _("摘抄"), *_by_article(sheet)]
    if sheet.records.bookmarks:
        parts += ["## " + _("书签"), "\n".join(_bookmarks(sheet))]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text that stays text: nothing in it is mark-up or a link."""
    escaped = _ACTIVE.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")
    return _LINE_START.sub(r"\1\\\2", escaped)


def _by_article(sheet: Sheet) -> Iterator[str]:
    groups: dict[str, list[HighlightRecord]] = {}
    for record in sheet.records.highlights:
        groups.setdefault(record.article, []).append(record)
    for article, records in groups.items():
        yield f"### {plain(sheet.citations[article].title)}"
        for record in records:
            yield from _passage(sheet, record)


def _passage(sheet: Sheet, record: HighlightRecord) -> Iterator[str]:
    quoted = record.paragraph[record.start : record.end]
    url = sheet.url(record.article, record.anchor)
    reference = as_gbt7714(sheet.citations[record.article])
    yield f"{_quote(plain(quoted))}\n>\n> —— {plain(reference)} <{url}>"
    if record.note:
        yield plain(record.note)
    if record.tags:
        yield _tags(record)


def _quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _bookmarks(sheet: Sheet) -> Iterator[str]:
    for record in sheet.records.bookmarks:
        title = plain(sheet.citations[record.article].title)
        url = sheet.url(record.article, record.anchor)
        done = "x" if record.read else " "
        yield f"- [{done}] [{title}]({url}) {_tags(record)}".rstrip()
        reference = as_gbt7714(sheet.citations[record.article])
        for text in filter(None, (reference, record.quote, record.note)):
            yield "\n".join(f"  {line}" for line in plain(text).split("\n"))


def _tags(record: BookmarkRecord | HighlightRecord) -> str:
    return " ".join(f"`{tag.replace('`', '')}`" for tag in record.tags)

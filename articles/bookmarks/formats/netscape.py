"""The shelf's bookmarks as the file that browsers and bookmark programs exchange.

Two attributes of our own, which others ignore: ``READ_DATE`` is when it was read,
``QUOTE`` how the paragraph begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from articles.bookmarks.formats.moments import from_epoch
from articles.bookmarks.formats.sheet import BadFile, Sheet
from articles.bookmarks.records import BookmarkRecord, Records
from articles.bookmarks.tags import split_tags

MEDIA_TYPE = "text/html; charset=utf-8"
DOCTYPE = "<!DOCTYPE NETSCAPE-Bookmark-file-1>"
# https://reading.example.org/articles/3f2a91bc/#p88
OUR_PATH = re.compile(r"/articles/(?P<article>[-\w]{1,16})/?")


def as_netscape(sheet: Sheet, title: str) -> str:
    name = escape(title)
    lines = [
        DOCTYPE,
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
        f"<TITLE>{name}</TITLE>",
        f"<H1>{name}</H1>",
        "<DL><p>",
        *_entries(sheet),
        "</DL><p>",
    ]
    return "\n".join(lines) + "\n"


def _entries(sheet: Sheet) -> Iterator[str]:
    for record in sheet.records.bookmarks:
        attributes = {
            "HREF": sheet.url(record.article, record.anchor),
            "ADD_DATE": _epoch(record.created),
            "READ_DATE": _epoch(record.read),
            "PRIVATE": "1",
            "TOREAD": "" if record.read else "1",
            "TAGS": ",".join(record.tags),
            "QUOTE": record.quote,
        }
        written = " ".join(f'{k}="{escape(v)}"' for k, v in attributes.items() if v)
        title = sheet.citations[record.article].title
        yield f"<DT><A {written}>{escape(title)}</A>"
        if record.note:
            yield f"<DD>{escape(record.note)}"


def _epoch(moment: datetime | None) -> str:
    return str(int(moment.timestamp())) if moment else ""


def parse_netscape(text: str) -> tuple[Records, list[str]]:
    """The bookmarks of our articles, and the addresses of all others.

    Whatever the host was: a portal may have moved.  Raises BadFile where there is no
    link at all.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if not reader.links:
        raise BadFile(_("从第 1 行到末尾没有一个链接，不是书签文件"))
    records, others = Records(), []
    for link in reader.links:
        record = _record(link)
        if record:
            records.bookmarks.append(record)
        else:
            others.append(link["href"])
    return records, others


def _record(link: dict[str, str]) -> BookmarkRecord | None:
    try:
        url = urlsplit(link["href"])
    except ValueError:
        return None
    found = OUR_PATH.fullmatch(url.path)
    if not found:
        return None
    return BookmarkRecord(
        article=found["article"],
        anchor=unquote(url.fragment)[:16].replace("\0", ""),
        quote=link.get("quote", ""),
        note=link.get("note", "").strip("\n"),
        tags=tuple(split_tags(link.get("tags", ""))),
        created=from_epoch(link.get("add_date", "")),
        read=from_epoch(link.get("read_date", "")),
    )


class _Reader(HTMLParser):
    """Links with their attributes, and the text after ``<DD>`` as their note."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[dict[str, str]] = []
        self.in_note = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_note = tag == "dd" and bool(self.links)
        if tag == "a":
            values = {k: (v or "").replace("\0", "") for k, v in attrs}
            if values.get("href"):
                self.links.append({**values, "note": ""})

    def handle_endtag(self, tag: str) -> None:
        self.in_note = False

    def handle_data(self, data: str) -> None:
        if self.in_note:
            self.links[-1]["note"] += data.replace("\0", "")

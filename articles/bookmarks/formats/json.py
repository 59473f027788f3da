"""The whole shelf as JSON; highlights are W3C Web Annotations.

{"format": "yuelan-shelf", "version": 1,
 "bookmarks": [{"article", "url", "title", "paragraph", "quote", "note", "tags",
                "created", "read"}],
 "highlights": [{"type": "Annotation", "motivation": "highlighting", "created",
                 "body": [...], "target": {"source", "selector": [...]}, ...}],
 "places": [{"article", "paragraph", "updated"}]}
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from articles.bookmarks.formats.moments import from_iso
from articles.bookmarks.formats.sheet import BadFile, Sheet
from articles.bookmarks.records import (
    BookmarkRecord,
    HighlightRecord,
    PlaceRecord,
    Records,
)
from articles.models.bookmark import CONTEXT

FORMAT, VERSION = "yuelan-shelf", 1
MEDIA_TYPE = "application/json"
CONTEXT_URL = "http://www.w3.org/ns/anno.jsonld"
Record = TypeVar("Record")


def as_json(sheet: Sheet) -> str:
    return json.dumps(as_dict(sheet), ensure_ascii=False, indent=1)


def as_dict(sheet: Sheet) -> dict[str, Any]:
    records = sheet.records
    return {
        "format": FORMAT,
        "version": VERSION,
        "bookmarks": [_bookmark(sheet, record) for record in records.bookmarks],
        "highlights": [_annotation(sheet, record) for record in records.highlights],
        "places": [
            {"article": p.article, "paragraph": p.anchor, "updated": _iso(p.updated)}
            for p in records.places
        ],
    }


def _bookmark(sheet: Sheet, record: BookmarkRecord) -> dict[str, Any]:
    return {
        "article": record.article,
        "url": sheet.url(record.article, record.anchor),
        "title": sheet.citations[record.article].title,
        "paragraph": record.anchor,
        "quote": record.quote,
        "note": record.note,
        "tags": list(record.tags),
        "created": _iso(record.created),
        "read": _iso(record.read),
    }


def _annotation(sheet: Sheet, record: HighlightRecord) -> dict[str, Any]:
    text, start, end = record.paragraph, record.start, record.end
    body = [
        {"type": "TextualBody", "purpose": "tagging", "value": t} for t in record.tags
    ]
    if record.note:
        note = {"type": "TextualBody", "purpose": "commenting", "value": record.note}
        body.insert(0, note)
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "@context": CONTEXT_URL,
        "type": "Annotation",
        "motivation": "highlighting",
        "created": _iso(record.created),
        "body": body,
        "target": {
            "source": sheet.url(record.article, record.anchor),
            "selector": [quote, position],
        },
        "article": record.article,
        "title": sheet.citations[record.article].title,
        "paragraph": record.anchor,
        "paragraphText": text,
        "printed": {"sha256": record.source, "lines": list(record.lines)},
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def parse_json(text: str) -> Records:
    """Raises BadFile, naming the line or the entry."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(
            _("第 %(line)d 行不是 JSON：%(error)s")
            % {"line": error.lineno, "error": error.msg}
        ) from None
    except RecursionError:
        raise BadFile(_("嵌套得太深，不是书架文件")) from None
    if isinstance(data, dict) and isinstance(data.get("shelf"), dict):
        data = data["shelf"]  # all of an account's data
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadFile(
            _("不是书架文件：没有 %(format)s") % {"format": f'"format": "{FORMAT}"'}
        )
    if data.get("version") != VERSION:
        raise BadFile(
            _("这个版本的书架文件还不认识：%(version)s")
            % {"version": data.get("version")}
        )
    return Records(
        _each(data, "bookmarks", _read_bookmark),
        _each(data, "highlights", _read_annotation),
        _each(data, "places", _read_place),
    )


def _each(
    data: dict[str, Any], kind: str, read: Callable[[dict[str, Any]], Record]
) -> list[Record]:
    entries = data.get(kind, [])
    if not isinstance(entries, list):
        raise BadFile(_("%(kind)s 不是列表") % {"kind": kind})
    found = []
    for n, entry in enumerate(entries):
        try:
            found.append(read(entry))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadFile(
                _("%(entry)s 读不懂：%(error)s")
                % {"entry": f"{kind}[{n}]", "error": error}
            ) from None
    return found


def _read_bookmark(entry: dict[str, Any]) -> BookmarkRecord:
    return BookmarkRecord(
        article=_text(entry["article"]),
        anchor=_text(entry.get("paragraph")),
        quote=_text(entry.get("quote")),
        note=_text(entry.get("note")),
        tags=tuple(map(_text, entry.get("tags", []))),
        created=from_iso(_text(entry.get("created"))),
        read=from_iso(_text(entry.get("read"))),
    )


def _read_annotation(entry: dict[str, Any]) -> HighlightRecord:
    bodies = entry.get("body", [])
    selectors = {s["type"]: s for s in entry["target"]["selector"]}
    paragraph, start, end = _passage(entry, selectors)
    printed = entry.get("printed", {})
    return HighlightRecord(
        article=_text(entry["article"]),
        paragraph=paragraph,
        start=start,
        end=end,
        anchor=_text(entry.get("paragraph")),
        note="\n\n".join(
            _text(b["value"]) for b in bodies if b["purpose"] == "commenting"
        ),
        tags=tuple(_text(b["value"]) for b in bodies if b["purpose"] == "tagging"),
        created=from_iso(_text(entry.get("created"))),
        source=_text(printed.get("sha256")),
        lines=tuple(int(n) for n in printed.get("lines", [])),
    )


def _passage(entry: dict[str, Any], selectors: dict[str, Any]) -> tuple[str, int, int]:
    """The paragraph as it was, and the passage in it; without the paragraph, what the
    quotation tells of it."""
    quote = selectors["TextQuoteSelector"]
    exact, prefix = _text(quote["exact"]), _text(quote.get("prefix"))
    text, position = (
        _text(entry.get("paragraphText")),
        selectors.get("TextPositionSelector"),
    )
    if text and position:
        start, end = int(position["start"]), int(position["end"])
    else:
        text, start = prefix + exact + _text(quote.get("suffix")), len(prefix)
        end = start + len(exact)
    if not exact or text[start:end] != exact or start < 0:
        raise ValueError(_("引文与位置不符"))
    return text, start, end


def _read_place(entry: dict[str, Any]) -> PlaceRecord:
    return PlaceRecord(
        _text(entry["article"]),
        _text(entry.get("paragraph")),
        from_iso(_text(entry.get("updated"))),
    )


def _text(value: Any) -> str:
    """A string without what PostgreSQL refuses; nothing for null."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(_("%(value)s 应当是文字") % {"value": repr(value)[:80]})
    return value.replace("\0", "").encode("utf-8", "replace").decode()

"""The shelf as CSV, for spreadsheets: bookmarks and highlights, a row each.

UTF-8 with a BOM, so that Excel reads Chinese; a cell that a spreadsheet would run as a
formula gets an apostrophe in front, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from articles.bookmarks.formats.moments import from_iso
from articles.bookmarks.formats.sheet import BadFile, Sheet
from articles.bookmarks.records import BookmarkRecord, HighlightRecord, Records
from articles.bookmarks.tags import split_tags

MEDIA_TYPE = "text/csv; charset=utf-8"
COLUMNS = (
    "kind", "url", "title", "authors", "publication", "issue", "date", "page",
    "passage", "note", "tags", "created", "read",
    "article", "paragraph", "quote", "paragraph_text", "start", "end", "sha256", "lines",
)  # fmt: skip
# What Excel, LibreOffice and WPS may take for the beginning of a formula, and our own
# apostrophe, so that taking it away is always right.
RUNNABLE = tuple("=+-@\t\r\n\0'＝＋－＠|%")
MAX_CELL = 1_000_000


def as_csv(sheet: Sheet) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(sheet):
        writer.writerow({name: neutral(value) for name, value in row.items()})
    return "\ufeff" + out.getvalue()


def neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUNNABLE) else cell


def original(cell: str) -> str:
    return cell.removeprefix("'")


def _rows(sheet: Sheet) -> Iterator[dict[str, str]]:
    for record in sheet.records.bookmarks:
        yield {
            "kind": "bookmark",
            **_common(sheet, record),
            "read": _iso(record.read),
            "quote": record.quote,
        }
    for highlight in sheet.records.highlights:
        yield {
            "kind": "highlight",
            **_common(sheet, highlight),
            "passage": highlight.paragraph[highlight.start : highlight.end],
            "paragraph_text": highlight.paragraph,
            "start": str(highlight.start),
            "end": str(highlight.end),
            "sha256": highlight.source,
            "lines": " ".join(map(str, highlight.lines)),
        }


def _common(sheet: Sheet, record: BookmarkRecord | HighlightRecord) -> dict[str, str]:
    about = sheet.citations[record.article]
    return {
        "url": sheet.url(record.article, record.anchor),
        "title": about.title,
        "authors": "；".join(author.name for author in about.authors),
        "publication": about.publication,
        "issue": about.issue_name,
        "date": about.iso_date,
        "page": str(about.page or ""),
        "note": record.note,
        "tags": "，".join(record.tags),
        "created": _iso(record.created),
        "article": record.article,
        "paragraph": record.anchor,
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def parse_csv(text: str) -> Records:
    """Raises BadFile, naming the line."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    records = Records()
    try:
        header = next(reader, [])
        if not {"kind", "article"} <= set(header):
            raise BadFile(_("第 1 行没有 kind 和 article 两列，不是书架导出的表格"))
        for cells in reader:
            if cells:
                row = dict(zip(header, map(original, cells), strict=False))
                _read_row(row, reader.line_num, records)
    except csv.Error as error:
        raise BadFile(
            _("第 %(line)d 行不是 CSV：%(error)s")
            % {"line": reader.line_num, "error": error}
        ) from None
    return records


def _read_row(row: dict[str, str], line: int, records: Records) -> None:
    row = {name: cell.replace("\0", "") for name, cell in row.items()}
    try:
        if row["kind"] == "bookmark":
            records.bookmarks.append(_read_bookmark(row))
        elif row["kind"] == "highlight":
            records.highlights.append(_read_highlight(row))
        else:
            raise ValueError(f"kind={row['kind'][:40]}")
    except (KeyError, ValueError) as error:
        raise BadFile(
            _("到第 %(line)d 行为止的一条读不懂：%(error)s")
            % {"line": line, "error": error}
        ) from None


def _read_bookmark(row: dict[str, str]) -> BookmarkRecord:
    return BookmarkRecord(
        article=row["article"],
        anchor=row.get("paragraph", ""),
        quote=row.get("quote", ""),
        note=row.get("note", ""),
        tags=tuple(split_tags(row.get("tags", ""))),
        created=from_iso(row.get("created", "")),
        read=from_iso(row.get("read", "")),
    )


def _read_highlight(row: dict[str, str]) -> HighlightRecord:
    start, end = int(row["start"]), int(row["end"])
    if not 0 <= start < end <= len(row["paragraph_text"]):
        raise ValueError(_("start 和 end 不在 paragraph_text 里"))
    return HighlightRecord(
        article=row["article"],
        paragraph=row["paragraph_text"],
        start=start,
        end=end,
        anchor=row.get("paragraph", ""),
        note=row.get("note", ""),
        tags=tuple(split_tags(row.get("tags", ""))),
        created=from_iso(row.get("created", "")),
        source=row.get("sha256", ""),
        lines=tuple(map(int, row.get("lines", "").split())),
    )

"""Articles' fields as XLSX or CSV, out and in again.

Out: a row an article, and in the last column what every field was.  In: a cell that is
blank, or as it was, is left alone; every other is a ``Wish``.  A cell that a spreadsheet
would run as a formula has an apostrophe in front, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.bookmarks.formats.table import neutral, original
from articles.editing.acting import Refused
from articles.editing.bulk import FIELDS, Wish, cell_of
from articles.models import Article, ArticleKind
from articles.problems import column_label

ID, SEEN = "id", "原值"
MAX_BYTES, MAX_UNPACKED, MAX_ROWS = 5_000_000, 80_000_000, 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# XML has no way to write them, so no cell can hold them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_csv(articles: Iterable[Article]) -> bytes:
    """UTF-8 with a BOM, so that Excel reads Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_header())
    writer.writerows(_rows(articles))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(articles: Iterable[Article]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("articles")
    sheet.freeze_panes = "B2"
    sheet.append(_header())
    for row in _rows(articles):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=_CONTROLS.sub("", value))
            cell.data_type = "s"  # text, whatever it begins with
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(name: str, content: bytes) -> list[Wish]:
    """Raises Refused, naming the row, for a file that is none of ours."""
    if len(content) > MAX_BYTES:
        raise Refused(_("文件超过 5 MB；请分几份"))
    rows = _read_xlsx(content) if content[:2] == b"PK" else _read_csv(content)
    header = [str(cell or "").strip().split(" ")[-1] for cell in next(rows, [])]
    if ID not in header or not set(FIELDS) & set(header):
        raise Refused(_("第 1 行没有 id 和要改的列"))
    wishes: list[Wish] = []
    for number, cells in enumerate(rows, start=2):
        if number > MAX_ROWS + 1:
            raise Refused(_("超过 %d 行；请分几份") % MAX_ROWS)
        row = dict(zip(header, cells, strict=False))
        wishes += _wishes({k: original(_text(v)) for k, v in row.items()}, number)
    return wishes


def _header() -> list[str]:
    """Each column's name as pages have it, and as programs have it: 题名 title."""
    return [ID, *(f"{column_label(name)} {name}" for name in FIELDS), SEEN]


def _rows(articles: Iterable[Article]) -> Iterator[list[str]]:
    for article in articles:
        values = {name: cell_of(article, name) for name in FIELDS}
        values["kind"] = str(ArticleKind(article.kind).label)
        seen = json.dumps(values, ensure_ascii=False)
        cells = [article.public_id, *values.values(), seen]
        yield [neutral(cell) for cell in cells]


def _wishes(row: dict[str, str], number: int) -> Iterator[Wish]:
    key = row.get(ID, "").strip()
    if not key:
        return
    try:
        seen = json.loads(row.get(SEEN) or "{}")
    except ValueError:
        raise Refused(_("第 %d 行的“原值”被改坏了") % number) from None
    for name in FIELDS:
        typed = row.get(name, "").strip()
        was = str(seen.get(name, "")) if isinstance(seen, dict) else ""
        if name == "kind":
            was, typed = _kind(was), _kind(typed)
        if typed and typed != was.strip():
            yield Wish(key[:16], name, was, typed)


def _kind(text: str) -> str:
    """A kind by what it is called in any language of the pages, or by its code."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels = {str(kind.label): kind.value for kind in ArticleKind}
        if text in labels:
            return labels[text]
    return text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("\x00", "")


def _read_csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")  # what Excel in China saves
        except UnicodeDecodeError as error:
            raise Refused(
                _("不是 UTF-8 或 GB18030：第 %d 字节") % error.start
            ) from None
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""))
    try:
        yield from reader
    except csv.Error as error:
        line = reader.line_num
        raise Refused(
            _("第 %(line)d 行不是 CSV：%(error)s") % {"line": line, "error": error}
        ) from None


def _read_xlsx(content: bytes) -> Iterator[Iterable[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise Refused(_("展开后太大"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        for number, row in enumerate(rows):
            yield row
            if number > MAX_ROWS + 1:
                return
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001  (a hostile file may fail in any of its ways)
        raise Refused(_("读不懂这个 XLSX 文件：%s") % type(error).__name__) from None

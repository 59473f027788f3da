"""A file of any form that we read, told apart by what it begins with."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.bookmarks.formats.json import parse_json
from articles.bookmarks.formats.netscape import parse_netscape
from articles.bookmarks.formats.sheet import BadFile
from articles.bookmarks.formats.table import parse_csv
from articles.bookmarks.records import Records

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Read:
    """``others``: addresses of pages that are not of this portal."""

    records: Records
    others: list[str] = field(default_factory=list)


def read_file(content: bytes) -> Read:
    """Raises BadFile with a sentence for the reader."""
    if len(content) > MAX_BYTES:
        raise BadFile(_("文件超过 %(n)d MB") % {"n": MAX_BYTES // 1024 // 1024})
    text = _decoded(content)
    begins = text.lstrip()[:1]
    if begins == "{":
        return Read(parse_json(text))
    if begins == "<":
        return Read(*parse_netscape(text))
    return Read(parse_csv(text))


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]  # what Excel calls Unicode text
    elif content.startswith(b"kind,"):
        encodings = ["utf-8", "gb18030"]  # our table, saved again by a Chinese Excel
    else:
        encodings = ["utf-8-sig"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise BadFile(_("第 %(line)d 行不是 UTF-8 文字") % {"line": line})

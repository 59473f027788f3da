"""Bytes to numbered lines; the printed text is never altered afterwards.

In: the bytes of a file.  Out: ``Dump.encoding`` and ``Dump.lines``.  Only
``\\n``, ``\\r\\n`` and a lone ``\\r`` end a line; a form feed, U+0085 or U+2028
does not.  Blank lines are counted but are no ``Line``.  Bytes that cannot be
read for certain are refused: a guess would be stored for ever.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from .errors import DumpTooLarge, EmptyDump, UndecodableDump
from .flow import Dump, Line
from .fold import BLANKS, fold

MAX_BYTES = 8 * 1024 * 1024  # a bound volume has about 2 MB of text
MAX_LINES = 50_000  # a bound volume, wrapped hard, has 40,000

# Frequent characters of running Chinese, simplified and traditional.  Text has
# a third of its characters here; wrongly decoded text has almost none.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自"
    "二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变"
    "条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "這為個國來時們產種對會發動過說經進電裡實體機當點從業應開還與關線內數樣無軍題黨員"
    "，。、：；“”「」《》（）"
)
_MIN_FREQUENT = 0.20  # of the non-ASCII characters

# A C0 control (tab, line ends and the form feed apart) or NUL: "第一\x00期"
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A leading Markdown headline mark: "## 一、背景"
_HASHES = re.compile(r"(#{1,6})[ \u3000]*(?=\S)")
# A list mark: "- 12 某某调查  张三"
_DASH = re.compile(r"[-*+][ \u3000]+(?=\S)")
# A line that is bold as a whole: "**一、背景**"
_BOLD = re.compile(r"\*\*([^*]+)\*\*[ \u3000]*\Z")


def read_lines(dump: Dump) -> Dump:
    """Decode, refuse what is no text, number the lines."""
    if len(dump.data) > MAX_BYTES:
        raise DumpTooLarge(
            dump.source,
            f"the file has {len(dump.data)} bytes, the limit is {MAX_BYTES}",
            "split it into one file an issue",
        )
    text, encoding = decode(dump.data, dump.source, dump.wanted_encoding)
    _refuse_controls(text, dump.source, encoding)
    printed = split_lines(text)
    if len(printed) > MAX_LINES:
        raise DumpTooLarge(
            dump.source,
            f"the file has {len(printed)} lines, the limit is {MAX_LINES}",
            "split it into one file an issue",
            line=MAX_LINES,
        )
    lines = tuple(_number(printed, fold("\n".join(printed)).split("\n")))
    if not lines:
        raise EmptyDump(
            dump.source, "no line has a visible character", "check that the OCR ran"
        )
    return replace(dump, encoding=encoding, lines=lines)


def split_lines(text: str) -> list[str]:
    """``str.splitlines`` would also split at U+0085, U+2028 and a form feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def decode(data: bytes, source: str, wanted: str | None) -> tuple[str, str]:
    """Text and the name of its encoding.

    A byte order mark is believed, then UTF-8 where it is valid.  GB18030 and
    Big5 accept nearly any bytes, so their result must also *look* Chinese.
    """
    if wanted is not None:
        return _strict(data, wanted, source), wanted.lower()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, source), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_bad = error.start
    readings = [r for r in (_reading(data, n) for n in ("gb18030", "big5")) if r]
    best = max(readings, default=(0.0, "", ""))
    if best[0] >= _MIN_FREQUENT:
        return best[1], best[2]
    raise UndecodableDump(
        source,
        "these bytes are not UTF-8, and no other encoding gives Chinese text",
        "name it with --encoding (gb18030, big5, utf-16 …)",
        offset=first_bad,
    )


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _reading(data: bytes, encoding: str) -> tuple[float, str, str] | None:
    """(how Chinese it looks, text, encoding), or None where it does not decode."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    wide = [ch for ch in text[:200_000] if ch > "\x7f" and ch not in BLANKS]
    share = sum(ch in _FREQUENT for ch in wide) / len(wide) if wide else 0.0
    return share, text, encoding


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableDump(
            source,
            f"these bytes are not {encoding}",
            "name the right one with --encoding",
            offset=error.start,
        ) from None
    except LookupError:
        raise UndecodableDump(
            source,
            f"no encoding is called {encoding!r}",
            "name a known one with --encoding (utf-8, gb18030, big5, utf-16 …)",
        ) from None
    return text.removeprefix("\ufeff")


def _refuse_controls(text: str, source: str, encoding: str) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    before = text[: found.start()]
    raise UndecodableDump(
        source,
        f"a control character U+{ord(found[0]):04X} stands in the text",
        "the file is binary or damaged; name its --encoding or clean it",
        offset=len(before.encode(encoding, "surrogatepass")),
    )


def _number(printed: list[str], folded: list[str]) -> list[Line]:
    lines = []
    gap = True
    for number, (raw, cue) in enumerate(zip(printed, folded, strict=True), start=1):
        if raw.replace("\ufeff", "").strip():
            lines.append(make_line(number, raw, gap, cue))
            gap = False
        else:
            gap = True
    return lines


def _lead(raw: str) -> float:
    """Blanks before the text, in full-width characters."""
    raw = raw.lstrip("\ufeff\x0c")
    blanks = raw[: len(raw) - len(raw.lstrip(BLANKS))]
    return sum(1.0 if ch == "\u3000" else 0.5 for ch in blanks)


def make_line(number: int, raw: str, gap: bool, folded: str = "") -> Line:
    """One printed line with its Markdown marks read and removed.

    >>> make_line(1, "## **一，背景**", True).cue
    '一,背景'
    """
    text = raw.strip(BLANKS) or raw
    level, listed = 0, False
    if found := _HASHES.match(text):
        level, text = len(found[1]), text[found.end() :]
    elif found := _DASH.match(text):
        listed, text = True, text[found.end() :]
    bold = _BOLD.match(text)
    if bold:
        text = bold[1].strip(BLANKS) or text
    at, lead = raw.index(text), _lead(raw)
    return Line(
        number=number,
        raw=raw,
        text=text,
        cue=folded[at : at + len(text)] or fold(text),
        level=level,
        bold=bold is not None,
        listed=listed,
        gap=gap,
        indent=1.5 <= lead <= 4.5,
        right=lead >= 6,
        hard_break=raw.endswith("  "),
    )

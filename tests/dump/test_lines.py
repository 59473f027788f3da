"""Bytes to lines: encodings, line ends, refusals."""

from pathlib import Path

import pytest

from articles.dump import (
    DumpTooLarge,
    EmptyDump,
    UndecodableDump,
    parse_dump,
)
from articles.dump.lines import MAX_BYTES, split_lines

CASE = Path(__file__).parent / "cases" / "contents-disagrees" / "in.txt"
TEXT = CASE.read_text(encoding="utf-8")
TRADITIONAL = Path(__file__).parent / "cases" / "footnote-inside-a-paragraph" / "in.txt"


def answer(data: bytes, encoding: str | None = None) -> dict[str, object]:
    parsed = parse_dump(data, source="x", encoding=encoding).as_dict()
    return {k: v for k, v in parsed.items() if k not in ("sha256", "encoding")}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.rstrip("\n").encode(), "utf-8"),
    ],
)
def test_every_encoding_gives_the_result_of_utf8(data: bytes, name: str) -> None:
    assert parse_dump(data, source="x").encoding == name
    assert answer(data) == answer(TEXT.encode())


def test_big5_is_read_as_big5_or_refused_but_never_as_mojibake() -> None:
    text = (
        TRADITIONAL.read_text(encoding="utf-8")
        .replace("①", "")
        .replace("〇", "零")
        .replace("曆", "曆")
    )
    data = text.encode("big5")
    data.decode("gb18030")  # other tools would take it for this without an error
    assert parse_dump(data, source="x").encoding == "big5"
    assert answer(data) == answer(text.encode())


def test_a_named_encoding_is_believed() -> None:
    assert answer(TEXT.encode("utf-16-le"), "utf-16-le") == answer(TEXT.encode())


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        ("第一期\x00".encode(), 9),
        ("第一期\x1b[0m".encode(), 9),
        ("第一期".encode() + b"\xed\xa0\x80" + b"\xff" * 40, 9),
        (bytes(range(128, 256)) * 4, 0),
    ],
)
def test_what_is_no_text_is_refused_with_its_byte(data: bytes, offset: int) -> None:
    with pytest.raises(UndecodableDump) as caught:
        parse_dump(data, source="bad.txt")
    assert caught.value.offset == offset
    assert "bad.txt" in str(caught.value) and "--encoding" in str(caught.value)


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(UndecodableDump, match="no encoding is called 'klingon'"):
        parse_dump(b"abc", source="x", encoding="klingon")


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", " \u3000\t\n\ufeff\n".encode(), b"\x0c\n"]
)
def test_a_blank_file_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyDump, match=r"x: no line"):
        parse_dump(data, source="x")


def test_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(DumpTooLarge, match=str(MAX_BYTES)):
        parse_dump(b"a" * (MAX_BYTES + 1), source="x")


def test_only_line_feeds_and_returns_end_a_line() -> None:
    text = "一\u2028二\x85三\x0c四\r\n五\r六\n七"
    assert split_lines(text) == ["一\u2028二\x85三\x0c四", "五", "六", "七"]
    parsed = parse_dump(text.encode(), source="x")
    assert sorted(parsed.printed) == [1, 2, 3, 4]
    assert parsed.printed[1] == "一\u2028二\x85三\x0c四"

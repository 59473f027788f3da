"""Which files are taken, and that nothing can hang or lead astray."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from articles.importing.errors import NotADump
from articles.importing.files import find_dumps, read_dump, shown, stored_name


def names(*paths: Path) -> list[str]:
    return [str(p) if isinstance(p, NotADump) else p.name for p in find_dumps(paths)]


def test_folders_are_searched_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "sub/c.txt", "skip.md", "another/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["a.TXT", "b.txt", "d.txt", "c.txt"]


def test_a_named_file_is_taken_whatever_its_suffix_and_only_once(
    tmp_path: Path,
) -> None:
    file = tmp_path / "dump.ocr"
    file.write_text("x")
    assert names(file, file, tmp_path / "." / "dump.ocr") == ["dump.ocr"]


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert "没有 .txt 文件" in names(tmp_path)[0]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside, secret = tmp_path / "dumps", tmp_path / "secret.txt"
    inside.mkdir()
    secret.write_text("x")
    (inside / "link.txt").symlink_to(secret)
    (inside / "loop").symlink_to(inside)
    assert len(names(inside)) == 1 and "链接指到文件夹之外" in names(inside)[0]
    assert names(inside / "link.txt") == ["link.txt"]  # named itself, it is meant


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, make) -> None:
    make(tmp_path / "x.txt")
    with pytest.raises(NotADump, match="x.txt"):
        read_dump(tmp_path / "x.txt")


def test_devices_and_missing_files_are_refused() -> None:
    for path in (Path("/dev/zero"), Path("/nowhere/a.txt")):
        with pytest.raises(NotADump, match=str(path)):
            read_dump(path)


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(NotADump, match="超过上限"):
        read_dump(big)


def test_hostile_names_can_be_printed_and_stored() -> None:
    path = Path(os.fsdecode(b"\xc1\xec\xb5\xbc\n\x1b[2J.txt"))
    assert shown(path).isprintable()
    shown(path).encode()  # no half characters left
    assert len(stored_name(Path("长" * 400 + ".txt"))) == 255

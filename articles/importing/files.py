"""Which files to import, and their bytes; nothing here can hang.

In: paths as a person typed them.  Out: regular files in a fixed order, or a NotADump
naming what is wrong with one.  A pipe, a device, a link that leads out of its folder
is refused; a link that was named itself is followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from articles.dump.lines import MAX_BYTES
from articles.importing.errors import NotADump

SUFFIX = ".txt"


def find_dumps(paths: Iterable[Path]) -> Iterator[Path | NotADump]:
    """Each file once, folders recursively and sorted; refusals come in their place."""
    seen: set[Path] = set()
    for path in paths:
        for found in _in_folder(path) if path.is_dir() else [path]:
            if isinstance(found, NotADump):
                yield found
            elif (real := found.resolve()) not in seen:
                seen.add(real)
                yield found


def read_dump(path: Path) -> bytes:
    """Raises NotADump for what is no readable file of a bearable size."""
    try:
        handle = os.open(
            path, os.O_RDONLY | os.O_NONBLOCK
        )  # a pipe would wait for a writer
    except OSError as error:
        raise NotADump(_cannot_open(path, error)) from error
    try:
        _check_regular(path, os.fstat(handle))
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    finally:
        os.close(handle)


def _check_regular(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotADump(
            f"{shown(path)}: {_('不是普通文件（管道、设备或目录），不导入')}"
        )
    if found.st_size > MAX_BYTES:
        text = _("有 %(size)d 字节，超过上限 %(most)d；请分成一期一个文件")
        sizes = {"size": found.st_size, "most": MAX_BYTES}
        raise NotADump(f"{shown(path)}: {text % sizes}")


def _cannot_open(path: Path | str, error: OSError) -> str:
    return f"{shown(path)}: {_('打不开（%s）') % error.strerror}"


def shown(path: Path | str) -> str:
    """A name that can be printed and stored: bytes that are no UTF-8 and controls escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )


def stored_name(path: Path) -> str:
    """The file's own name as the table keeps it."""
    return shown(path.name)[-255:]


def _in_folder(folder: Path) -> Iterator[Path | NotADump]:
    root = folder.resolve()
    empty = True
    for found in _walk(folder):
        empty = False
        if isinstance(found, NotADump):
            yield found
        elif found.is_symlink() and not found.resolve().is_relative_to(root):
            yield NotADump(f"{shown(found)}: {_('链接指到文件夹之外，不导入')}")
        else:
            yield found
    if empty:
        yield NotADump(f"{shown(folder)}: {_('文件夹里没有 %s 文件') % SUFFIX}")


def _walk(folder: Path) -> Iterator[Path | NotADump]:
    refused: list[NotADump] = []

    def note(error: OSError) -> None:
        refused.append(NotADump(_cannot_open(error.filename, error)))

    for place, folders, names in os.walk(folder, onerror=note):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(SUFFIX):
                yield Path(place, name)
    yield from refused

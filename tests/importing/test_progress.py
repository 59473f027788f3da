"""A bar where somebody is looking, silence where nobody is."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management.base import OutputWrapper

from articles.importing.progress import Progress


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


def drawn(stream: StringIO, folder: Path, verbosity: int = 1) -> str:
    for number in range(4):
        (folder / f"{number}.txt").touch()
    progress = Progress(OutputWrapper(stream), [folder], verbosity)
    for _ in range(4):
        progress.clear()
        progress.step()
        progress.drawn = 0.001  # as if a while had passed
    progress.clear()
    return stream.getvalue()


def test_a_terminal_shows_a_bar_and_is_left_clean(tmp_path: Path) -> None:
    shown = drawn(Screen(), tmp_path)
    assert "█" in shown and "2/4" in shown and "4/4" in shown
    assert shown.endswith("\r\x1b[K")


def test_a_file_or_a_quiet_run_shows_nothing(tmp_path: Path) -> None:
    assert drawn(StringIO(), tmp_path) == ""
    assert drawn(Screen(), tmp_path, verbosity=0) == ""

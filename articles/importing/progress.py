"""Progress for a person at a terminal; elsewhere silence, so that logs stay readable."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from articles.importing.files import SUFFIX

WIDTH = 30
EVERY = 0.1  # seconds


class Progress:
    """A bar on ``stream`` (a management command's stderr) when it is a terminal."""

    def __init__(self, stream: Any, paths: Iterable[Path], verbosity: int) -> None:
        self.stream = stream
        self.shows = verbosity > 0 and stream.isatty()
        self.total = _count(paths) if self.shows else 0
        self.done = 0
        self.drawn = 0.0

    def step(self) -> None:
        self.done += 1
        if self.shows and time.monotonic() - self.drawn >= EVERY:
            self.drawn = time.monotonic()
            full = WIDTH * self.done // max(self.total, 1)
            bar = "█" * full + "░" * (WIDTH - full)
            self.stream.write(f"\r{bar} {self.done}/{self.total}", ending="")
            self.stream.flush()

    def clear(self) -> None:
        """Takes the bar away before other lines are printed."""
        if self.shows and self.drawn:
            self.stream.write("\r\x1b[K", ending="")


def _count(paths: Iterable[Path]) -> int:
    return sum(
        sum(1 for p in path.rglob("*") if p.suffix.lower() == SUFFIX)
        if path.is_dir()
        else 1
        for path in paths
    )

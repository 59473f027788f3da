"""Two editors at the same moment by every pair of doors, on either database: one is
saved, the other is told, nothing is lost unsaid."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.databases import empty_database

ROUNDS = 6  # for each of six pairs of doors; `python -m tests.editing.race 34` runs 204


def test_races_lose_nothing_unsaid(tmp_path: Path) -> None:
    with empty_database(tmp_path) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.editing.race", str(ROUNDS)],
            env={**os.environ, "DEBUG": "1", "LOG_LEVEL": "ERROR", **environment},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "{}"

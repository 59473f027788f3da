"""Two editors press save at the same moment, in two threads, on either database.

In a process and a database of its own: the tests' SQLite database is in memory, where
threads share one cache and do not wait for each other as they do on a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.databases import empty_database

ROUNDS = 10


def test_of_two_at_the_same_moment_one_is_saved_and_the_other_asked(
    tmp_path: Path,
) -> None:
    with empty_database(tmp_path) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.admin.race", str(ROUNDS)],
            env={**os.environ, "DEBUG": "1", "LOG_LEVEL": "ERROR", **environment},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    *rounds, base = done.stdout.splitlines()
    assert len(rounds) == ROUNDS
    for turn, line in enumerate(rounds):
        first, second, text = line.split()
        assert {first, second} == {"200", "302"}
        assert text == f"{turn}-{0 if first == '302' else 1}"
    assert base == "{'text': '原文。'}"

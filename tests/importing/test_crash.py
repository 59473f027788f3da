"""A killed import leaves whole issues; a few points here, fifty in the benchmark."""

from pathlib import Path

import pytest

from tests.benchmarks.crash import run


@pytest.mark.slow
def test_a_killed_import_leaves_no_half_issue_and_the_next_one_heals(
    tmp_path: Path,
) -> None:
    assert list(run(tmp_path, points=3, say=print, pattern="heshi-ribao-*")) == []

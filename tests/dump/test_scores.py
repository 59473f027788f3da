"""The scores that must not fall: gold, samples, other house styles."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from articles.dump import parse_dump

from .conftest import HERE, SHARED

LEAST = {1: 0.90, 2: 0.85, 3: 0.80}  # of the difficulty, with room for another machine


def gold() -> Iterator[tuple[Path, Path]]:
    for truth in sorted((SHARED / "gold").glob("*.json")):
        for dump in (SHARED / "seeds").glob(truth.stem + "_*"):
            yield dump, truth


def samples() -> Iterator[tuple[Path, Path]]:
    for truth in sorted((SHARED / "samples" / "truth").glob("*.json")):
        yield SHARED / "samples" / "dumps" / f"{truth.stem}.txt", truth


def result(score: ModuleType, dump: Path, truth: Path) -> dict[str, float]:
    parsed = parse_dump(dump.read_bytes(), source=dump.name).as_dict()
    wanted = json.loads(truth.read_text(encoding="utf-8"))
    text = dump.read_bytes().decode(str(parsed["encoding"])).removeprefix("\ufeff")
    answer: dict[str, float] = score.score(wanted, json.loads(json.dumps(parsed)), text)
    return answer


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_gold_seeds_are_read_as_a_careful_reader_reads_them(
    score: ModuleType,
) -> None:
    for dump, truth in gold():
        got = result(score, dump, truth)
        assert got["overall"] >= 0.985, (dump.name, got)
        for name in ("detection", "authors", "issue", "conservation"):
            assert got[name] == 1.0, (dump.name, name)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_samples_are_read_well_in_the_mean(score: ModuleType) -> None:
    by_difficulty: dict[int, list[float]] = {}
    for dump, truth in samples():
        difficulty = json.loads(truth.read_text(encoding="utf-8"))["difficulty"]
        got = result(score, dump, truth)
        assert got["conservation"] == 1.0
        by_difficulty.setdefault(difficulty, []).append(got["overall"])
    every = [value for values in by_difficulty.values() for value in values]
    assert sum(every) / len(every) >= 0.93


@pytest.mark.parametrize(
    "folder", sorted((HERE / "styles").iterdir()), ids=lambda path: path.name
)
def test_other_house_styles_are_read(folder: Path, score: ModuleType) -> None:
    got = result(score, folder / "in.txt", folder / "truth.json")
    assert got["conservation"] == 1.0
    assert got["overall"] >= 0.65, got


def test_other_house_styles_are_read_well_in_the_mean(score: ModuleType) -> None:
    values = [
        result(score, folder / "in.txt", folder / "truth.json")["overall"]
        for folder in sorted((HERE / "styles").iterdir())
    ]
    assert sum(values) / len(values) >= 0.93

"""The scores that must not fall: gold, samples, other house styles."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from articles.dump import parse_dump

from .conftest import HERE, SHARED

FLOORS = HERE / "floors.json"  # of each house style; --save-golden-files raises them
ROOM = 0.03  # a score may fall so far before it is a loss
NEW = 0.65  # what a house style must reach before its floor is written down


def gold() -> Iterator[tuple[Path, Path]]:
    for truth in sorted((SHARED / "gold").glob("*.json")):
        for dump in (SHARED / "seeds").glob(truth.stem + "_*"):
            yield dump, truth


def samples() -> Iterator[tuple[Path, Path]]:
    for truth in sorted((SHARED / "samples" / "truth").glob("*.json")):
        yield SHARED / "samples" / "dumps" / f"{truth.stem}.txt", truth


LEAST = {1: 0.97, 2: 0.93, 3: 0.88}  # by difficulty


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
    known = list(gold())
    assert known
    for dump, truth in known:
        got = result(score, dump, truth)
        assert got["overall"] >= 0.985, (dump.name, got)
        for name in ("detection", "authors", "issue", "conservation"):
            assert got[name] == 1.0, (dump.name, name)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_samples_are_read_well(score: ModuleType) -> None:
    known = list(samples())
    assert known
    for dump, truth in known:
        difficulty = json.loads(truth.read_text(encoding="utf-8"))["difficulty"]
        got = result(score, dump, truth)
        assert got["conservation"] == 1.0, (dump.name, got)
        assert got["overall"] >= LEAST[difficulty], (dump.name, got)


STYLES = sorted((HERE / "styles").iterdir())


@pytest.mark.parametrize("folder", STYLES, ids=lambda path: path.name)
def test_other_house_styles_are_read_as_well_as_before(
    folder: Path, score: ModuleType, save_golden: bool
) -> None:
    got = style(score, folder)
    if save_golden:
        raise_floor(folder.name, got["overall"])
    assert got["conservation"] == 1.0
    assert got["overall"] >= floors().get(folder.name, NEW), got


def test_other_house_styles_are_read_well_in_the_mean(score: ModuleType) -> None:
    values = [style(score, folder)["overall"] for folder in STYLES]
    assert sum(values) / len(values) >= 0.93


def test_every_floor_is_that_of_a_style() -> None:
    assert floors().keys() <= {folder.name for folder in STYLES}


@cache
def style(score: ModuleType, folder: Path) -> dict[str, float]:
    return result(score, folder / "in.txt", folder / "truth.json")


def floors() -> dict[str, float]:
    """What each house style reached when it was last written down, less ``ROOM``."""
    known: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return known


def raise_floor(name: str, reached: float) -> None:
    """A floor rises with the parser; it is lowered by hand, and with a reason."""
    known = floors()
    known[name] = max(known.get(name, 0.0), round(reached - ROOM, 3))
    text = json.dumps(dict(sorted(known.items())), indent=1)
    FLOORS.write_text(text + "\n", encoding="utf-8")

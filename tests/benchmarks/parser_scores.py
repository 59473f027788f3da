"""Prints how well the parser reads: every dump with truth, means, speed.

    python tests/benchmarks/parser_scores.py              # all that is here
    python tests/benchmarks/parser_scores.py --held-back  # only the samples kept out of sight
    python tests/benchmarks/parser_scores.py --stages     # where the time goes

The truth of ../shared (gold seeds, samples) and of tests/dump/styles; the score is
../shared/score.py.  Some samples were never looked at while the parser was written;
their scores are printed apart.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from articles.dump import parse_dump  # noqa: E402
from articles.dump.flow import Dump  # noqa: E402
from articles.dump.pipeline import STAGES  # noqa: E402

HELD_BACK = ("s02", "s05", "s07")
Case = tuple[str, Path, Path]  # group, dump, truth


def cases() -> Iterator[Case]:
    for truth in sorted((SHARED / "gold").glob("*.json")):
        dump = next((SHARED / "seeds").glob(f"{truth.stem}_*"))
        yield "gold", dump, truth
    for truth in sorted((SHARED / "samples" / "truth").glob("*.json")):
        held = truth.stem.startswith(HELD_BACK)
        group = "held back" if held else f"difficulty {truth.stem[-1]}"
        yield group, SHARED / "samples" / "dumps" / f"{truth.stem}.txt", truth
    for truth in sorted((ROOT / "tests" / "dump" / "styles").glob("*/truth.json")):
        yield "house styles", truth.with_name("in.txt"), truth


def load_score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    if spec is None or spec.loader is None or not (SHARED / "score.py").exists():
        sys.exit("../shared/score.py is not here; nothing can be scored")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(score: ModuleType, dump: Path, truth: Path) -> tuple[dict[str, Any], float]:
    data = dump.read_bytes()
    start = time.process_time()
    parsed = parse_dump(data, source=dump.name)
    seconds = time.process_time() - start
    result = score.score(
        json.loads(truth.read_text(encoding="utf-8")),
        json.loads(json.dumps(parsed.as_dict())),
        data.decode(parsed.encoding).removeprefix("\ufeff"),
    )
    return result, seconds


def name_of(dump: Path) -> str:
    return dump.parent.name if dump.name == "in.txt" else dump.stem[:16]


def print_scores(wanted: list[Case]) -> None:
    score = load_score()
    groups: dict[str, list[dict[str, Any]]] = {}
    size = spent = 0.0
    for group, dump, truth in wanted:
        result, seconds = scored(score, dump, truth)
        groups.setdefault(group, []).append(result)
        size, spent = size + dump.stat().st_size, spent + seconds
        print(f"{group:14s} {name_of(dump):18s} {score.fmt(result)} {seconds:.2f}s")
    print()
    for group, results in groups.items():
        means = {k: score.mean(results, k) for k in [*score.W, "overall"]}
        print(f"{group:14s} n={len(results):<3d} {score.fmt(means)}")
    print(
        f"\n{size / 1e6:.2f} MB in {spent:.1f} s of processor time: {size / 1e6 / spent:.2f} MB/s"
    )


def print_stages(wanted: list[Case]) -> None:
    spent: dict[str, float] = {}
    size = split = 0.0
    for _, path, _ in wanted:
        data = path.read_bytes()
        size += len(data)
        start = time.process_time()
        data.decode("utf-8", "replace").split("\n")
        split += time.process_time() - start
        dump = Dump(source=path.name, data=data)
        for stage in STAGES:
            start = time.process_time()
            dump = stage(dump)
            took = time.process_time() - start
            spent[stage.__name__] = spent.get(stage.__name__, 0.0) + took
    total = sum(spent.values())
    for name, seconds in spent.items():
        print(f"{name:20s} {seconds:7.3f} s {seconds / total:6.1%}")
    print(
        f"{size / 1e6:.2f} MB, {size / 1e6 / total:.2f} MB/s; plain line splitting {split:.4f} s"
    )


def main(arguments: list[str]) -> None:
    wanted = list(cases())
    if "--held-back" in arguments:
        wanted = [case for case in wanted if case[0] == "held back"]
    (print_stages if "--stages" in arguments else print_scores)(wanted)


if __name__ == "__main__":
    main(sys.argv[1:])

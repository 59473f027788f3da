"""How fast the parser reads, and where its time goes.

    python -m tests.benchmarks.parser_speed              # a minute
    python -m tests.benchmarks.parser_speed --rounds 9   # on a busy machine

Reads three sets of dumps in one process on one core: the repository's own fixtures
(short), the seeds and samples of ../shared where they are, and invented magazine
issues as in the benchmark of importing.  Says for each set

    MB/s    megabytes of dump text a second of processor time, from bytes to a parsed issue
    ratio   time of the parser ÷ time of decoding the same files and splitting their lines
    shares  of each stage, from the same rounds

Each file counts with its quickest round, so that a busy machine disturbs little.
Exits 1 when ordinary magazine issues (the whole issues of ../shared, else the
invented ones) are read at less than one megabyte a second.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articles.dump.flow import Dump
from articles.dump.pipeline import STAGES
from tests.benchmarks.importing import PER_DUMP, write_dumps

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
LEAST = 1.0  # megabytes a second
WHOLE_ISSUE = 100_000  # bytes; shorter dumps are single pages or excerpts
INVENTED = 4  # magazine issues


@dataclass
class Timing:
    """The quickest round of one file."""

    size: int
    splitting: float = float("inf")
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def parsing(self) -> float:
        return sum(self.stages.values())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    rounds: int = options.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="yuelan-speed-") as folder:
        measured = {
            name: [timed(file.read_bytes(), rounds) for file in files]
            for name, files in sets(Path(folder, "invented")).items()
            if files
        }
    for name, timings in measured.items():
        report(name, timings)
    judged = measured.get(JUDGED) or measured["invented magazines"]
    enough = rate(judged) >= LEAST
    print(f"{'enough' if enough else 'TOO SLOW'}: the floor is {LEAST} MB/s")
    return 0 if enough else 1


JUDGED = "whole issues of ../shared"


def sets(folder: Path) -> dict[str, list[Path]]:
    shared = sorted([*SHARED.glob("seeds/*.txt"), *SHARED.glob("samples/dumps/*.txt")])
    write_dumps(folder, INVENTED * PER_DUMP)
    return {
        "fixtures": sorted((ROOT / "tests" / "dump").glob("*/*/in.txt")),
        "pages of ../shared": [f for f in shared if f.stat().st_size < WHOLE_ISSUE],
        JUDGED: [f for f in shared if f.stat().st_size >= WHOLE_ISSUE],
        "invented magazines": sorted(folder.iterdir()),
    }


def timed(data: bytes, rounds: int) -> Timing:
    best = Timing(len(data))
    for _ in range(rounds):
        start = time.process_time()
        data.decode("utf-8-sig", "replace").split("\n")
        best.splitting = min(best.splitting, time.process_time() - start)
        stages = dict(one_round(data))
        if not best.stages or sum(stages.values()) < best.parsing:
            best.stages = stages
    return best


def one_round(data: bytes) -> Iterator[tuple[str, float]]:
    dump = Dump(source="dump.txt", data=data)
    for stage in STAGES:
        start = time.process_time()
        dump = stage(dump)
        yield stage.__name__, time.process_time() - start


def rate(timings: list[Timing]) -> float:
    return sum(t.size for t in timings) / 1e6 / sum(t.parsing for t in timings)


def report(name: str, timings: list[Timing]) -> None:
    size, parsing = sum(t.size for t in timings), sum(t.parsing for t in timings)
    ratio = parsing / max(1e-9, sum(t.splitting for t in timings))
    shares: dict[str, float] = defaultdict(float)
    for timing in timings:
        for stage, seconds in timing.stages.items():
            shares[stage] += seconds / parsing
    print(
        f"{name}: {len(timings)} files, {size / 1e6:.2f} MB, {parsing:.2f} s, "
        f"{rate(timings):.2f} MB/s, {ratio:.0f} times plain line splitting"
    )
    told = sorted(shares.items(), key=lambda item: -item[1])
    print("  " + ", ".join(f"{stage} {share:.0%}" for stage, share in told))


if __name__ == "__main__":
    sys.exit(main())

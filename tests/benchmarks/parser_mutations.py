"""Does anything break the parser?  Thousands of damaged dumps, one after the other.

    python -m tests.benchmarks.parser_mutations                  # 10,000
    python -m tests.benchmarks.parser_mutations --count 200 --seed 7
    python -m tests.benchmarks.parser_mutations --first 4000 --count 500  # a part

Takes the dumps of tests/dump and, where they are, of ../shared; drops, doubles, swaps,
cuts and glues their lines and strews random marks.  Each must be read or refused with a
``DumpError``; of what is read every line must stand in exactly one place; and each must
take less than two seconds.  Prints what was done and the slowest; exits 1 at a fault.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from articles.dump import DumpError, parse_dump
from articles.dump.lines import split_lines

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
MOST_SECONDS = 2.0
LONGEST = 60_000  # bytes of a dump; longer ones take part with a stretch of themselves
MARKS = "◎□■#*-|“”《》()（）「」。，、;：:!?…—·〔〕$\\<>[]　 \t\u200b\ufeff\u2028\u0085\x0c❑①1一"

Lines = list[str]
Change = Callable[[random.Random, Lines], None]


def drop(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    del lines[at : at + chance.randint(1, 5)]


def double(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.randint(1, 4)]


def swap(chance: random.Random, lines: Lines) -> None:
    a, b = (chance.randrange(len(lines)) for _ in range(2))
    lines[a], lines[b] = lines[b], lines[a]


def cut(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    middle = chance.randint(0, len(lines[at]))
    lines[at : at + 1] = [lines[at][:middle], lines[at][middle:]]


def glue(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def shuffle(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    part = lines[at : at + chance.randint(2, 12)]
    chance.shuffle(part)
    lines[at : at + len(part)] = part


def strew(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    middle = chance.randint(0, len(lines[at]))
    marks = "".join(chance.choices(MARKS, k=chance.randint(1, 6)))
    lines[at] = lines[at][:middle] + marks + lines[at][middle:]


def tighten(chance: random.Random, lines: Lines) -> None:
    """Blank lines vanish, as some programs leave them out."""
    lines[:] = [line for line in lines if line.strip() or chance.random() < 0.3]


CHANGES: Sequence[Change] = (
    drop, double, swap, cut, glue, shuffle, strew, strew, tighten,
)  # fmt: skip


def sources() -> list[str]:
    files = sorted((ROOT / "tests" / "dump").glob("*/*/in.txt"))
    files += sorted(SHARED.glob("seeds/*.txt"))
    files += sorted(SHARED.glob("samples/dumps/*.txt"))
    return [file.read_bytes().decode("utf-8-sig", "replace") for file in files]


def mutated(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    if len(text.encode()) > LONGEST:
        start = chance.randrange(len(lines) // 2)
        lines = lines[start : start + LONGEST * len(lines) // len(text.encode())]
    for _ in range(chance.choice((1, 3, 10, 30))):
        if lines:
            chance.choice(CHANGES)(chance, lines)
    return "\n".join(lines)


def faults_of(text: str) -> list[str]:
    """What is wrong with the result: places of lines that do not add up."""
    parsed = parse_dump(text.encode("utf-8", "surrogatepass"), source="mutated.txt")
    places = Counter(
        line
        for article in parsed.articles
        for block in article.blocks
        for line in block.lines
    )
    places.update(line for entry in parsed.furniture for line in entry.lines)
    printed = {
        number
        for number, line in enumerate(split_lines(text.removeprefix("\ufeff")), start=1)
        if line.replace("\ufeff", "").strip()
    }
    wrong = [f"line {n} stands in {c} places" for n, c in places.items() if c != 1]
    return wrong + [f"line {n} is not accounted for" for n in printed ^ set(places)]


def _seconds(text: str) -> float:
    start = time.process_time()
    with suppress(DumpError):  # a refusal is quick, or it is counted as slow
        faults_of(text)
    return time.process_time() - start


def run(count: int, seed: int, first: int = 0) -> int:
    texts = sources()
    faults_of(texts[0])  # what is loaded with the first dump is no dump's own time
    refused, failed, slowest = 0, 0, 0.0
    for number in range(first, first + count):
        chance = random.Random(f"{seed}/{number}")
        text = mutated(chance, chance.choice(texts))
        start = time.process_time()
        try:
            faults = faults_of(text)
        except DumpError as refusal:
            refused += 1
            faults = ["the ledger broke"] if "LedgerBroken" in repr(refusal) else []
        took = time.process_time() - start
        if (
            took > MOST_SECONDS
        ):  # a busy machine may be slow once, a slow parser always is
            took = min(took, _seconds(text))
        slowest = max(slowest, took)
        if took > MOST_SECONDS:
            faults.append(f"took {took:.1f} s")
        if faults:
            failed += 1
            print(f"{seed}/{number}: {'; '.join(faults[:3])}", file=sys.stderr)
    print(
        f"{count} damaged dumps: {count - refused - failed} read, {refused} refused, "
        f"{failed} at fault; slowest {slowest:.2f} s"
    )
    return 1 if failed else 0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="number of the first")
    chosen = options.parse_args()
    return run(chosen.count, chosen.seed, chosen.first)


if __name__ == "__main__":
    sys.exit(main())

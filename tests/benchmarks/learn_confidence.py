"""Fit the weights of ``articles/dump/confidence.py`` anew, and say what they are worth.

    python -m tests.benchmarks.learn_confidence              # weights to copy
    python -m tests.benchmarks.learn_confidence --leave-out  # and each dump judged unseen

Takes the dumps with truth of ``parser_scores`` and, counted less, damaged likenesses of
them in which stretches of lines were moved about.  A logistic regression in which no
fact may speak for a block; a block with several wrong lines counts a little more.  Left
out, a dump and its likenesses have no part in the weights by which its blocks are judged.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from articles.dump import blocks, parse_dump
from articles.dump.confidence import REVIEW_BELOW, Facts, against

from .parser_confidence import verdicts
from .parser_scores import cases, name_of

LIKENESSES = 2  # damaged ones of each dump
COUNTED = 0.1  # of what a block of a true dump counts
RIDGE = 1e-4  # keeps rare facts from weighing too much
SHOWN = 0.147  # of all blocks, to an editor
ROUNDS = 30

Row = list[float]


class Sample(NamedTuple):
    """One block: what speaks against it, and how many of its lines are wrong."""

    dump: str
    doubts: Row  # and a one, for the bias
    wrong: int
    share: float  # less for a damaged dump

    @property
    def weight(self) -> float:
        return self.share * (1.0 + 0.5 * min(3, self.wrong))


def main(arguments: Sequence[str]) -> None:
    samples = [s for _, dump, truth in cases() for s in all_samples(dump, truth)]
    true = [s for s in samples if s.share == 1.0]
    fitted = fit(samples, [0.5] * len(Facts._fields) + [-4.0])
    for name, weight in zip(Facts._fields, fitted, strict=False):
        print(f"    {name}={weight:.2f},")
    ranked = sorted((total(s, fitted) for s in true), reverse=True)
    border = ranked[round(SHOWN * len(ranked))]
    shift = math.log(1.0 / REVIEW_BELOW - 1.0) - border
    print(f"BIAS = {fitted[-1] + shift:.2f}  # fitted {fitted[-1]:.2f}")
    print(
        "caught among the 15 % most doubtful:",
        f"{caught(true, [fitted] * len(true)):.1%}",
    )
    if "--leave-out" in arguments:
        own = {name: without(name, samples, fitted) for name in {s.dump for s in true}}
        print("each dump left out:", f"{caught(true, [own[s.dump] for s in true]):.1%}")


# ---- the blocks -------------------------------------------------------------------------


def all_samples(dump: Path, truth: Path) -> Iterator[Sample]:
    """Of a dump, and of its damaged likenesses."""
    name, data = name_of(dump), dump.read_bytes()
    wanted = json.loads(truth.read_text(encoding="utf-8"))
    yield from samples_of(name, data, wanted, 1.0)
    text = data.decode(parse_dump(data, source=name).encoding).removeprefix("\ufeff")
    for number in range(LIKENESSES):
        chance = random.Random(f"{name}/{number}")
        yield from samples_of(name, *damaged(chance, text, wanted), COUNTED)


def samples_of(
    name: str, data: bytes, truth: dict[str, Any], share: float
) -> Iterator[Sample]:
    """The confidence of each block is for once the number of its facts."""
    seen: list[Facts] = []
    judge = blocks.certainty
    blocks.certainty = lambda facts: seen.append(facts) or float(len(seen) - 1)  # type: ignore[assignment, func-returns-value]
    try:
        parsed = json.loads(json.dumps(parse_dump(data, source=name).as_dict()))
    finally:
        blocks.certainty = judge
    for block in verdicts(truth, parsed):
        doubts = [*against(seen[int(block.confidence)]), 1.0]
        yield Sample(name, doubts, block.wrong, share)


def damaged(
    chance: random.Random, text: str, truth: dict[str, Any]
) -> tuple[bytes, dict[str, Any]]:
    """Stretches of lines stand elsewhere; the truth goes with them."""
    lines = text.split("\n")
    order = list(range(1, len(lines) + 1))
    for _ in range(chance.choice((1, 2, 4))):
        start, size = chance.randrange(len(order)), chance.choice((1, 3, 6, 12))
        part = order[start : start + size]
        del order[start : start + size]
        there = start + chance.choice((-1, 1)) * chance.randrange(4, 40)
        order[max(0, there) : max(0, there)] = part
    place = {old: new for new, old in enumerate(order, start=1)}
    moved = json.loads(json.dumps(truth))
    for article in moved["articles"]:
        for block in article["blocks"]:
            block["lines"] = [place[n] for n in block["lines"]]
    return "\n".join(lines[n - 1] for n in order).encode(), moved


# ---- the fit ----------------------------------------------------------------------------


def total(sample: Sample, weights: Row) -> float:
    return sum(map(float.__mul__, sample.doubts, weights))


def caught(samples: Sequence[Sample], weights: Sequence[Row]) -> float:
    """Share of the wrong lines in the blocks that are doubted most."""
    pairs = sorted(zip(samples, weights, strict=True), key=lambda p: -total(*p))
    most = pairs[: round(0.15 * len(pairs))]
    return sum(s.wrong for s, _ in most) / max(1, sum(s.wrong for s in samples))


def without(name: str, samples: Sequence[Sample], start: Row) -> Row:
    return fit([s for s in samples if s.dump != name], start)


def fit(samples: Sequence[Sample], start: Row) -> Row:
    """Newton's method; a weight that would fall below zero stays there."""
    weights = list(start)
    scale = sum(s.weight for s in samples)
    for _ in range(ROUNDS):
        slope, bend = _derivatives(samples, weights, scale)
        held = [i for i, w in enumerate(weights[:-1]) if w == 0 and slope[i] > 0]
        for i in held:
            slope[i] = 0.0
            bend[i] = [float(i == j) for j in range(len(weights))]
        step = _solved(bend, slope)
        after = [w - s for w, s in zip(weights, step, strict=True)]
        after[:-1] = [max(0.0, w) for w in after[:-1]]
        change = max(abs(a - b) for a, b in zip(after, weights, strict=True))
        weights = after
        if change < 1e-3:
            break
    return weights


def _derivatives(
    samples: Sequence[Sample], weights: Row, scale: float
) -> tuple[Row, list[Row]]:
    """Of the loss, the first and the second."""
    size = len(weights)
    slope = [2 * RIDGE * w for w in weights[:-1]] + [0.0]
    bend = [[0.0] * size for _ in range(size)]
    for i in range(size - 1):
        bend[i][i] = 2 * RIDGE
    for sample in samples:
        chance = 1.0 / (1.0 + math.exp(-total(sample, weights)))
        pull = sample.weight * (chance - (sample.wrong > 0)) / scale
        stiff = sample.weight * chance * (1.0 - chance) / scale
        told = [(i, x) for i, x in enumerate(sample.doubts) if x]
        for i, x in told:
            slope[i] += pull * x
            row, part = bend[i], stiff * x
            for j, y in told:
                row[j] += part * y
    return slope, bend


def _solved(matrix: list[Row], values: Row) -> Row:
    """Gauss's elimination with the largest pivot."""
    size = len(values)
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda n: abs(rows[n][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for n in range(size):
            if n != i and rows[n][i]:
                part = rows[n][i] / rows[i][i]
                rows[n] = [a - part * b for a, b in zip(rows[n], rows[i], strict=True)]
    return [rows[i][-1] / rows[i][i] for i in range(size)]


if __name__ == "__main__":
    main(sys.argv[1:])

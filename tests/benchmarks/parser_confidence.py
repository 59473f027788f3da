"""Prints whether the parser's confidence is honest.

    python tests/benchmarks/parser_confidence.py

Over five bins of confidence the share of wrong blocks should fall from bin to bin;
most wrongly placed or joined lines should lie in blocks flagged for review (below
REVIEW_BELOW), and few blocks should be flagged.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.dump import REVIEW_BELOW, parse_dump
from tests.benchmarks.parser_scores import cases

BINS = 5


@dataclass
class Verdict:
    """One block: how sure the parser was, and how many of its lines were wrong."""

    confidence: float
    wrong: int
    lines: int


def owners(parse: dict[str, Any]) -> dict[int, int]:
    return {
        line: number
        for number, article in enumerate(parse["articles"])
        for block in article["blocks"]
        for line in block["lines"]
    }


def joints(parse: dict[str, Any]) -> set[tuple[int, int]]:
    return {
        pair
        for article in parse["articles"]
        for block in article["blocks"]
        if block["role"] == "paragraph"
        for pair in zip(block["lines"], block["lines"][1:], strict=False)
    }


def match(truth: dict[int, int], found: dict[int, int]) -> dict[int, int]:
    """Found article → true article, by the lines they share."""
    shared = Counter((truth[n], found[n]) for n in truth.keys() & found.keys())
    pairs: dict[int, int] = {}
    for (true, own), _ in shared.most_common():
        if own not in pairs and true not in pairs.values():
            pairs[own] = true
    return pairs


def verdicts(truth: dict[str, Any], parse: dict[str, Any]) -> list[Verdict]:
    true_owner, own_owner = owners(truth), owners(parse)
    pairs = match(true_owner, own_owner)
    doubtful = joints(truth) ^ joints(parse)
    split = {n for pair in doubtful for n in pair}
    result = []
    for number, article in enumerate(parse["articles"]):
        for block in article["blocks"]:
            wrong = sum(
                n in true_owner and (true_owner[n] != pairs.get(number) or n in split)
                for n in block["lines"]
            )
            result.append(Verdict(block["confidence"], wrong, len(block["lines"])))
    return result


def report(found: list[Verdict]) -> None:
    wrong = sum(v.wrong for v in found)
    flagged = [v for v in found if v.confidence < REVIEW_BELOW]
    caught = sum(v.wrong for v in flagged)
    print(f"{len(found)} blocks, {wrong} wrongly placed or joined lines")
    print(
        f"flagged for review (below {REVIEW_BELOW}): {len(flagged) / len(found):.1%} of blocks"
    )
    print(
        f"wrong lines in flagged blocks: {caught / wrong:.1%}"
        if wrong
        else "no wrong lines"
    )
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [
            v
            for v in found
            if low <= v.confidence < high or (high == 1 and v.confidence == 1)
        ]
        errors = sum(v.wrong > 0 for v in inside) / len(inside) if inside else 0.0
        print(
            f"  confidence {low:.1f}–{high:.1f}: {len(inside):5d} blocks, {errors:6.1%} wrong"
        )


def main() -> None:
    found: list[Verdict] = []
    for _, dump, truth in cases():
        parsed = json.loads(
            json.dumps(parse_dump(dump.read_bytes(), source=dump.name).as_dict())
        )
        found += verdicts(json.loads(truth.read_text(encoding="utf-8")), parsed)
    report(found)


if __name__ == "__main__":
    main()

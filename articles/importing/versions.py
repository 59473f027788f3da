"""Whether two dumps are versions of one text, and which line became which.

In: two dumps' non-blank lines by number.  Out: a similarity from 0 to 1, or a map
from old line numbers to new ones.  Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

Lines = Mapping[int, str]

SHINGLE = 5  # characters
# Two scans of one page share most of their shingles (with 5 % of all characters
# misread differently 0.77, with 15 % still 0.42); two issues of one periodical share
# their masthead and staff only (at most 0.05 among twenty dumps, measured pair by pair).
SAME_TEXT = 0.3
# A misread line is still the same line when this much of it agrees.
SAME_LINE = 60.0
WINDOW = 8  # lines that may have been put in before it


def similarity(old: Lines, new: Lines) -> float:
    """Shared shingles, over the shingles of the shorter of the two.

    Over the shorter, because a version is often only a part: the first scan ended early.
    """
    one, other = _shingles(old), _shingles(new)
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def line_map(old: Lines, new: Lines) -> dict[int, int]:
    """Old line number → new line number, for every line that is still there."""
    old_numbers, new_numbers = sorted(old), sorted(new)
    old_keys = [_squeeze(old[n]) for n in old_numbers]
    new_keys = [_squeeze(new[n]) for n in new_numbers]
    pairs: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(
        None, old_keys, new_keys, False
    ).get_opcodes():
        if tag == "equal":
            pairs.update(zip(old_numbers[a:b], new_numbers[c:d], strict=True))
        elif tag == "replace":
            for i, j in _pair_up(old_keys[a:b], new_keys[c:d]):
                pairs[old_numbers[a + i]] = new_numbers[c + j]
    return pairs


def _shingles(lines: Lines) -> set[int]:
    """Hashes of the overlapping pieces; punctuation and blanks do not count."""
    text = "".join(ch for n in sorted(lines) for ch in lines[n] if ch.isalnum())
    return {hash(text[i : i + SHINGLE]) for i in range(max(len(text) - SHINGLE + 1, 1))}


def _pair_up(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of lines in order, each old line with the nearby new one most like it."""
    pairs, start, shift = [], 0, 0
    for i, line in enumerate(old):
        near = new[start : i + shift + WINDOW]
        best = process.extractOne(line, near, scorer=fuzz.ratio, score_cutoff=SAME_LINE)
        if best:
            pairs.append((i, start + best[2]))
            start += best[2] + 1
            shift = start - i
    return pairs


def _squeeze(text: str) -> str:
    return "".join(text.split())

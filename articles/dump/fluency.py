"""How well Chinese text runs on across a joint, and how likely it begins there.

In: the end of one text and the beginning of another, folded.  Out: log-odds.
A page is too short to teach a language, so this knowledge is shipped: counts
of two and three neighbouring *kinds of words* (a function word stands for
itself, any other for its part of speech) and of pairs of characters, learned
from articles by ``tests/benchmarks/learn_fluency.py``.  How often a word is
used comes from the segmenter's own dictionary.  No text can be read from it.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from . import dictionary as rjieba

FILE = Path(__file__).parent / "data" / "fluency.json.gz"
SIGHT = 8  # characters on either side that are looked at
BEGIN = "^"  # before the first word of a paragraph
_PAIR, _TRIPLE = 8.0, 12.0  # weight of the shorter context against the longer one
_WORDS = 6e7  # words counted in the segmenter's dictionary
_FUNCTIONAL = "updcryfxvm"  # first letters of tags whose frequent words are functional

Tokens = Sequence[tuple[str, str]]


class Fluency:
    """Counts of kinds of words and of pairs of characters."""

    def __init__(
        self, kinds: Counter[str], chars: Counter[str], known: Iterable[str]
    ) -> None:
        """``kinds``: strings of one to three kinds, joined by blanks."""
        self.kinds, self.chars, self.known = kinds, chars, frozenset(known)
        self._total = sum(n for kind, n in kinds.items() if " " not in kind)
        self._characters = max(1, sum(n for c, n in chars.items() if len(c) == 1))
        self._cost = cache(self._word_cost)
        self._step = cache(self._chance)

    def across(self, left: str, right: str) -> float:
        """Log-odds that the two are one text, against two that met by chance."""
        a, b = left[-SIGHT:], right[:SIGHT]
        return self._worth(a + b) - self._worth(a) - self._worth(b)

    @lru_cache(maxsize=1024)  # noqa: B019 - one instance for the process
    def begins(self, text: str) -> float:
        """Log-odds that a sentence begins here, against the middle of one."""
        tokens = _tokens(text[:SIGHT])
        if not tokens:
            return 0.0
        kinds = [self._kind(*token) for token in tokens[:2]]
        first = self._mixed((BEGIN, "。"), kinds[0]) / self._step("", "", kinds[0])
        odds = math.log(first)
        if len(kinds) > 1:
            odds += math.log(
                (0.2 + self._step(BEGIN, kinds[0], kinds[1]))
                / (0.2 + self._step("", kinds[0], kinds[1]))
            )
        return odds

    def pair(self, left: str, right: str) -> float:
        """How much likelier the two characters are neighbours than by chance."""
        a, b = left[-1:], right[:1]
        expected = (self.chars[a] + 0.5) * (self.chars[b] + 0.5) / self._characters
        return math.log((self.chars[a + b] + 0.05) / (expected + 0.05))

    def _mixed(self, contexts: Sequence[str], kind: str) -> float:
        return sum(self._step("", c, kind) for c in contexts) / len(contexts)

    @lru_cache(maxsize=4096)  # noqa: B019 - one instance for the process
    def _worth(self, text: str) -> float:
        """Log-likelihood of the words of a text."""
        total, before, last = 0.0, "", ""
        for word, tag in _tokens(text):
            kind = self._kind(word, tag)
            total += math.log(self._step(before, last, kind))
            if kind != word:
                total += self._cost(word, kind)
            before, last = last, kind
        return total

    def _kind(self, word: str, tag: str) -> str:
        if word in self.known:
            return word
        return tag[:2] + ("1" if len(word) == 1 and tag != "x" else "")

    def _word_cost(self, word: str, kind: str) -> float:
        frequency = max(1, rjieba.suggest_freq(word)) / _WORDS
        return math.log(frequency / self._step("", "", kind))

    def _chance(self, before: str, last: str, kind: str) -> float:
        """Chance of a kind after one or two others, the longer context first."""
        if not last:
            return (self.kinds[kind] + 0.5) / (self._total + 300.0)
        if not before:
            wide = _PAIR * self._step("", "", kind)
            return (self.kinds[f"{last} {kind}"] + wide) / (self.kinds[last] + _PAIR)
        wide = _TRIPLE * self._step("", last, kind)
        seen = self.kinds[f"{before} {last} {kind}"]
        return (seen + wide) / (self.kinds[f"{before} {last}"] + _TRIPLE)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> Tokens:
    return tuple((word, tag) for word, tag in rjieba.tag(text) if word.strip())


@cache
def shipped() -> Fluency:
    """What is learned from articles at large; read once."""
    data = json.loads(gzip.decompress(FILE.read_bytes()))
    return Fluency(Counter(data["kinds"]), Counter(data["chars"]), data["known"])


# ---- learning -----------------------------------------------------------------------


def learn(texts: Sequence[str]) -> dict[str, object]:
    """Count whole paragraphs; what is seen once is left out but for single kinds."""
    known = _functional_words(texts)
    model = Fluency(Counter(), Counter(), known)
    kinds: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    for text in texts:
        row = [BEGIN, *(model._kind(*token) for token in _tokens(text))]
        for n in (1, 2, 3):
            kinds.update(" ".join(row[i : i + n]) for i in range(len(row) - n + 1))
        chars.update(text)
        chars.update(text[i : i + 2] for i in range(len(text) - 1))
    return {
        "known": known,
        "kinds": {k: n for k, n in kinds.items() if n > 1 or " " not in k},
        "chars": {c: n for c, n in chars.items() if n > 2 or len(c) == 1},
    }


def _functional_words(texts: Sequence[str]) -> list[str]:
    """Frequent words that hold sentences together, and marks."""
    seen = Counter(token for text in texts for token in _tokens(text))
    return sorted(
        word
        for (word, tag), n in seen.most_common(400)
        if n >= 25 and (tag[0] in _FUNCTIONAL or n > 150)
    )

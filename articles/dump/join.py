"""Do two pieces of text belong together?  The evidence, feature by feature.

In: the end of one unit and the beginning of another.  Out: a log-odds score
and the reasons for it.  Nothing here knows where the pieces stand on the page;
``untangle`` adds distance and solves all joints together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from . import cues
from . import dictionary as rjieba
from .fluency import shipped
from .ngrams import CharModel

_PAIRS = {"“": "”", "《": "》", "(": ")", "‘": "’", "<": ">", "[": "]", "【": "】"}
_CLOSERS = {v: k for k, v in _PAIRS.items()}
_BRACKET = re.compile("[" + re.escape("".join([*_PAIRS, *_CLOSERS])) + "]")
# What may follow a number that was cut from its unit: 12|万元
_UNIT = re.compile(
    r"[\d.%,年月日时分个万亿千百余多名人家项元米公里平次届条种座户亩吨件位岁期号版页度倍]"
)
_SUFFIXES = "的了着们吗呢吧得"  # characters that end words and begin none
_PUNCT_ASCII = re.compile(r"[,;:()?!]")
_PUNCT_WIDE = re.compile(r"[，；：（）？！]")


# Fitted on paragraphs cut at random places, each true second half against the
# other second halves and the whole paragraphs of its dump.
WEIGHTS = {
    "closes": 2.1,
    "stays_open": -2.1,
    "orphan_closer": -2.6,
    "word2": 3.0,
    "word3": 3.3,
    "lift": 1.2,
    "trigram": 1.7,
    "span5": 0.8,
    "style": 0.8,
    "never_first": 1.2,
    "suffix": 1.0,
    "numbered": -2.0,
    "unit": 1.0,
    "latin": 0.5,
    "decimal": 4.0,
    "topic": 1.0,
    "near": 0.2,
    "empty": -5.0,
}
# The same on a page that asks ``fluency`` too: it knows the words and their order,
# so that less rests on the single word and on the page's own few phrases.
FLUENT_WEIGHTS = WEIGHTS | {
    "closes": 2.6,
    "stays_open": -2.6,
    "orphan_closer": -2.4,
    "word2": 2.2,
    "lift": 1.1,
    "trigram": 1.2,
    "span5": 0.3,
    "never_first": 1.3,
    "suffix": 1.3,
    "numbered": -1.4,
    "unit": 0.6,
    "topic": 0.9,
    "fluent": 0.66,
    "begins": -0.2,
    "pair": 0.6,
    "near": 0.35,
}
# On a page that ``mosaic`` lays, whole strands are weighed against each other, and what
# a joint's two sides have in common is counted there.
LAID_WEIGHTS = FLUENT_WEIGHTS | {"near": 0.0}
_REASONS = {
    "closes": "the open quotation or bracket closes",
    "stays_open": "an open quotation would not close",
    "orphan_closer": "a closing mark has no partner",
    "word2": "a word straddles the cut",
    "word3": "a long word straddles the cut",
    "span5": "the phrase stands elsewhere in the dump",
    "unit": "number and unit",
    "decimal": "a decimal number goes on",
    "never_first": "the second half cannot begin a sentence",
    "suffix": "the second half begins with the end of a word",
    "topic": "both halves share rare words",
    "near": "both sides of the cut speak of the same",
    "fluent": "the words follow each other as they do in texts",
}


@dataclass(frozen=True)
class End:
    """The side of a unit that may be cut, prepared once, compared often."""

    text: str  # folded, jump marks removed
    printed: str
    open: bool  # as a left side: lacks a stop; as a right side: cannot begin a sentence
    depth: tuple[str, ...]  # unclosed openers (left) or unopened closers (right)
    jump: str = ""  # page named by a jump mark on this side
    sight: str = ""  # the same side of the folded text, as far as a clause or two

    @cached_property
    def narrow(self) -> bool | None:
        """Are its marks rather half-width?  None where it has none."""
        ascii_, wide = (
            _PUNCT_ASCII.findall(self.printed),
            _PUNCT_WIDE.findall(self.printed),
        )
        return len(ascii_) > len(wide) if ascii_ or wide else None

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Pairs of Chinese characters at this side, whose repetition tells a subject."""
        return frozenset(
            a + b
            for a, b in pairwise(self.sight)
            if _HAN <= a <= _LAST and _HAN <= b <= _LAST
        )

    @cached_property
    def numbered(self) -> bool:
        """Does it begin with the number of a heading or item?"""
        return any(pattern.match(self.text) for pattern in _NUMBERS)

    @cached_property
    def never_first(self) -> bool:
        """Does it begin with a mark that begins no sentence?"""
        return cues.NEVER_FIRST.match(self.text) is not None


_HAN, _LAST = "\u3400", "\u9fff"  # Chinese characters
_NEAR = 60  # characters on either side of a joint that speak of the same thing
_NEAR_MOST = 4  # more shared pairs tell no more
_NUMBERS = (cues.CHAPTER, cues.SECTION, cues.ITEM, cues.CIRCLED)


def stops_short(cue: str) -> bool:
    """Does the unit end in the middle of a sentence, or with a jump mark?"""
    return jump_out(cue) is not None or _is_open(cue)


def jump_out(cue: str) -> tuple[int, str] | None:
    """Where the unit's closing jump mark begins, and the page it names."""
    tail = cue[-_SIGHT:]
    if "页" not in tail and "版" not in tail:
        return None
    found = cues.JUMP_OUT.search(tail)
    return (len(cue) - len(tail) + found.start(), found[1]) if found else None


def _is_open(cue: str) -> bool:
    tail = cue[-_SIGHT:].rstrip(" *")
    if len(cue) < _SIGHT and cues.BRACKETED.match(tail):
        return False
    return _stops_in_middle(tail)


@lru_cache(maxsize=4096)  # several stages ask it of the same ends
def _stops_in_middle(tail: str) -> bool:
    if cues.FINAL.search(tail) or cues.HALF_FINAL.search(tail):
        return False
    return cues.REMARK.search(tail) is None


_SIGHT = 60  # characters before the end in which its marks are looked for


def left_end(cue: str, printed: str) -> End:
    """The end of a unit: is it cut, and which brackets stand open?"""
    found = jump_out(cue)
    if found:
        cue, printed = cue[: found[0]], printed[: found[0]]
    cue, printed = cue.rstrip(" *"), printed.rstrip(" *")
    opened, _ = balance(cue[-600:])
    is_open = found is not None or _is_open(cue)
    jump = found[1] if found else ""
    return End(cue[-24:], printed[-80:], is_open, opened, jump, cue[-_NEAR:])


def right_end(cue: str, printed: str) -> End:
    """The beginning of a unit: can it begin a sentence?"""
    found = cues.JUMP_IN.match(cue)
    if found:
        cue, printed = cue[found.end() :], printed[found.end() :]
    start = len(cue) - len(cue.lstrip(" *"))
    cue, printed = cue[start:], printed[start:]
    _, closers = balance(cue[:600])
    jump = found[1] if found else ""
    is_open = found is not None or cues.NEVER_FIRST.match(cue) is not None
    return End(cue[:24], printed[:80], is_open, closers, jump, cue[:_NEAR])


def balance(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Openers never closed and closers never opened, in order.

    >>> balance("他说“好”,但《某书")
    (('《',), ())
    """
    stack: list[str] = []
    orphans: list[str] = []
    for ch in _BRACKET.findall(text):
        if ch in _PAIRS:
            stack.append(ch)
        elif ch in _CLOSERS:
            if _CLOSERS[ch] in stack:
                while stack.pop() != _CLOSERS[ch]:
                    pass
            else:
                orphans.append(ch)
    return tuple(stack), tuple(orphans)


def score(found: dict[str, float]) -> float:
    """Log-odds of the evidence, before any prior for the place on the page."""
    return weighed(found, FLUENT_WEIGHTS if "fluent" in found else WEIGHTS)


def weighed(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of the evidence, each piece by its weight."""
    return sum([weights[name] * value for name, value in found.items()])


def reasons(found: dict[str, float]) -> tuple[str, ...]:
    """The features that decided, strongest first, in words."""
    strong = sorted(
        (
            n
            for n in found
            if n in _REASONS and abs(FLUENT_WEIGHTS[n] * found[n]) >= 0.8
        ),
        key=lambda n: -abs(FLUENT_WEIGHTS[n] * found[n]),
    )
    return tuple("join: " + _REASONS[n] for n in strong[:3] if found[n] > 0)


def features(left: End, right: End, model: CharModel) -> dict[str, float]:
    """The evidence for ``left`` running on into ``right``, as named numbers."""
    a, b = left.text, right.text
    if not a or not b:
        return {"empty": 1.0}
    lift, trigram, longest = model.across(a, b)
    found = {
        "lift": max(-3.0, min(6.0, lift)) / 3.0,
        "trigram": trigram / 3.0,
        "span5": float(longest >= 5),
    }
    if word := straddling_word(a, b):
        found["word2" if len(word) == 2 else "word3"] = 1.0
    if shared := len(left.pairs & right.pairs):
        found["near"] = float(min(_NEAR_MOST, shared))
    if left.depth or right.depth:
        found.update(_brackets(left, right))
    if left.narrow is not None and right.narrow is not None:
        found["style"] = 1.0 if left.narrow == right.narrow else -1.0
    if right.never_first:
        found["never_first"] = -1.0 if a[-1] in ",、;:。" else 1.0
    if right.numbered:
        found["numbered"] = 1.0
    if b[0] in _SUFFIXES:
        found["suffix"] = 1.0
    if a[-1] < "\u2000":
        found.update(_latin(a, b))
    return found


def _latin(a: str, b: str) -> dict[str, float]:
    """After a digit its unit, after a letter or a point the rest of word or number."""
    last = a[-1]
    if last == "." and a[-2:-1].isdigit():
        return {"decimal": 1.0 if b[0].isdigit() else -1.0}
    if last.isdigit():
        return {"unit": 1.0 if _UNIT.match(b) else -1.0}
    if last.isalpha() and b[0].isascii() and b[0].isalpha():
        return {"latin": 1.0}
    return {}


def fluency(left: End, right: End) -> dict[str, float]:
    """What the language at large says of a joint; asked where a joint is in question."""
    if not left.text or not right.text:
        return {}
    known = shipped()
    return {
        "fluent": max(-8.0, min(12.0, known.across(left.text, right.text))) / 4.0,
        "begins": max(-5.0, min(4.0, known.begins(right.text))) / 2.0,
        "pair": max(-3.0, min(6.0, known.pair(left.text, right.text))) / 3.0,
    }


def guarded(found: Mapping[str, float]) -> dict[str, float]:
    """The same, without what no single joint can be refused for: rare words are rare."""
    return {name: max(_LEAST.get(name, value), value) for name, value in found.items()}


_LEAST = {"fluent": -1.0, "begins": -1.0}


def straddling_word(a: str, b: str) -> str:
    """The dictionary word that the joint would cut, or ''.

    >>> straddling_word("非首都功能的疏", "解,为经济区")
    '疏解'
    """
    if a[-1] < _HAN and b[0] < _HAN:
        return ""  # any two runs of letters or of digits would make one
    tail, head = a[-6:], b[:6]
    rest = len(tail)
    for token in rjieba.cut(tail + head, False):
        if rest <= 0:
            return ""
        rest -= len(token)
        if rest < 0:
            return str(token)
    return ""


def _brackets(left: End, right: End) -> dict[str, float]:
    wanted = [_PAIRS[o] for o in left.depth]
    if wanted and right.depth:
        return {
            "closes": 1.0
            if right.depth[0] == wanted[-1] or right.depth[0] in wanted
            else -0.5
        }
    if wanted:
        return {"stays_open": 1.0}
    if right.depth:
        return {"orphan_closer": 1.0}
    return {}

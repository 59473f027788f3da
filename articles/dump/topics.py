"""Which pieces of text speak of the same thing: shared words, rare ones first.

In: the words of units.  Out: a similarity that grows with each rare word two
texts share.  It decides nothing alone; two articles of one issue often share
their subject.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from . import dictionary as rjieba

TELLING = 2.0  # weight of a word that is in one unit of seven
UNIT = 2**20  # of the weights as whole numbers, whose sum has no order
_ENOUGH = 90.0  # a short text that shares no word with another says little


# Words that any text may have, whatever it speaks of; numerals and times as well
_COMMON = frozenset(
    [
        "没有",
        "我们",
        "他们",
        "你们",
        "她们",
        "人们",
        "大家",
        "自己",
        "别人",
        "人家",
        "可以",
        "不能",
        "不会",
        "不要",
        "不用",
        "不得",
        "不是",
        "就是",
        "只是",
        "而是",
        "还是",
        "也是",
        "都是",
        "有人",
        "有的",
        "有些",
        "有关",
        "所有",
        "其中",
        "其他",
        "之间",
        "之后",
        "之前",
        "以后",
        "以前",
        "以来",
        "以及",
        "因为",
        "所以",
        "如果",
        "虽然",
        "但是",
        "可是",
        "然而",
        "而且",
        "并且",
        "由于",
        "为了",
        "关于",
        "根据",
        "按照",
        "通过",
        "随着",
        "对于",
        "后来",
        "最后",
        "从前",
        "过去",
        "现在",
        "今天",
        "今年",
        "去年",
        "前年",
        "明年",
        "当时",
        "那时",
        "时候",
        "时间",
        "那天",
        "出来",
        "起来",
        "下来",
        "过来",
        "回来",
        "上来",
        "下去",
        "出去",
        "过去",
        "进去",
        "看见",
        "听见",
        "知道",
        "觉得",
        "发现",
        "开始",
        "继续",
        "成为",
        "作为",
        "进行",
        "得到",
        "留下",
        "放在",
        "什么",
        "怎么",
        "怎样",
        "为什么",
        "多少",
        "哪里",
        "这里",
        "那里",
        "这个",
        "那个",
        "这些",
        "那些",
        "这样",
        "那样",
        "这种",
        "已经",
        "曾经",
        "一直",
        "只有",
        "还有",
        "没想到",
        "需要",
        "地方",
        "东西",
        "问题",
        "工作",
        "情况",
        "办法",
        "上面",
        "下面",
        "里面",
        "外面",
        "后面",
        "前面",
        "旁边",
        "中间",
        "不同",
        "主要",
        "重要",
        "许多",
        "不少",
        "更加",
        "进一步",
        "往往",
        "就要",
        "的话",
        "比如",
        "例如",
        "不到",
        "超过",
        "左右",
        "达到",
        "说话",
        "看着",
        "使得",
        "能够",
        "必须",
        "应该",
        "应当",
        "可能",
        "一定",
        "非常",
        "十分",
        "特别",
    ]
)
_NUMERALS = frozenset("一二三四五六七八九十百千两几第每数半")


def content_words(text: str) -> frozenset[str]:
    """Dictionary words of two characters and more that tell what a text is about."""
    words = set(rjieba.cut(text, False)) - _COMMON
    return frozenset(
        [
            w
            for w in words
            if len(w) > 1 and "\u4e00" <= w <= "\u9fff" and w[0] not in _NUMERALS
        ]
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a text shares with others, and what all of its words weigh."""

    shared: frozenset[str]
    mass: float


class Rarity:
    """How rare each word is among the units of one dump.

    A word that only one unit has links it with nothing: such words are counted,
    and the others alone are compared.
    """

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        seen = Counter(chain.from_iterable(texts))
        logs = {n: math.log(len(texts) / n) for n in set(seen.values())}
        once = {word for word, n in seen.items() if n == 1}
        self.shared = [words - once for words in texts]
        self.singles = [
            len(words) - len(shared)
            for words, shared in zip(texts, self.shared, strict=True)
        ]
        self._weights = {word: logs[n] for word, n in seen.items() if n > 1}
        self._single = logs.get(1, 0.0)
        # the rarer words that several units have, and those that one has
        self.telling = {
            word: round(known * UNIT)
            for word, known in self._weights.items()
            if known > TELLING
        }
        self.single_weight = round(self._single * UNIT) if self._single > TELLING else 0
        self.weight = self._weights.__getitem__  # nothing for a word of every unit

    def weigh(self, *units: int) -> Words:
        """The words of one unit, or of several together; prepared once."""
        words = frozenset[str]().union(*(self.shared[k] for k in units))
        singles = sum(self.singles[k] for k in units) * self._single
        return Words(words, _LEAST_MASS + singles + math.fsum(map(self.weight, words)))

    def likeness(self, left: Words, right: Words) -> float:
        """Log-odds that the two texts belong together rather than not.

        The cosine of their words, on a scale fitted to neighbours within one
        article against paragraphs of different ones.
        """
        if left.mass <= _LEAST_MASS or right.mass <= _LEAST_MASS:
            return 0.0
        size = math.sqrt(left.mass * right.mass)
        common = math.fsum(map(self.weight, left.shared & right.shared))
        odds = max(-2.0, min(3.5, 30.0 * (common / size - 0.047)))
        return odds if odds > 0 else odds * min(1.0, size / _ENOUGH)


_LEAST_MASS = 5.0  # of a text without words

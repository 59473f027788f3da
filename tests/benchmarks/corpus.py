"""A made-up corpus of any size for the benchmarks: the same for the same seed.

Words come from the vocabulary that ``pypinyin`` carries, alone and in fixed pairs, drawn
by Zipf's law, half of an article from the words of one of
40 subjects; on top stand common words, particles and set phrases, as official prose has
them.  Lengths are log-normal, 1,800 characters on average.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

COMMON = """
发展 工作 建设 经济 社会 推进 加强 全面 重点 服务 管理 项目 企业 群众 干部 组织 改革 创新 农村 农业 产业 文化 旅游 生态
环境 教育 健康 乡村 振兴 治理 基层 城市 质量 水平 能力 机制 体系 制度 政策 落实 实施 完善 提升 提高 促进 保障 安全 稳定
开展 坚持 积极 认真 深入 进一步 高质量 新时代 现代化 一体化 老百姓 共同富裕 转型发展 公共服务 基础设施 基层治理
""".split()  # noqa: SIM905
PARTICLES = """
的 的 的 的 和 和 在 了 是 为 要 以 对 不 有 从 把 与 等 到 上 中 将 就 也 我们 一个 这
""".split()  # noqa: SIM905
FORMULAS = """
把握新发展阶段的根本要求 构建优质高效的服务体系 走出一条转型发展的新路子 以人民为中心的发展思想 确保各项任务落到实处
为高质量发展提供坚强保证 坚持问题导向和目标导向相统一 建立健全长效管理机制 人民群众的获得感不断增强 因地制宜发展特色优势产业
""".split()  # noqa: SIM905
# From one in three articles down to one in a hundred.
FORMULA_WEIGHTS = [1 / (rank + 1) ** 1.7 for rank in range(len(FORMULAS))]
MARKS = "，，，，，，、、、。。。；：“”"
MARKS_BETWEEN = [*MARKS, *[""] * (len(MARKS) * 78 // 22)]  # 22 in a hundred
KINDS = [0] * 25 + [1] * 20 + [2] * 27 + [3] * 28  # in a hundred words
SUBJECTS, SUBJECT_WORDS = 40, 600
COLLOCATIONS, MIXED = 12_000, 8_000
MEAN, SIGMA = 1800, 0.55
FIRST_DAY = date(1980, 1, 1)


def _is_common(word: str) -> bool:
    """All of its characters are of the first level of GB 2312, the 3,755 commonest."""
    raw = word.encode("gb2312", "replace")
    return len(raw) == 2 * len(word) and all(0xB0 <= byte <= 0xD7 for byte in raw[::2])


@dataclass(frozen=True)
class MadeUp:
    """One article; ``number`` also says its issue: 30 articles each."""

    number: int
    title: str
    author: str
    subject: int
    paragraphs: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def issue(self) -> int:
        return self.number // 30

    @property
    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.issue % 14_000)


class Corpus:
    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def articles(self, count: int) -> Iterator[MadeUp]:
        for number in range(count):
            subject = self._random.randrange(SUBJECTS)
            length = self._random.lognormvariate(math.log(MEAN) - SIGMA**2 / 2, SIGMA)
            yield MadeUp(
                number,
                "".join(self._words(subject, 5)),
                self._author(),
                subject,
                self._paragraphs(subject, int(length)),
            )

    def _paragraphs(self, subject: int, length: int) -> list[str]:
        paragraphs = []
        while length > 0:
            size = min(length, self._random.randint(60, 320))
            paragraphs.append(self._paragraph(subject, size))
            length -= size
        return paragraphs

    def _paragraph(self, subject: int, size: int) -> str:
        words = self._words(subject, size * 10 // 21 + 1)
        marks = self._random.choices(MARKS_BETWEEN, k=len(words))
        pieces = [part for pair in zip(words, marks, strict=True) for part in pair]
        if self._random.random() < 0.12:
            [formula] = self._random.choices(FORMULAS, FORMULA_WEIGHTS)
            pieces.insert(len(pieces) // 4 * 2, formula)
        return "".join(pieces)[: size - 1] + "。"

    def _words(self, subject: int, count: int) -> list[str]:
        """A quarter common words, a fifth particles, the rest half general, half special."""
        choices = self._random.choices
        sources = [
            choices(table, k=count)
            for table in (self._common, PARTICLES, self._pools[subject], self._general)
        ]
        kinds = choices(KINDS, k=count)
        return [sources[kind][place] for place, kind in enumerate(kinds)]

    def _author(self) -> str:
        """One of a few thousand names, the first ones signing most."""
        rank = int(self._random.paretovariate(0.8)) % 4000
        pool = self._names
        return pool[rank % len(pool)]

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Common words and, as prose has them, words that go together."""
        from pypinyin.constants import PHRASES_DICT

        words = sorted(w for w in PHRASES_DICT if 2 <= len(w) <= 4 and _is_common(w))
        chance = random.Random(7)
        chance.shuffle(words)
        pairs = [
            chance.choice(words[:4000]) + chance.choice(words[:4000])
            for _ in range(COLLOCATIONS)
        ]
        mixed = words[:MIXED] + pairs
        chance.shuffle(mixed)
        return mixed + words[MIXED:]

    @cached_property
    def _general(self) -> list[str]:
        return _by_zipf(self._vocabulary, 20, 1 << 20)

    @cached_property
    def _common(self) -> list[str]:
        return _by_zipf(COMMON, 5, 1 << 14)

    @cached_property
    def _pools(self) -> list[list[str]]:
        shuffled = random.Random(11)
        return [
            _by_zipf(shuffled.sample(self._vocabulary, SUBJECT_WORDS), 10, 1 << 15)
            for _ in range(SUBJECTS)
        ]

    @cached_property
    def _names(self) -> list[str]:
        surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
        given = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲林"
        letters = random.Random(13)
        names = {
            letters.choice(surnames)
            + "".join(letters.choices(given, k=letters.choice((1, 2, 2))))
            for _ in range(6000)
        }
        return sorted(names)


def _by_zipf(words: Sequence[str], offset: int, size: int) -> list[str]:
    """A table of about ``size`` places, each word as often as Zipf's law has it.

    To draw from it is quicker than to draw by weights.
    """
    weights = [1 / (rank + offset) for rank in range(len(words))]
    places = size / sum(weights)
    return [
        word
        for word, weight in zip(words, weights, strict=True)
        for _ in range(math.ceil(weight * places))
    ]

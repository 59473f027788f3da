"""Folded text cut into tokens, the same for both engines.

A run of two characters and more is indexed as its overlapping pairs: a string stands
in the text when its pairs follow one another.  For searches of one character, a
character outside COMMON is a token of its own where no pair begins with it (SQLite) or
everywhere (PostgreSQL); which of the 1,000 COMMON ones an article has is a row of bits,
for they are in nearly every article and a walk from the newest finds enough at once.

A field is a plane: the characters of titles, names and headings are indexed once more,
each shifted by the field's distance in Unicode, where no script lives.  So one index
and one comparison serve text and fields alike, and never mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from enum import IntEnum
from operator import add
from string import ascii_lowercase as HINTS
from typing import NamedTuple

# The commonest characters of public prose.  Order and content are part of the index.
COMMON = (
    "0123456789一丁七万三上下不与专世业东两严丧个中丰临丹为主丽举久么义之乐乘九也习乡书乱了予争事二于云互五井些亡交产享京亮亲人亿什仅今介从他代令以们件"
    "价任份企伍休众优会传但位低住体何余佛作你使例供依便促俗保信修倒借值假做停健像儿元充先光克免党入全八公六共关兴兵其具养内再写军农冠冲决况冷净准减几凤出击分切划"
    "列则创初利别到制刺刻前副力办功加务动助励劲劳势包化北区医十千升半华协单卖南博占卡卫印危即卷厂历压厚原去县参又及友双反发取受变口古句只召可台史叶号司吃各合同名"
    "后向听启吸告员周味呼命和品响售商善喜器四回因团园困围固国图圈土在地场圾址均坐坚垃型城域培基堂塞境增士壮声处备复外多夜够大天太夫央失头夹奇奋奖套女她好如始姓委"
    "子字存学孩它守安完官定宜实审客宣室害家容宿密富察对导射将小少就尺尽尾局层居屋屏展属山岁岗州工差己已巴巷市布师希带席帮常干平年并广庄序应底店府度座康延建开异弄"
    "式引张弱弹强归当形影彻往征径待很律得微德心必志快念怀态怎思急性总息恶患情惊想意感愿慧戏成我或战户房所手才打托执扩扫扬扶批找承技把抓投折护报担拆拉拓招拥择持指"
    "按挑挥振换据排探接控推措提摄撑播操支收改攻放政故效救教散数整文斗料断新方施旁旅族无既日旧早时明易星春是显晋普景智暴曲更曾最月有服望朝期木未本术机杂权李材村条"
    "来板极构析林果枝架某查标树校样核根格案桥梁检棒植楼模横次欢歌正此步武死段每毒比毛民气水求汇江污汤沁沉沙没河油治法泥注泽洗津活流测济浪海消深清温港游湖源满激火"
    "灾点烟热焦然煤照燕爱父片牌牛牢物特状狗独率玉王环现班球理瓦甚生用田由电画界留略疑疗疫病白百的皮益监盖盘目直相省看真眼着督知短石矿研破础确碳磨示礼社神禁福离秀"
    "种科租积称移程稳究空穿突立站竞章端笑笔第等筑答策筹简算管米类精系素索紧累繁红约级纪纵纷线组细织终经结绕给络绝统续维综绿编缺网置署羊美群翻老考者而耳职联聚肉股"
    "育胆背胜能脉脑脚脱膜自至致良色艺节花若苦英范茶草药莫获菜营落著蒙薄藏虎虑虚融血行街衣补表被装西要覆见观规视觉角解言计认让训议记讲许论设访证评识词试话该语说请"
    "读调谈谋象负财责货质贫贯费资赋走起超越足跑跟路跳践身车转轮轻载较输边达过运近还这进远连追退送适选逐通速造遇道遗避那部都配酒采里重量金针钢钱铁铺链销错锦键镇长"
    "门问闲间闻队防阳阵阿附际陈降限院除险随隐障难集雨雪需露青非靠面革音顶项顺须顾预领频题风飞食餐饭馆首香马驱验骨高魂鱼鲜鸡黄黑鼓齐龙"
)
COMMON_BYTES = len(COMMON) // 8
# Stands before facets, and between runs: a mark that no folded text has.
FACET = "§"
TWO_BYTES = 0x100  # UTF-8 spells U+0080 to U+07FF in two bytes
# The commonest characters change places with letters that are spelled shorter.
# The commonest of the COMMON, and what UTF-8 spells in one byte and no folded text has
# (capitals stand where a letter is kept as it was written).
COMMONEST = (
    "的一市了在业是人发有大化建不中城和展新为要工作理年全能产地上村实生动成我区以力设进个民到国"
    "高行来党会开等文体现提家出务基水时"
)
ONE_BYTE = [code for code in range(3, 128) if not re.match(r"[^\W_]|\n", chr(code))]
_SHORT = {ord(han): code for han, code in zip(COMMONEST, ONE_BYTE, strict=True)}
SWAP = {
    ord(han): TWO_BYTES + n
    for n, han in enumerate(c for c in COMMON if c > "9" and ord(c) not in _SHORT)
}
_SWAPS = {
    code: other
    for table in (_SHORT, SWAP)
    for pair in table.items()
    for code, other in (pair, pair[::-1])
}
_STRETCH = re.compile(f"[{COMMON}]{{2,}}")
_COMMON_PLACE = {character: place for place, character in enumerate(COMMON)}


class Field(IntEnum):
    """Where a string is looked for; the value is its distance in Unicode."""

    TEXT = 0
    TITLE = 0x40000
    AUTHOR = 0x80000
    HEADING = 0xC0000


IN_A_FIELD = chr(Field.TITLE)  # the least of the characters that stand in a field


def shifted(run: str, field: Field) -> str:
    return run.translate(_SHIFTS[field]) if field else run


def pairs(run: str) -> list[str]:
    """Its overlapping pairs; none for a run of one character.

    >>> pairs("放管服")
    ['放管', '管服']
    """
    return list(map(add, run, run[1:]))


def is_common(pair: str) -> bool:
    """Are both characters of the pair COMMON ones?"""
    return pair[0] in _COMMON_PLACE and pair[1] in _COMMON_PLACE


def hinted(run: str) -> list[str]:
    """The *rare* pairs of a run, those with a character that is not COMMON; behind each
    one of 26 hints about the character that follows in the run.
    """
    return _hinted(run, [stretch.span() for stretch in _STRETCH.finditer(run)])


def _hinted(run: str, stretches: Iterable[tuple[int, int]]) -> list[str]:
    """What is between the ``stretches`` of COMMON characters."""
    rare, at, last = [], 0, len(run) - 1
    for start, end in (*stretches, (last, last)):
        for place in range(at, start):
            hint = run[place + 2 : place + 3]
            pair = run[place : place + 2]
            rare.append(pair + HINTS[ord(hint) % len(HINTS)] if hint else pair)
        at = end - 1
    return rare


def common_place(character: str) -> int | None:
    """The bit that says whether an article has ``character``, if it is a COMMON one."""
    return _COMMON_PLACE.get(character)


def common_bits(letters: Set[str]) -> bytes:
    """Bit n of byte m (from the lowest) stands for ``COMMON[8 * m + n]``."""
    bits = bytearray(COMMON_BYTES)
    for place in map(_COMMON_PLACE.__getitem__, letters & _COMMON_PLACE.keys()):
        bits[place >> 3] |= 1 << (place & 7)
    return bytes(bits)


def either(one: bytes, other: bytes) -> bytes:
    """The bits that one of two texts has."""
    both = int.from_bytes(one, "little") | int.from_bytes(other, "little")
    return both.to_bytes(COMMON_BYTES, "little")


class Chain(NamedTuple):
    """Runs as tokens, which can be linked to others.

    ``words`` are the pairs whose order is kept, ``rare`` the others (``hinted``).
    ``begin`` and ``end`` are the first and the last character of all words; ``first``
    those that begin a pair, ``last`` those that end a run.
    """

    words: str
    begin: str
    end: str
    first: frozenset[str]
    last: frozenset[str]
    rare: frozenset[str]

    @property
    def alone(self) -> set[str]:
        """The letters that begin no pair."""
        return set(self.last - self.first)


def chain_of(runs: Iterable[str]) -> Chain:
    """In order are kept the pairs of COMMON characters, and in a field all of them.

    A FACET stands between two that would seem to follow one another and do not.
    """
    tokens: list[str] = []
    first: set[str] = set()
    last: set[str] = set()
    rare: set[str] = set()
    begin = end = ""
    for run in runs:
        first.update(run[:-1])
        last.add(run[-1])
        if len(run) == 1:
            continue
        if run[0] >= IN_A_FIELD:
            tokens += [FACET, *pairs(run)] if run[0] == end else pairs(run)
            begin, end = begin or run[0], run[-1]
            continue
        spans = []
        for stretch in _STRETCH.finditer(run):
            common = stretch[0]
            tokens += [FACET, *pairs(common)] if common[0] == end else pairs(common)
            begin, end = begin or common[0], common[-1]
            spans.append(stretch.span())
        rare.update(_hinted(run, spans))
    kept = map(frozenset, (first, last, rare))
    return Chain(" ".join(tokens), begin, end, *kept)


def linked(one: Chain, other: Chain) -> Chain:
    """As ``chain_of`` the runs of both."""
    words = [
        one.words,
        FACET if one.end and one.end == other.begin else "",
        other.words,
    ]
    return Chain(
        " ".join(filter(None, words)),
        one.begin or other.begin,
        other.end or one.end,
        one.first | other.first,
        one.last | other.last,
        one.rare | other.rare,
    )


def swapped(text: str) -> str:
    """As PostgreSQL stores it; swapping it again gives it back."""
    return text.translate(_SWAPS)


class _Shift(dict[int, str]):
    def __init__(self, field: Field) -> None:
        self._distance = int(field)

    def __missing__(self, code: int) -> str:
        moved = self[code] = chr(code + self._distance)
        return moved


_SHIFTS = {field: _Shift(field) for field in Field}

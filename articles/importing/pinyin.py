"""Chinese text to Latin letters: sort keys and the slugs of addresses.

In: a title, a column's name, a person's name.  Out: lower-case pinyin.  A surname
is read as a surname (曾 zeng, 单 shan, 尉迟 yuchi).  ``pypinyin`` is loaded on first
use: serving pages never needs it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from articles.dump.fold import fold

# Where the reading as a surname differs from the common one (现代汉语词典, 第 7 版).
_SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "尉遲": "yu chi", "单于": "chan yu",
    "單于": "chan yu", "长孙": "zhang sun", "長孫": "zhang sun", "澹台": "tan tai",
    "澹臺": "tan tai", "令狐": "ling hu", "曾": "zeng", "翟": "zhai", "仇": "qiu",
    "区": "ou", "區": "ou", "单": "shan", "單": "shan", "解": "xie", "查": "zha",
    "任": "ren", "盖": "ge", "蓋": "ge", "朴": "piao", "冼": "xian", "洗": "xian",
    "覃": "qin", "员": "yun", "員": "yun", "折": "she", "乐": "yue", "樂": "yue",
    "缪": "miao", "繆": "miao", "种": "chong", "繁": "po", "秘": "bi", "召": "shao",
    "黑": "he", "牟": "mou", "能": "nai", "祭": "zhai", "晁": "chao", "宓": "fu",
    "幺": "yao", "隗": "wei", "那": "na", "句": "gou", "不": "fou", "逄": "pang",
}  # fmt: skip
# Two-character surnames whose reading is regular; they only tell where a name divides.
_DOUBLE = frozenset(
    [
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "皇甫",
        "慕容",
        "东方",
        "東方",
        "公孙",
        "公孫",
        "宇文",
        "独孤",
        "獨孤",
        "南宫",
        "南宮",
        "夏侯",
        "司徒",
        "申屠",
        "淳于",
        "呼延",
        "濮阳",
        "濮陽",
        "赫连",
        "赫連",
        "闾丘",
        "閭丘",
        "端木",
        "西门",
        "西門",
        "钟离",
        "鍾離",
        "轩辕",
        "軒轅",
    ]
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def sort_key(text: str, limit: int = 200) -> str:
    """``河石月刊`` → ``he shi yue kan``; other letters stay, in lower case."""
    return " ".join(part for part in _syllables(text) if part[0].isalnum())[:limit]


def person_sort_key(name: str, limit: int = 200) -> str:
    """``曾国藩`` → ``zeng guo fan``."""
    surname, given = divide_name(name)
    read = _SURNAMES.get(surname) or " ".join(_syllables(surname))
    return " ".join([read, *_syllables(given)])[:limit].strip()


def divide_name(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name."""
    double = name[:2] in _DOUBLE or (len(name) > 2 and name[:2] in _SURNAMES)
    if not "\u3400" <= name[:1] <= "\u9fff":
        return name, ""
    return (name[:2], name[2:]) if double else (name[:1], name[1:])


def slug(text: str, limit: int = 100) -> str:
    """``河石月刊`` → ``heshi-yuekan``: one part a word; never empty."""
    return _shorten(
        "-".join("".join(_syllables(word)) for word in _words(text)), text, limit
    )


def person_slug(name: str, limit: int = 100) -> str:
    """``曾国藩`` → ``zeng-guofan``."""
    surname, given = divide_name(name)
    if not given:
        return slug(name, limit)
    read = (_SURNAMES.get(surname) or " ".join(_syllables(surname))).replace(" ", "")
    return _shorten(f"{read}-{''.join(_syllables(given))}", name, limit)


def free_slug(wanted: str, text: str, taken: Container[str]) -> str:
    """``wanted``, or with so much of the text's digest that it is not ``taken``.

    A digest, not a counter: which of two namesakes has which address then hardly
    depends on the order in which they came.
    """
    return next(s for s in slug_candidates(wanted, text) if s not in taken)


def slug_candidates(wanted: str, text: str) -> list[str]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return [wanted, *(f"{wanted}-{digest[:size]}" for size in (4, 8, 16))]


def _shorten(raw: str, text: str, limit: int) -> str:
    clean = _NOT_SLUG.sub("-", raw).strip("-")[: limit - 17].strip("-")
    return clean or "x" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _words(text: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(fold(_plain(text))))  # it knows simplified words only


@lru_cache(maxsize=20_000)
def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    parts = lazy_pinyin(_plain(text), style=Style.NORMAL, v_to_u=False)
    return tuple(part for raw in parts for part in raw.lower().split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)

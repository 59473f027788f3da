"""The rules from printed to reading text, by name and in their order.

In: nothing.  Out: ``TEXT_RULES`` and ``HEADLINE_RULES``.  A rule yields the places
that it changes; ``needs`` are characters without which it changes nothing, so that
most rules never look at most texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import marks
from .edits import Matches
from .latex import FORMULA, formula
from .letterspacing import close_letterspacing
from .marks import WIDE

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_BLANKS = " \t\u3000"


@dataclass(frozen=True)
class Rule:
    """``name`` is what the log of changes says; ``find`` gives (start, end, new)."""

    name: str
    needs: frozenset[str]
    find: Callable[[str], Matches]


def _rule(name: str, needs: str, find: Callable[[str], Matches]) -> Rule:
    return Rule(name, frozenset(needs), find)


def _swap(
    name: str,
    needs: str,
    pattern: re.Pattern[str],
    value: str | Callable[[re.Match[str]], str],
) -> Rule:
    """Replace each match by ``value``."""

    def find(text: str) -> Matches:
        for found in pattern.finditer(text):
            new = value if isinstance(value, str) else value(found)
            yield found.start(), found.end(), new

    return _rule(name, needs, find)


# ## 一、背景 / - 第一项
_MARKDOWN_HEAD = re.compile(r"^(?:#{1,6}[ \u3000]+|[-*+][ \u3000]+(?=\S))", re.M)
# **加强领导。** __重点__
_BOLD = re.compile(r"\*\*|__(?=[^_\w]|[" + _HAN + r"])")
# [a@b.cn](mailto:a@b.cn)
_LINK = re.compile(
    r"\[([^\[\]\n]{1,200})\]\((?:https?://|mailto:|www\.)[^()\s]{1,300}\)"
)
# <http://example.cn> <a@b.cn>
_AUTOLINK = re.compile(
    r"<((?:https?://|www\.)[^<>\s]{1,300}|[\w.+-]{1,60}@[\w.-]{1,60})>"
)
# 95\% A\_B
_ESCAPE = re.compile(r"\\([%_&#*~\[\]()$])")
# ２５００字 ＧＤＰ 95％
_WIDE_ALNUM = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+|(?<=[0-9０-９])％")
# A stray blank inside Chinese: 服 务; after a dateline it is meant: 本报讯 九月
_STRAY = re.compile(
    rf"(?<=[{WIDE}]) +(?=[{WIDE}])|(?<=[{WIDE}])[ \u3000\t]*\u3000[ \u3000\t]*(?=[{WIDE}])"
)
_STRAY_MARK = re.compile(rf"(?<=[{WIDE}]) +(?=[,;:?!)])|(?<=[(]) +(?=[{WIDE}])")
# 2021 年 4 月: a blank between a numeral and its unit
_NUMERAL = re.compile(
    r"(?<=\d) +(?=[年月日号期届第个位名人元万亿千百时分秒米吨岁天次条项版页章节%％℃])|(?<=[年月第共约达为近超有])[ ]+(?=\d)"
)
_DATELINE = re.compile(r"(?:本[报刊网]讯|消息|\d日电|日讯)\Z")


def _stray_blanks(text: str) -> Matches:
    for found in _STRAY.finditer(text):
        if not _DATELINE.search(text[max(0, found.start() - 6) : found.start()]):
            yield found.start(), found.end(), ""


# 管理 and 保护: a conjunction that OCR translated
_AND = re.compile(rf"(?<=[{_HAN}”》]) ?and ?(?=[{_HAN}“《])")
_WIDE_BLANK = re.compile(r"[ \u3000\t]{2,}|[\u3000\t]")
_BYLINE_BLANK = re.compile(rf"^([◎□■○●◆◇☆★▲△])\s+(?=[{_HAN}])")

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_LETTERS = "".join(c for c in map(chr, _NARROW) if c.isalnum()) + "％"

_MARKUP = (
    _swap("markdown-head", "#-*+", _MARKDOWN_HEAD, ""),
    _swap("bold", "*_", _BOLD, ""),
    _swap("link", "[", _LINK, lambda m: m[1]),
    _swap("autolink", "<", _AUTOLINK, lambda m: m[1]),
    _swap("latex", "$\\", FORMULA, formula),
    _swap("escape", "\\", _ESCAPE, lambda m: m[1]),
    _swap(
        "wide-alphanumeric",
        _WIDE_LETTERS,
        _WIDE_ALNUM,
        lambda m: m[0].translate(_NARROW),
    ),
)

_PUNCTUATION = (
    _rule("brackets", "(", marks.widen_brackets),
    _swap(
        "brackets", "()", marks.LONE_BRACKET, lambda m: "（" if m[0] == "(" else "）"
    ),
    _rule("punctuation", ",;:?!", marks.widen_marks),
    _rule("quotes", '"', marks.curl_quotes),
    _rule("angles", "<", marks.widen_angles),
    _swap("ellipsis", ".", marks.ELLIPSIS, "……"),
    _swap("dash", "-", marks.DASH, "——"),
    _swap("tilde", "~", marks.TILDE, "～"),
)

TEXT_RULES: tuple[Rule, ...] = (
    *_MARKUP,
    _swap("conjunction", "a", _AND, "和"),
    _rule("blank", _BLANKS, _stray_blanks),
    _swap("blank", " ", _STRAY_MARK, ""),
    _swap("blank", " ", _NUMERAL, ""),
    *_PUNCTUATION,
)

HEADLINE_RULES: tuple[Rule, ...] = (
    *_MARKUP,
    _swap("blank", " ", _NUMERAL, ""),
    _rule("letterspacing", _BLANKS, close_letterspacing),
    _swap("blank", _BLANKS, _WIDE_BLANK, " "),
    _swap("blank", _BLANKS, _BYLINE_BLANK, lambda m: m[1]),
    *_PUNCTUATION,
)

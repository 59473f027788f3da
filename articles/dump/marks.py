"""Half-width marks of running Chinese become full-width ones.

In: text.  Out: the places of the marks.  Decimal points, times, addresses,
Latin phrases and code keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .edits import Matches

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_OPEN = "“‘《〈「『（【〔"
_CLOSE = "”’》〉」』）】〕"
WIDE = _HAN + "，。、；：？！…—·" + _OPEN + _CLOSE + "々〇"

_MARK = re.compile(r"[,;:?!]+")
_TO_WIDE = str.maketrans(",;:?!", "，；：？！")
_IS_WIDE = re.compile(rf"[{WIDE}]")


def widen_marks(text: str) -> Matches:
    """Half-width marks beside Chinese; between digits or within Latin text they stay."""
    addresses = _addresses(text)
    for found in _MARK.finditer(text):
        start, end = found.span()
        end = _skip_blanks(text, end) if text[end : end + 1] == " " else end
        between = _is_han(text[start - 1 : start]) and _is_han(text[end : end + 1])
        chinese = between or _belongs_to_chinese(text, start, end)
        if chinese and not _within(addresses, start):
            yield start, end, found[0].translate(_TO_WIDE)


def _is_han(char: str) -> bool:
    """The plain case, without a search."""
    return "\u3400" <= char <= "\u9fff"


def _before(text: str, at: int) -> str:
    """The character before ``at``, blanks passed over."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return text[at - 1 : at]


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _belongs_to_chinese(text: str, at: int, end: int) -> bool:
    before, after = _before(text, at), text[end : end + 1]
    left = _is_wide(before, _before(text, at - 1) if before in "”’" else after)
    right = _is_wide(after, text[end + 1 : end + 2] if after in "“‘" else before)
    if not (left or right):
        return False
    if before.isdigit() and after.isdigit():
        return False
    # Latin, digit or sign before, Chinese after: 增长5%,其中 GDP,人均 Q:什么
    return left or (before != "" and before != "/")


def _is_wide(mark: str, inner: str) -> bool:
    """Chinese, or a quotation mark around Chinese: these marks are Latin too."""
    if mark and mark in "“”‘’" and inner and inner.isascii() and inner.isalnum():
        return False
    return _IS_WIDE.match(mark) is not None


# The characters of an address around a mark: http://a.cn/b?c a:b@c
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|ftp://)[!-~]+|[\w.+-]+@[\w.-]+")


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where the addresses of the text begin and end."""
    if "@" not in text and "://" not in text and "www." not in text:
        return []
    return [found.span() for found in _ADDRESS.finditer(text)]


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


_BRACKETS = re.compile(r"\(([^()\n]{0,120})\)")


def widen_brackets(text: str) -> Matches:
    """( ) around Chinese, or around a word inside Chinese; not (0351)2024567 or f(x)."""
    addresses = _addresses(text)
    for found in _BRACKETS.finditer(text):
        if _within(addresses, found.start()):
            continue
        before = _before(text, found.start())
        end = _skip_blanks(text, found.end())
        if not _is_chinese_bracket(found[1], before, text[end : end + 1]):
            continue
        start = found.start()
        while before and _IS_WIDE.match(before) and text[start - 1] == " ":
            start -= 1
        yield start, found.start() + 1, "（"
        yield found.end() - 1, found.end(), "）"


def _is_chinese_bracket(inner: str, before: str, after: str) -> bool:
    if _HAN_CHAR.search(inner):
        return True
    beside = _IS_WIDE.match(before) and (not after.isalnum() or _IS_WIDE.match(after))
    return bool(beside) and not re.fullmatch(r"[\d\s\-+./*=]*", inner)


_HAN_CHAR = re.compile(f"[{_HAN}]")
# 增长5%(同比
LONE_BRACKET = re.compile(rf"\((?=[{_HAN}])|(?<=[{_HAN}，。；”])\)(?![\w(])")

# 提出"三个坚持"要求: straight quotation marks in pairs
_QUOTED = re.compile(r'"([^"\n]{1,200})"')


def curl_quotes(text: str) -> Matches:
    for found in _QUOTED.finditer(text):
        around = (
            text[max(0, found.start() - 1) : found.start()]
            + text[found.end() : found.end() + 1]
        )
        if (
            _HAN_CHAR.search(found[1])
            or _HAN_CHAR.search(around)
            and not re.search(r"[=<>/]", around)
        ):
            yield found.start(), found.start() + 1, "“"
            yield found.end() - 1, found.end(), "”"


# 市委政研室<改革办>
_ANGLES = re.compile(rf"(?<=[{WIDE}])<([{WIDE}0-9]{{1,40}})>")


def widen_angles(text: str) -> Matches:
    for found in _ANGLES.finditer(text):
        yield found.start(), found.start() + 1, "〈"
        yield found.end() - 1, found.end(), "〉"


# 走过的路...都是路  某市--某县
ELLIPSIS = re.compile(rf"(?<=[{WIDE}])\.{{3,6}}|\.{{3,6}}(?=[{_HAN}])")
DASH = re.compile(rf"(?<=[{WIDE}])--+(?=[{WIDE}])")
TILDE = re.compile(rf"(?<=[{_HAN}])~(?=[{_HAN}])")

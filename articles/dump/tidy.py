"""Printed text to reading text by named, logged rules.

In: the printed text of a block.  Out: the reading text and the list of
changes; applying the changes to the printed text gives the reading text
exactly.  Numbers, times, addresses and Latin text keep their marks.  A
misprint stays: this is for reading, never for rewriting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import rjieba

from .edits import Revision
from .fold import BLANKS
from .record import BlockRole, Change

Matches = Iterator[tuple[int, int, str]]
Rule = Callable[[str], Matches]

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_OPEN = "“‘《〈「『（【〔"
_CLOSE = "”’》〉」』）】〕"
_WIDE = _HAN + "，。、；：？！…—·" + _OPEN + _CLOSE + "々〇"
_CHUNK = 3000  # rules look at no more than a line at a time

_OWN_LINES = frozenset({BlockRole.VERSE, BlockRole.LIST_ITEM, BlockRole.HEADING})
_HEADLINES = frozenset({BlockRole.TITLE, BlockRole.KICKER, BlockRole.BYLINE})


def joined_text(role: BlockRole, lines: Sequence[str]) -> str:
    """How the printed lines of one block make one text; outer blanks go.

    Pieces of a cut paragraph follow each other without a separator; verse,
    list items and headings keep a line each; the lines of a headline are set
    apart by one space, as a catalogue records them.
    """
    bare = [line.strip(BLANKS) for line in lines]
    if role in _OWN_LINES:
        return "\n".join(bare)
    return (" " if role in _HEADLINES else "").join(bare)


def break_offsets(role: BlockRole, lines: Sequence[str]) -> tuple[int, ...]:
    """Where in the joined text of a paragraph one printed line ends and the next begins."""
    if role in _OWN_LINES or role in _HEADLINES:
        return ()
    offsets, at = [], 0
    for line in lines[:-1]:
        at += len(line.strip(BLANKS))
        offsets.append(at)
    return tuple(offsets)


def tidy(text: str, breaks: Sequence[int] = ()) -> tuple[str, tuple[Change, ...]]:
    """Reading text of running text, with its changes.

    >>> tidy("发展 **要快** ,增长3.5%")[0]
    '发展要快，增长3.5%'
    """
    return _run(text, (*_rules_for_breaks(breaks), *TEXT_RULES))


def tidy_headline(text: str) -> tuple[str, tuple[Change, ...]]:
    """The same for headlines and bylines, whose spaces divide phrases and names.

    >>> tidy_headline("王 军  李小明")[0], tidy_headline("要 事 录")[0]
    ('王军 李小明', '要事录')
    """
    return _run(text, HEADLINE_RULES)


def tidy_block(role: BlockRole, lines: Sequence[str]) -> tuple[str, tuple[Change, ...]]:
    """Join and tidy the printed lines of a block."""
    text = joined_text(role, lines)
    if role in _HEADLINES:
        return tidy_headline(text)
    return tidy(text, break_offsets(role, lines))


def _run(
    text: str, rules: Sequence[tuple[str, Rule]]
) -> tuple[str, tuple[Change, ...]]:
    if len(text) > _LONGEST:
        return text, ()
    parts: list[str] = []
    changes: list[Change] = []
    at = 0
    for chunk in _chunks(text, bool(rules) and rules[0][0] == "doubled"):
        revision = Revision(chunk)
        for name, rule in rules:
            revision.apply(name, rule(revision.text))
        parts.append(revision.text)
        changes += [
            replace(c, start=c.start + at, end=c.end + at) for c in revision.changes()
        ]
        at += len(chunk)
    return "".join(parts), tuple(changes)


_LONGEST = 200_000  # no paragraph is longer; what is, is left as printed


def _chunks(text: str, whole: bool) -> Iterator[str]:
    """A very long text is tidied in pieces, cut after a full stop where there is one."""
    if len(text) <= _CHUNK or (whole and len(text) <= 10 * _CHUNK):
        yield text
        return
    at = 0
    while at < len(text):
        end = at + _CHUNK
        stop = max(text.rfind("。", at, end), text.rfind("\n", at, end)) + 1
        end = stop if stop > at else min(end, len(text))
        yield text[at:end]
        at = end


# ---- rules: each yields (start, end, what stands there instead) ------------------------


def _substitute(
    pattern: re.Pattern[str], value: str | Callable[[re.Match[str]], str]
) -> Rule:
    def rule(text: str) -> Matches:
        for found in pattern.finditer(text):
            yield (
                found.start(),
                found.end(),
                value if isinstance(value, str) else value(found),
            )

    return rule


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
# $\mu\text{g}/\text{m}^3$  $19\%$
_LATEX = re.compile(r"\$([^$\n]{1,120})\$|\\\(([^\n]{1,120}?)\\\)")
_COMMANDS = {
    "mu": "μ",
    "times": "×",
    "sim": "~",
    "pm": "±",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "cdot": "·",
    "div": "÷",
    "approx": "≈",
    "neq": "≠",
    "rightarrow": "→",
    "to": "→",
    "ldots": "…",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "Delta": "Δ",
    "lambda": "λ",
    "pi": "π",
    "Omega": "Ω",
    "omega": "ω",
    "sigma": "σ",
    "theta": "θ",
    "degree": "°",
    "circ": "°",
    "quad": " ",
    "infty": "∞",
    "sqrt": "√",
    "bullet": "•",
    "square": "□",
    "prime": "′",
}
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def _latex(found: re.Match[str]) -> str:
    inner = found[1] if found[1] is not None else found[2]
    if not re.search(r"[\\^_]", inner):
        return (
            inner
            if re.fullmatch(r"[\s\d.,+\-=<>×÷/%A-Za-z]{1,40}", inner) and found[2]
            else found[0]
        )
    return latex_to_text(inner)


def latex_to_text(inner: str) -> str:
    """The characters that a LaTeX formula of one line stands for.

    >>> latex_to_text(r"\\mu\\text{g}/\\text{m}^3"), latex_to_text(r"19\\%")
    ('μg/m³', '19%')
    """
    inner = re.sub(
        r"\^\s*\{?\s*\\circ\s*\}?\s*(?:\\(?:text|mathrm)\s*\{C\}|C)?",
        lambda m: "℃" if "C" in m[0] else "°",
        inner,
    )
    inner = re.sub(
        r"\\([A-Za-z]+)(?![A-Za-z])\s?", lambda m: _COMMANDS.get(m[1], m[0]), inner
    )
    inner = re.sub(
        r"\\(?:text|mathrm|mathbf|mathit|rm|bf|operatorname)\s*\{([^{}]*)\}",
        r"\1",
        inner,
    )
    inner = re.sub(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", inner)
    inner = re.sub(r"\\([A-Za-z]+)\s?", r"\1", inner)
    inner = re.sub(r"\\([%_&#$ ,;!])", lambda m: m[1] if m[1] in "%_&#$" else "", inner)
    inner = re.sub(
        r"\^\s*(?:\{([^{}]*)\}|(\w))",
        lambda m: (m[1] or m[2]).translate(_RAISED),
        inner,
    )
    inner = re.sub(
        r"_\s*(?:\{([^{}]*)\}|(\w))",
        lambda m: (m[1] or m[2]).translate(_LOWERED),
        inner,
    )
    return re.sub(
        r"\s*([/×÷±~≤≥=])\s*", r"\1", inner.replace("{", "").replace("}", "")
    ).strip()


# ２５００字 ＧＤＰ 95％
_WIDE_ALNUM = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+|(?<=[0-9０-９])％")
# A stray blank inside Chinese: 服 务; after a dateline it is meant: 本报讯 九月
_STRAY = re.compile(
    rf"(?<=[{_WIDE}]) +(?=[{_WIDE}])|(?<=[{_WIDE}])[ \u3000\t]*\u3000[ \u3000\t]*(?=[{_WIDE}])"
)
_STRAY_MARK = re.compile(rf"(?<=[{_WIDE}]) +(?=[,;:?!)])|(?<=[(]) +(?=[{_WIDE}])")
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

_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK = re.compile(r"[,;:?!]+")
_TO_WIDE = str.maketrans(_MARKS)
_IS_WIDE = re.compile(rf"[{_WIDE}]")


def _marks(text: str) -> Matches:
    """Half-width marks beside Chinese; between digits or within Latin text they stay."""
    for found in _MARK.finditer(text):
        end = _skip_blanks(text, found.end())
        if _belongs_to_chinese(text, found, end):
            yield found.start(), end, found[0].translate(_TO_WIDE)


def _before(text: str, at: int) -> str:
    """The character before ``at``, blanks passed over."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return text[at - 1 : at]


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _belongs_to_chinese(text: str, found: re.Match[str], end: int) -> bool:
    at = found.start()
    before, after = _before(text, at), text[end : end + 1]
    left = _is_wide(before, _before(text, at - 1) if before in "”’" else after)
    right = _is_wide(after, text[end + 1 : end + 2] if after in "“‘" else before)
    if not (left or right) or _in_address(text, at):
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


def _in_address(text: str, at: int) -> bool:
    around = text[max(0, at - 200) : at + 200]
    if "://" not in around and "@" not in around and "www." not in around:
        return False
    for found in _ADDRESS.finditer(text, max(0, at - 200), min(len(text), at + 200)):
        if found.start() <= at < found.end():
            return True
    return False


_BRACKETS = re.compile(r"\(([^()\n]{0,120})\)")


def _brackets(text: str) -> Matches:
    """( ) around Chinese, or around a word inside Chinese; not (0351)2024567 or f(x)."""
    for found in _BRACKETS.finditer(text):
        before = _before(text, found.start())
        end = _skip_blanks(text, found.end())
        if not _is_chinese_bracket(text, found, before, text[end : end + 1]):
            continue
        start = found.start()
        while before and _IS_WIDE.match(before) and text[start - 1] == " ":
            start -= 1
        yield start, found.start() + 1, "（"
        yield found.end() - 1, found.end(), "）"


def _is_chinese_bracket(
    text: str, found: re.Match[str], before: str, after: str
) -> bool:
    if _in_address(text, found.start()):
        return False
    if _HAN_CHAR.search(found[1]):
        return True
    beside = _IS_WIDE.match(before) and (not after.isalnum() or _IS_WIDE.match(after))
    return bool(beside) and not re.fullmatch(r"[\d\s\-+./*=]*", found[1])


_HAN_CHAR = re.compile(f"[{_HAN}]")
_LONE_BRACKET = re.compile(rf"\((?=[{_HAN}])|(?<=[{_HAN}，。；”])\)(?![\w(])")

# 提出"三个坚持"要求: straight quotation marks in pairs
_QUOTED = re.compile(r'"([^"\n]{1,200})"')


def _quotes(text: str) -> Matches:
    for found in _QUOTED.finditer(text):
        around = (
            text[max(0, found.start() - 1) : found.start()]
            + text[found.end() : found.end() + 1]
        )
        if (
            re.search(f"[{_HAN}]", found[1])
            or re.search(f"[{_HAN}]", around)
            and not re.search(r"[=<>/]", around)
        ):
            yield found.start(), found.start() + 1, "“"
            yield found.end() - 1, found.end(), "”"


# 市委政研室<改革办>
_ANGLES = re.compile(rf"(?<=[{_WIDE}])<([{_WIDE}0-9]{{1,40}})>")


def _angles(text: str) -> Matches:
    for found in _ANGLES.finditer(text):
        yield found.start(), found.start() + 1, "〈"
        yield found.end() - 1, found.end(), "〉"


# 走过的路...都是路  某市--某县
_ELLIPSIS = re.compile(rf"(?<=[{_WIDE}])\.{{3,6}}|\.{{3,6}}(?=[{_HAN}])")
_DASH = re.compile(rf"(?<=[{_WIDE}])--+(?=[{_WIDE}])")
_TILDE = re.compile(rf"(?<=[{_HAN}])~(?=[{_HAN}])")


# ---- doubled characters at a break ---------------------------------------------------------


def _rules_for_breaks(breaks: Sequence[int]) -> tuple[tuple[str, Rule], ...]:
    if not breaks:
        return ()

    def rule(text: str) -> Matches:
        for at in breaks:
            if (
                0 < at < len(text)
                and text[at - 1] == text[at]
                and _is_doubled(text, at)
            ):
                yield at, at + 1, ""

    return (("doubled", rule),)


def _is_doubled(text: str, at: int) -> bool:
    """Is the second of two equal characters around a cut a slip of the page?

    Marks are never doubled on purpose; a character is where the words come out
    whole without it: 发展|展现 has two whole words, 经济社会|会发展 has not.
    """
    if text[at] in "，。、；：,;:":
        return True
    if not re.match(f"[{_HAN}]", text[at]):
        return False
    left, right = text[max(0, at - 6) : at], text[at : at + 6]
    joined = rjieba.cut(left + right[1:], False)
    apart = [*rjieba.cut(left, False), *rjieba.cut(right, False)]
    doubled = rjieba.cut(left + right, False)
    if any(len(w) >= 2 and text[at] * 2 in w for w in doubled):
        return False
    whole = any(len(w) >= 3 and _spans(joined, w, len(left)) for w in joined)
    return whole and len(joined) < len(apart)


def _spans(words: Sequence[str], word: str, at: int) -> bool:
    start = 0
    for each in words:
        if each == word and start < at < start + len(each):
            return True
        start += len(each)
    return False


# ---- headlines and bylines -------------------------------------------------------------------

# 要 事 录: single characters set apart
_LETTERSPACED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000]+[{_HAN}])+(?![{_HAN}])")
_WIDE_BLANK = re.compile(r"[ \u3000\t]{2,}|[\u3000\t]")
_BYLINE_BLANK = re.compile(rf"^([◎□■○●◆◇☆★▲△])\s+(?=[{_HAN}])")


def _letterspaced(text: str) -> Matches:
    for found in _LETTERSPACED.finditer(text):
        letters = re.split(r"[ \u3000]+", found[0])
        gaps = re.findall(r"[ \u3000]+", found[0])
        wide = max(map(len, gaps))
        if (
            len(letters) == 2
            or len(set(map(len, gaps))) == 1
            and not (len(letters) == 4 and wide > 1)
        ):
            pairs = len(letters) == 4 and len(letters) % 2 == 0 and _two_names(letters)
            yield (
                found.start(),
                found.end(),
                (
                    " ".join("".join(letters[i : i + 2]) for i in (0, 2))
                    if pairs
                    else "".join(letters)
                ),
            )
        else:
            yield (
                found.start(),
                found.end(),
                "".join(
                    letter
                    + (
                        " "
                        if i < len(gaps)
                        and len(gaps[i]) == wide
                        and len(set(map(len, gaps))) > 1
                        else ""
                    )
                    for i, letter in enumerate(letters)
                ),
            )


def _two_names(letters: Sequence[str]) -> bool:
    from .names import is_person

    return is_person(letters[0] + letters[1]) and is_person(letters[2] + letters[3])


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_MARKUP: tuple[tuple[str, Rule], ...] = (
    ("markdown-head", _substitute(_MARKDOWN_HEAD, "")),
    ("bold", _substitute(_BOLD, "")),
    ("link", _substitute(_LINK, lambda m: m[1])),
    ("autolink", _substitute(_AUTOLINK, lambda m: m[1])),
    ("latex", _substitute(_LATEX, _latex)),
    ("escape", _substitute(_ESCAPE, lambda m: m[1])),
    ("wide-alphanumeric", _substitute(_WIDE_ALNUM, lambda m: m[0].translate(_NARROW))),
)

_PUNCTUATION: tuple[tuple[str, Rule], ...] = (
    ("brackets", _brackets),
    ("brackets", _substitute(_LONE_BRACKET, lambda m: "（" if m[0] == "(" else "）")),
    ("punctuation", _marks),
    ("quotes", _quotes),
    ("angles", _angles),
    ("ellipsis", _substitute(_ELLIPSIS, "……")),
    ("dash", _substitute(_DASH, "——")),
    ("tilde", _substitute(_TILDE, "～")),
)

TEXT_RULES: tuple[tuple[str, Rule], ...] = (
    *_MARKUP,
    ("conjunction", _substitute(_AND, "和")),
    ("blank", _stray_blanks),
    ("blank", _substitute(_STRAY_MARK, "")),
    ("blank", _substitute(_NUMERAL, "")),
    *_PUNCTUATION,
)

HEADLINE_RULES: tuple[tuple[str, Rule], ...] = (
    *_MARKUP,
    ("blank", _substitute(_NUMERAL, "")),
    ("letterspacing", _letterspaced),
    ("blank", _substitute(_WIDE_BLANK, " ")),
    ("blank", _substitute(_BYLINE_BLANK, lambda m: m[1])),
    *_PUNCTUATION,
)

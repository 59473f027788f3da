"""Who wrote this?  Reading a byline, in whatever form a publication prints it.

In: the folded text of a line.  Out: its authors, or nobody.  Where a byline may
stand is not decided here but in ``bylines``.
"""

from __future__ import annotations

import re

from . import cues
from . import dictionary as rjieba
from .flow import Unit
from .fold import squeeze
from .names import is_compound, is_person, read_authors, split_names
from .record import AuthorKind, AuthorRecord
from .sheet import SHORT

_WRITERS = r"文\s*[/、并]\s*[图摄]|图\s*[/、]\s*文|图文|文图|文字?|Text|TEXT|[Bb]y|撰\s*文|作\s*者|撰\s*稿|执\s*笔|整\s*理|口\s*述|讲\s*述|采\s*写|采\s*访|受\s*访|记\s*者|供\s*稿|编\s*译|翻\s*译|主\s*讲|主\s*持|译|述"


_OTHERS = r"图片?|摄\s*影|摄|编\s*辑|责\s*编|美\s*编|校\s*对|绘\s*图|绘|制\s*图|供\s*图|插\s*图|漫\s*画|版\s*式|播\s*音|播\s*讲|演\s*播|朗\s*诵|配\s*乐|录\s*音|制\s*作|解\s*说|导\s*播|监\s*制|责任编辑"


# Roles and names in turn: 文|张三 图|李四 / 口述:张三 整理:李四
_ROLE = re.compile(
    rf"(?:\A|(?<=[\s(,;、]))(?P<role>{_WRITERS}|{_OTHERS})\s*(?:[/:|_·]\s*|(?<=[图文])\s+(?=\S))"
)


_IS_WRITER = re.compile(rf"(?:{_WRITERS})\Z")


# 张三(口述) 李四(整理): the role behind the name
_ROLE_BEHIND = re.compile(rf"\s*[(](?:{_WRITERS})[)]")


def byline_value(cue: str) -> str:
    """The writers' names of a byline, without marks, role words and footnote signs.

    >>> byline_value("文|张三 图|李四")
    '张三'
    """
    cue = _ROLE_BEHIND.sub(" ", cue)
    cue = re.sub(r"^[(\[【·—–\-]+\s*|\s*[)\]】·—–\-]+\Z", "", cue.strip())
    if mark := cues.BYLINE_MARK.match(cue):
        cue = cue[mark.end() :]
    cue = re.sub(
        r"\^\{[^}]*\}|\$[^$]*\$|[¹²³⁴⁵⁶*∗†‡]+|\d+(?![\d届级班年连营团队组号])", " ", cue
    )
    roles = list(_ROLE.finditer(cue))
    if not roles:
        return re.sub(
            r"^(?:文|撰文|作者|撰稿)\s+(?=\S)|\s*(?:供稿|撰稿|撰文|整理)\Z",
            "",
            cue.strip(),
        )
    parts = []
    for this, after in zip(roles, [*roles[1:], None], strict=True):
        if _IS_WRITER.match(this["role"]):
            parts.append(cue[this.end() : after.start() if after else len(cue)].strip())
    return "、".join(p for p in parts if p)


def is_byline(unit: Unit) -> bool:
    """A marked name, or a word for the author with a name."""
    return (
        unit.size <= SHORT
        and not cues.FINAL.search(unit.cue)
        and bool(byline_names(unit.cue))
    )


def byline_names(cue: str) -> tuple[AuthorRecord, ...]:
    """The authors a line names in a form that only a byline has."""
    place = cues.NAME_AND_PLACE.match(cue)
    if place and _ROLE.match(place["place"]):
        return ()  # 旧船票(作者:张三): a headline with its author
    body = place["name"] if place else cue
    if both := _WRITER_AND_CAMERA.fullmatch(body):
        return read_authors(byline_value(both["name"])) or reporters(both["name"])
    if school := school_names(cue):
        return school
    if told := told_names(cues.BYLINE_MARK.sub("", cue.strip(), count=1)):
        return told
    if turned := _NAME_FIRST.fullmatch(body):
        return read_authors(turned["name"])
    mark = cues.BYLINE_MARK.match(body)
    dash = _DASHED.match(body)
    names = split_names(dash["names"]) if dash else ()
    label = dash and rjieba.has_word(squeeze(dash["names"]))  # 【文苑】 and 【文 物】
    if names and not label:
        return tuple(AuthorRecord(name) for name in names)
    if mark or cues.BYLINE_WORD.match(body) or _ROLE.match(body):
        return (
            read_authors(byline_value(body))
            or (_pen_name(body[mark.end() :]) if mark else ())
            or reporters(body)
            or (pen_names(byline_value(body)) if _ROLE.match(body) else ())
        )
    return ()


# ——张 三 【张三】 [张三] ·张三·: a name between marks
_DASHED = re.compile(
    r"(?:[—–]{1,2}|【|\[|·)\s*(?P<names>[^—–【】\[\]·]{2,20}?)\s*(?:[—–]{1,2}|】|\]|·)?\Z"
)


# 张三 口述 李四 整理: what each of them did, behind the name
_TOLD = re.compile(
    r"(?P<name>[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,3}?)\s*"
    r"(?:口述|讲述|整理|记录|执笔|采写|搜集|搜集整理)(?:\s+|\Z)"
)


def told_names(cue: str) -> tuple[AuthorRecord, ...]:
    """Who told a text and who wrote it down.

    >>> [a.name for a in told_names("王水根 口述 葛 存 整理")]
    ['王水根', '葛存']
    """
    found = list(_TOLD.finditer(cue))
    names = [squeeze(each["name"]) for each in found]
    whole = sum(len(each[0]) for each in found) == len(cue)
    if not whole or not all(is_person(n) for n in names[:1]):
        return ()
    return tuple(AuthorRecord(n) for n in names)


# 本报记者 张 三 文/图: one person for the text and the pictures
_WRITER_AND_CAMERA = re.compile(
    r"(?P<name>.{2,40}?)\s*(?<!\S文)(?:文\s*[/、并及和]\s*(?:图片?|摄影?)|图\s*[/、和]\s*文|图文|文图|摄影报道)"
)


# 本报记者 / 本刊特约记者 / 作者: and then a name
_REPORTER = re.compile(
    r"(?:本[报刊社台网][\u4e00-\u9fff]{0,4}?(?:记者|通讯员|撰稿人?|作者|主笔)|通讯员|作者)(?:\s*[:/]\s*|\s+)"
)


def reporters(cue: str) -> tuple[AuthorRecord, ...]:
    """Names of any letters after a word that only names can follow.

    >>> [a.name for a in reporters("本报记者 阿 木 通讯员 闻雨声")]
    ['阿木', '闻雨声']
    """
    if not _REPORTER.match(cue):
        return ()
    rest = _REPORTER.sub("\t", cue).replace("、", "\t")
    rest = re.sub(r"(?<!\S)([\u4e00-\u9fff]) +(?=[\u4e00-\u9fff](?!\S))", r"\1", rest)
    names = rest.split()
    if not all(re.fullmatch(cues.HAN + "{2,4}", name) for name in names):
        return ()
    return tuple(AuthorRecord(name) for name in names)


# 张 三/文 李四 撰文: the word after the name
_NAME_FIRST = re.compile(
    r"(?P<name>[\u4e00-\u9fff、 ]{2,16}?)\s*(?:/\s*文|[/ ]\s*撰文|\s文)"
)


def spaced_names(text: str) -> tuple[AuthorRecord, ...]:
    """Names of two letters, all of them set apart: 于 谷  蒲 苇"""
    letters = text.split()
    if not letters or len(letters) % 2 or any(len(ch) > 1 for ch in letters):
        return ()
    pairs = zip(letters[::2], letters[1::2], strict=True)
    return tuple(AuthorRecord(a + b) for a, b in pairs) if len(letters) <= 8 else ()


def _pen_name(text: str) -> tuple[AuthorRecord, ...]:
    """After a byline mark a name of any letters: □牧 云"""
    if apart := spaced_names(text):
        return apart
    tight = squeeze(text)
    spaced = len(text.split()) == 2 and all(len(p) == 1 for p in text.split())
    if re.fullmatch(cues.HAN + "{2,3}", tight) and (spaced or len(tight) == 3):
        return (AuthorRecord(tight),)
    names = re.sub(r"(?<!\S)(\S) +(?=\S(?!\S))", r"\1", text).split()
    several = 2 <= len(names) <= 4 and " " in text.strip()
    if several and all(re.fullmatch(cues.HAN + "{2,4}", n) for n in names):
        known = [n for n in names if is_person(n) or is_compound(n)]
        return tuple(map(AuthorRecord, names)) if known else ()
    return ()


def read_byline(cue: str) -> tuple[AuthorRecord, ...]:
    """The authors of a line that is known to be a byline, pen names included.

    >>> [a.name for a in read_byline("观众 苦 丁")], [a.name for a in read_byline("晓风")]
    (['苦丁'], ['晓风'])
    """
    value = byline_value(cue)
    found = byline_names(cue) or read_authors(value) or posted_names(cue)
    if found:
        return found
    if school := school_names(cue):
        return school
    return pen_names(value)


def pen_names(value: str) -> tuple[AuthorRecord, ...]:
    """Pen names of two to four letters, also set apart letter by letter."""
    words = re.sub(
        r"(?<!\S)([\u4e00-\u9fff]) +(?=[\u4e00-\u9fff](?!\S))", r"\1", value
    ).split()
    if words and all(re.fullmatch(cues.HAN + "{2,4}", w) for w in words):
        return tuple(AuthorRecord(w) for w in words if not _CALLING.fullmatch(w))
    return ()


# 观众 苦 丁: what the writer is, before the name
_CALLING = re.compile(
    "观众|读者|听众|农民|工人|教师|学生|战士|医生|记者|通讯员|社员|职工"
)


# 质控科 廖知秋 / 心内科主任医师 齐大年 / 1973届校友 向晚: place or calling, then the name
_POSTED = re.compile(
    r"[(]?[\u4e00-\u9fff\d()]{1,16}(?:[科室部处组队局院会所站厂社校班系级届店]|[会校院处科局部队站所省市县区乡镇村州旗厂行]长|主任|书记|教授|"
    r"医师|医生|护士长?|教师|老师|工程师|技师|技术员|研究员|校友|家属|学员|干事|委员|代表)\s+"
    r"(?P<names>[\u4e00-\u9fff][\u4e00-\u9fff \u3000、]{1,11})[)]?\Z"
)


def posted_names(cue: str) -> tuple[AuthorRecord, ...]:
    """The name behind the writer's place of work, rank or year.

    >>> [a.name for a in posted_names("心内科主任医师 齐大年")]
    ['齐大年']
    """
    found = _POSTED.match(cue.strip())
    if not found:
        return ()
    names = split_names(found["names"])
    if names:
        return tuple(AuthorRecord(name) for name in names)
    return spaced_names(found["names"])


def bare_names(cue: str) -> tuple[AuthorRecord, ...]:
    """Names alone on a line, perhaps with their place: 张 三(某市文化馆)"""
    place = cues.NAME_AND_PLACE.match(cue)
    if place and _ROLE.match(place["place"]):
        return ()
    value = byline_value(place["name"] if place else cue)
    found = read_authors(value) or posted_names(value)
    persons = sum(a.kind is AuthorKind.PERSON for a in found)
    return found if 0 < persons <= 3 else ()  # more are a list of names


# 高二(3)班 张 三 指导教师:李四 / 数学组 王五: whose pupil or colleague the writer is
_OF_CLASS = re.compile(
    r"[(]?(?:[\u4e00-\u9fff\d]{1,8}(?:[(][\u4e00-\u9fff\d]{1,3}[)])?(?:班|组|年级|级|教研室|文学社))\s+"
    r"(?P<names>[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,11}?)\s*(?:(?:指导|辅导)(?:教师|老师).*)?[)]?\Z"
)


def school_names(cue: str) -> tuple[AuthorRecord, ...]:
    """The pupil or teacher after the class or the department.

    >>> [a.name for a in school_names("(高二(3)班 童 谣 指导教师:温 和)")]
    ['童谣']
    """
    found = _OF_CLASS.match(cue.strip())
    if not found:
        return ()
    return read_authors(found["names"]) or pen_names(found["names"])


def small_office(text: str) -> bool:
    """An office of the house itself, which needs no seat in its name: 古籍部"""
    return (
        re.fullmatch(cues.HAN + "{1,9}[部处科室组办馆站社队班]", squeeze(text))
        is not None
    )


def signs_at_end(unit: Unit) -> bool:
    """……开创新局面。(张三 李四): the author in brackets after the last sentence."""
    found = cues.END_BYLINE.search(unit.cue)
    if not found or not cues.FINAL.search(unit.cue[: found.start()].rstrip()):
        return False
    return bool(read_authors(byline_value(found[1])))

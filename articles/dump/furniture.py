"""Claims for what belongs to the page and not to an article.

In: a ``Sheet``.  Out: claims of masthead, staff, imprint, running heads,
labels, captions, adverts and repeated lines.  A line is furniture because of
its own form or because the page prints it again, never for being short alone.
"""

from __future__ import annotations

import re
from collections import Counter

from . import cues
from .editions import edition_line
from .flow import Role, Unit
from .fold import key, squeeze
from .masthead import issue_line
from .names import is_office, split_names
from .record import IssueKind
from .sheet import SHORT, Sheet, is_sentence
from .writers import posted_names


def claim_rules(sheet: Sheet) -> None:
    """━━━━ ******: a line without a letter or a digit is an ornament of the page."""
    for i, unit in enumerate(sheet.units):
        if not any(ch.isalnum() for ch in unit.text) and not _TORN_MARK.search(
            unit.text
        ):
            sheet.claim(i, Role.RUNNING_HEAD, "rule without a letter", 0.85)


_TORN_MARK = re.compile(r"[。!?,、;:”’》)」』…□?]")  # may be torn from a text


def claim_page_numbers(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size <= 10 and cues.PAGE_NUMBER.match(unit.cue):
            sheet.claim(i, Role.RUNNING_HEAD, "page number")


def claim_running_heads(sheet: Sheet) -> None:
    """The publication's name with a number, or one short line on many pages."""
    issue = sheet.dump.issue
    name = squeeze(issue.publication) if issue and issue.publication else ""
    shapes = Counter(_shape(u) for u in sheet.units if u.size <= 40)
    for i, unit in enumerate(sheet.units):
        if unit.size > 60 or not sheet.free(i) or cues.FINAL.search(unit.cue):
            continue
        if name and _names_publication(unit, name):
            sheet.claim(i, Role.RUNNING_HEAD, "publication and number repeated")
        elif edition_line(unit):
            sheet.claim(i, Role.RUNNING_HEAD, "head of a newspaper page", 0.97)
        elif _signed_date(sheet, i):
            sheet.claim(i, Role.NOTE, "date below a signature", 0.8)
        elif _paper_number(sheet, i):
            sheet.claim(i, Role.NOTE, PAPER_NUMBER, 0.85)
        elif issue_line(unit.cue) and not _day_of_speech(sheet, i):
            sheet.claim(i, Role.RUNNING_HEAD, "issue line repeated")
        elif _repeats_title(sheet, i):
            sheet.claim(i, Role.RUNNING_HEAD, "headline repeated at the head of a page")
        elif cues.RUNNING_HEAD.match(unit.cue):
            sheet.claim(i, Role.RUNNING_HEAD, "number of a page beside the issue's")
        elif _numbered_edge(unit) and shapes[_shape(unit)] >= 3:
            sheet.claim(i, Role.RUNNING_HEAD, "line repeated on the pages")


def _names_publication(unit: Unit, name: str) -> bool:
    own = squeeze(unit.text)
    if name not in own or len(own) - len(name) > 30:
        return False
    rest = own.replace(name, "", 1)
    return (
        not rest
        or bool(re.search(r"\d|第.{1,3}[卷期辑页版]", rest))
        and not re.search(r"《|》", own)
    )


def _day_of_speech(sheet: Sheet, i: int) -> bool:
    """(2012年1月2日) right below a headline: when the speech was made."""
    cue = sheet.units[i].cue
    return cue[:1] == "(" and cue[-1:] == ")" and sheet.role(i - 1) is Role.TITLE


def _signed_date(sheet: Sheet, i: int) -> bool:
    """二○一一年三月一日 below the office that signs, or both set to the right."""
    if i == 0 or not _DATE_ALONE.fullmatch(squeeze(sheet.units[i].cue)):
        return False
    above = sheet.units[i - 1]
    return (
        is_office(squeeze(above.cue))
        or bool(posted_names(above.cue))
        or (sheet.units[i].right and above.right)
    )


_DATE_ALONE = re.compile(
    r"[(]?[\d〇零○O一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:[于夜晨晚][\u4e00-\u9fff]{0,6})?[)]?"
)


PAPER_NUMBER = "number of an official paper"


def _paper_number(sheet: Sheet, i: int) -> bool:
    """某政发[2015]11号 between a headline and its text; in a masthead it is the issue's."""
    found = cues.PAPER_NUMBER.match(squeeze(sheet.units[i].cue)) is not None
    return found and any(issue_line(u.cue) for u in sheet.units[: min(i, 40)])


# 第2期 张三,等:某地方志中的渡口 9 / 12 某学报 第27卷
_ISSUE_AND_PAGE = re.compile(r"第\s*\d+\s*[期卷]")


def _repeats_title(sheet: Sheet, i: int) -> bool:
    """A listed title between the issue's number and the number of a page."""
    cue = sheet.units[i].cue
    if not _ISSUE_AND_PAGE.search(cue) or not _numbered_edge(sheet.units[i]):
        return False
    own = sheet.keys[i]
    return any(len(t := key(e.title)) >= 4 and t in own for e in sheet.dump.contents)


def _shape(unit: Unit) -> str:
    return re.sub(r"\d+", "#", squeeze(unit.cue))


def _numbered_edge(unit: Unit) -> bool:
    edge = re.search(r"^\W*\d{1,3}\W|\W\d{1,3}\W*$", unit.cue)
    return edge is not None and not cues.ITEM.match(unit.cue)


def claim_captions(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and is_caption(unit):
            sheet.claim(i, Role.PHOTO_CREDIT, "caption or credit of a picture")
    _claim_caption_columns(sheet)


def is_caption(unit: Unit) -> bool:
    """A caption by its first words, or a credit by its last."""
    if unit.size > 60:
        return False
    if cues.PHOTO.match(unit.cue):
        return True
    if (
        unit.size <= 24
        and cues.PHOTO_BY.match(unit.cue)
        and not cues.BYLINE_MARK.match(unit.cue)
    ):
        return True
    if unit.size <= SHORT and (
        _PICTURE_BY.search(unit.cue)
        or _SPACED_CAMERA.search(unit.cue)
        or _ARTWORK.search(unit.cue)
    ):
        return True
    return unit.size <= SHORT and bool(_CAPTION_END.search(unit.cue))


# 渡口的早晨。 张 三摄: a name set apart before the word
_SPACED_CAMERA = re.compile(
    r"(?:\A|[\s。])[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}\s*摄(?:影)?\s*\Z"
)
# 救助站的台阶(图_张三) 某渡口旧影(市档案馆提供)
_PICTURE_BY = re.compile(
    r"[(](?:图片?|摄影?|供图|照片|资料)\s*[_/|:]\s*[^()。]{1,12}[)]\Z|[(][^()。]{2,14}(?:提供|供图|[^\u4e00-\u9fff]摄)[)]\Z"
)


# ……摄影报道 / ……张三 摄 / 某届毕业照,摄于2011年10月6日 / 代表们合影留念
_CAPTION_END = re.compile(
    r"(?:摄影报道|[\s/。]摄|[\s/]作|[,(]摄于[^,。]{2,20}|合影(?:留念)?|留影|[\s。](?:资料|档案)(?:图片?|照片))\s*\Z"
)


# 渡(木刻) 张 三: a work of art, what it is, and whose
_ARTWORK = re.compile(
    r"[(](?:木刻|版画|国画|中国画|油画|水彩画?|水粉画?|速写|素描|书法|篆刻|剪纸|漫画|摄影|年画|工笔画?|农民画|雕塑|插图|题图)[)]"
    r"\s*(?:[\u4e00-\u9fff]\s*){0,4}\Z"
)


def _claim_caption_columns(sheet: Sheet) -> None:
    """①…… ②…… in one column: captions of pictures that stand elsewhere."""
    run: list[int] = []
    for i in range(len(sheet.units) + 1):
        unit = sheet.units[i] if i < len(sheet.units) else None
        if (
            unit
            and sheet.free(i)
            and unit.size <= 22
            and cues.CIRCLED.match(unit.cue)
            and not is_sentence(unit)
        ):
            run.append(i)
            continue
        if len(run) >= 2:
            for at in run:
                sheet.claim(at, Role.PHOTO_CREDIT, "one of a column of captions", 0.8)
        run = []


def claim_staff(sheet: Sheet) -> None:
    """Staff lines in the middle of a page: 版式设计 张三."""
    paper = (
        sheet.dump.issue is not None
        and sheet.dump.issue.kind is IssueKind.NEWSPAPER_PAGE
    )
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.size > 40 or is_sentence(unit):
            continue
        if unit.size <= 40 and cues.STAFF.match(unit.cue) and names_staff(unit.cue):
            sheet.claim(i, Role.STAFF, "staff of the page")
        elif unit.size <= 24 and _PUBLISHED_BY.search(unit.cue):
            sheet.claim(i, Role.MASTHEAD, "who publishes the paper", 0.8)
        elif (
            paper
            and re.search(r"@|[邮信]箱", unit.cue)
            and (unit.cue[:2] == "本版" or not cues.CONTACT_WORD.match(unit.cue))
        ):
            sheet.claim(i, Role.STAFF, "address of the page's desk")


# 某某中学团委 学生会主办
_PUBLISHED_BY = re.compile(r"[\u4e00-\u9fff](?:主办|主管|编印|承印)\Z")


def names_staff(cue: str) -> bool:
    """Beside the words for the staff there stand their names, an address, or nothing."""
    rest = " ".join(p for p in re.split(r"[:/|\s]+", cues.STAFF.sub(" ", cue)) if p)
    words = [w for w in rest.split() if not cues.STAFF.match(w + " ")]
    return (
        not words
        or bool(split_names(" ".join(words)))
        or "@" in cue
        or len(split_names(words[-1])) > 0
    )

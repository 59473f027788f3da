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
from .names import is_office, read_authors, split_names
from .ornaments import label_name
from .record import IssueKind
from .sheet import SHORT, Sheet, is_sentence

# ---- the front and back of an issue --------------------------------------------


def claim_front(sheet: Sheet) -> None:
    """Before the first headline stands the masthead, never an article."""
    for i in range(front_end(sheet)):
        unit = sheet.units[i]
        if cues.STAFF.match(unit.cue) or (unit.size <= 24 and split_names(unit.cue)):
            sheet.claim(i, Role.STAFF, "staff before the first article")
        elif cues.COLOPHON.match(unit.cue):
            sheet.claim(i, Role.COLOPHON, "imprint before the first article")
        elif unit.listed or _INLINE_CONTENTS.match(unit.cue):
            sheet.claim(i, Role.CONTENTS, "teaser on the cover")
        else:
            sheet.claim(i, Role.MASTHEAD, "masthead before the first article")


# 目录:夜间开放/古籍防潮/通知: a list of contents in one running line
_INLINE_CONTENTS = re.compile(r"(?:目\s*录|要\s*目|导\s*读)\s*[:|]\s*\S")


def front_end(sheet: Sheet) -> int:
    """Where the first article begins: after an early contents list, else at text."""
    region = [
        i for i, lab in enumerate(sheet.labels) if lab and lab.role is Role.CONTENTS
    ]
    early = bool(region) and region[0] < 0.5 * len(sheet.units)
    if early and not any(_running_text(sheet.units[i]) for i in range(region[0])):
        return region[0]
    last = -1
    name = squeeze(sheet.dump.issue.publication or "") if sheet.dump.issue else ""
    for i, unit in enumerate(sheet.units[:40]):
        if i - last > 4 or _running_text(unit) or i in sheet.titles:
            break
        if (unit.level and i > 3) or cues.BYLINE_MARK.match(unit.cue):
            break
        if last >= 0 and (cues.PAPER_NUMBER.match(unit.cue) or label_name(unit.cue)):
            break  # an article's own number; the label of a column
        if _front_line(unit) or (unit.size <= 20 and squeeze(unit.text) == name):
            last = i
    return last + 1


def _running_text(unit: Unit) -> bool:
    return (
        unit.size > SHORT
        and not cues.COLOPHON.match(unit.cue)
        and not issue_line(unit.cue)
    )


def _front_line(unit: Unit) -> bool:
    return bool(
        issue_line(unit.cue)
        or (cues.STAFF.match(unit.cue) and unit.size < 40)
        or (cues.COLOPHON.match(unit.cue) and unit.size < 50)
        or _ROUTING.match(unit.cue)
        or _INLINE_CONTENTS.match(unit.cue)
    )


def claim_back(sheet: Sheet) -> None:
    """From the end upwards: imprint, slogans, page numbers."""
    imprint = False
    for i in range(len(sheet.units) - 1, -1, -1):
        unit = sheet.units[i]
        if not sheet.free(i):
            if sheet.role(i) in (
                Role.RUNNING_HEAD,
                Role.COLOPHON,
                Role.CONTENTS,
                Role.STAFF,
            ):
                continue
            break
        if cues.SLOGAN.match(unit.cue):
            sheet.claim(i, Role.SLOGAN, "slogan at the end of the issue")
        elif unit.size <= 110 and _imprint(unit) and not _in_notice(sheet, i):
            sheet.claim(i, Role.COLOPHON, "imprint at the end of the issue")
            imprint = True
        elif imprint and _motto(sheet, i):
            sheet.claim(i, Role.SLOGAN, "short line above the imprint", 0.7)
        else:
            break


# Routing lines of an office paper: 主题词:… 抄送:… 报:… (共印120份)
_ROUTING = re.compile(
    r"(?:主\s*题\s*词|[主抄分发]\s*[送报]|[报送发]\s*:|签\s*发|[(]?共印|印\s*发|审\s*核|拟\s*稿|打\s*印)"
)
# What only an imprint says, wherever it stands in the line: 某厂编印 印数1200 赠阅
_IMPRINT = re.compile(
    r"印数|赠阅|内部(?:业务)?(?:资料|交流|刊物)|本刊所?[摘选转].{0,24}(?:稿酬|付酬|联系)|准印证|定价|非卖品|[主承]办(?:\s|\Z)|编印|共?印\s*[\d一二三四五六七八九十百千]+\s*[份册]|[新热]?[闻线].{0,4}热线|邮编|社址|编辑部:|发行:|电话:?\s*\d"
)


def _imprint(unit: Unit) -> bool:
    if _ROUTING.match(unit.cue):
        return True
    if cues.FINAL.search(unit.cue):
        return False
    return bool(
        cues.COLOPHON.match(unit.cue)
        or issue_line(unit.cue)
        or _IMPRINT.search(unit.cue)
        or (cues.STAFF.match(unit.cue) and unit.size <= 40)
    )


def _motto(sheet: Sheet, i: int) -> bool:
    """A short line without a stop; above the mottoes a finished text."""
    if not _motto_like(sheet.units[i]):
        return False
    for above in range(i - 1, max(-1, i - 6), -1):
        if (
            not sheet.free(above)
            or sheet.closed(above)
            or ":" in sheet.units[above].cue
        ):
            return True
        if not _motto_like(sheet.units[above]):
            return False
    return False


def _motto_like(unit: Unit) -> bool:
    return (
        4 <= unit.size <= 20
        and not unit.level
        and not is_sentence(unit)
        and ":" not in unit.cue
        and not read_authors(unit.cue)
        and cues.END_BYLINE.match(unit.cue) is None
        and not cues.BYLINE_MARK.match(unit.cue)
    )


def _in_notice(sheet: Sheet, index: int) -> bool:
    """Contact lines that follow a call for papers are the notice's own."""
    above = sheet.units[index - 1] if index else None
    if above and above.size <= 12 and cues.NOTICE.search(above.cue):
        return True  # the notice's own text
    if cues.CONTACT_WORD.match(sheet.units[index].cue) is None:
        return False
    return any(
        cues.NOTICE.search(sheet.units[i].cue) and sheet.units[i].size <= 24
        for i in range(index - 1, max(-1, index - 8), -1)
    )


# ---- running heads, captions, staff -------------------------------------------------


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
        elif issue_line(unit.cue):
            sheet.claim(i, Role.RUNNING_HEAD, "issue line repeated")
        elif _repeats_title(sheet, i):
            sheet.claim(i, Role.RUNNING_HEAD, "headline repeated at the head of a page")
        elif _numbered_edge(unit) and shapes[_shape(unit)] >= 3:
            sheet.claim(i, Role.RUNNING_HEAD, "line repeated on the pages")


def _names_publication(unit: Unit, name: str) -> bool:
    own = squeeze(unit.text)
    if name not in own or len(own) - len(name) > 30:
        return False
    rest = own.replace(name, "", 1)
    return (
        not rest
        or bool(re.search(r"\d|第.{1,3}[卷期页版]", rest))
        and not re.search(r"《|》", own)
    )


def _signed_date(sheet: Sheet, i: int) -> bool:
    """二○一一年三月一日 below the office that signs, or both set to the right."""
    if i == 0 or not _DATE_ALONE.fullmatch(squeeze(sheet.units[i].cue)):
        return False
    above = sheet.units[i - 1]
    return is_office(squeeze(above.cue)) or (sheet.units[i].right and above.right)


_DATE_ALONE = re.compile(
    r"[(]?[\d〇零○O一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[)]?"
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
        _PICTURE_BY.search(unit.cue) or _SPACED_CAMERA.search(unit.cue)
    ):
        return True
    return unit.size <= SHORT and bool(
        re.search(r"(?:摄影报道|[\s/。]摄|[\s/]作)\s*\Z", unit.cue)
    )


# 渡口的早晨。 张 三摄: a name set apart before the word
_SPACED_CAMERA = re.compile(
    r"(?:\A|[\s。])[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}\s*摄(?:影)?\s*\Z"
)
# 救助站的台阶(图_张三) 某渡口旧影(市档案馆提供)
_PICTURE_BY = re.compile(
    r"[(](?:图片?|摄影?|供图|照片|资料)\s*[_/|:]\s*[^()。]{1,12}[)]\Z|[(][^()。]{2,14}(?:提供|供图|[^\u4e00-\u9fff]摄)[)]\Z"
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
        if unit.size <= 40 and cues.STAFF.match(unit.cue) and _names_staff(unit.cue):
            sheet.claim(i, Role.STAFF, "staff of the page")
        elif (
            paper
            and re.search(r"@|[邮信]箱", unit.cue)
            and (unit.cue[:2] == "本版" or not cues.CONTACT_WORD.match(unit.cue))
        ):
            sheet.claim(i, Role.STAFF, "address of the page's desk")


def _names_staff(cue: str) -> bool:
    rest = " ".join(p for p in re.split(r"[:/|\s]+", cues.STAFF.sub(" ", cue)) if p)
    words = [w for w in rest.split() if not cues.STAFF.match(w + " ")]
    return (
        not words
        or bool(split_names(" ".join(words)))
        or "@" in cue
        or len(split_names(words[-1])) > 0
    )

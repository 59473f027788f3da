"""Claims for the front and the back of an issue: masthead, staff, imprint, mottoes.

In: a ``Sheet``.  Out: claims of what stands before the first article and after
the last one.
"""

from __future__ import annotations

import re

from . import cues
from .flow import Role, Unit
from .fold import squeeze
from .masthead import issue_line
from .names import read_authors, split_names
from .ornaments import label_name
from .sheet import SHORT, Sheet, is_sentence
from .writers import posted_names


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
        or (_PUBLISHER.search(unit.cue) and unit.size < 50)
    )


# 某某县委主管主办  国内统一刊号CN00-0000: who publishes the paper, its number
_PUBLISHER = re.compile(r"主管|主办(?:\s|\Z)|刊号|邮发代号|准印证|(?<![A-Z])CN\s?\d\d")


def claim_routing(sheet: Sheet) -> None:
    """主题词, 抄送 and 印发 stand below an official paper, anywhere in an issue of several."""
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and unit.size <= 110 and cues.ROUTING.match(unit.cue):
            sheet.claim(i, Role.COLOPHON, "where an official paper goes", 0.85)


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
    r"印数|赠阅|内部(?:业务)?(?:资料|交流|刊物)|本刊所?[摘选转].{0,24}(?:稿酬|付酬|联系)|准印证|定价|非卖品|[主承]办(?:\s|\Z)|编印|共?印\s*[\d一二三四五六七八九十百千]+\s*[份册]|[新热]?[闻线].{0,4}热线|邮编|社址|编辑部:|承印|出版\s+(?:社|地)址|[地社]\s*址:|每[份期册]\s*\S{0,6}[元分]|发行:|电话:?\s*\d"
)


def _imprint(unit: Unit) -> bool:
    if _ROUTING.match(unit.cue):
        return True
    if cues.FINAL.search(unit.cue) or unit.cue.startswith("(《"):
        return False  # (《某某纪事》,某某出版社2018年出版,定价32元): a book spoken of
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


_ROW = re.compile(r"\d日|\d:\d\d")  # 7月16日　某某展: a row of a list, no motto


def _motto_like(unit: Unit) -> bool:
    return (
        4 <= unit.size <= 20
        and not unit.level
        and not is_sentence(unit)
        and ":" not in unit.cue
        and not _ROW.search(unit.text)
        and not read_authors(unit.cue)
        and not posted_names(unit.cue)
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

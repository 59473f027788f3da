"""Claims for headlines, kickers and subtitles by what stands around them.

In: a ``Sheet``.  Out: claims of title, kicker and subtitle.  A line is a
headline because a byline or a dateline stands below it, because a new text
must begin there, or because Markdown ranks it with the headlines.
"""

from __future__ import annotations

import re

from . import cues
from .boxes import announces_itself
from .bylines import OPENING
from .flow import HEAD_ROLES, Role, Unit
from .fluency import shipped
from .fold import squeeze
from .furniture import PAPER_NUMBER
from .names import is_office
from .sheet import SHORT, Sheet, headline_like, is_numbered, sentence_like
from .writers import is_byline, signs_at_end


def claim_headlines(sheet: Sheet) -> None:
    """The short lines above a byline are its headline, kicker and subtitle."""
    for i in range(len(sheet.units)):
        if sheet.role(i) is Role.BYLINE and sheet.reason(i) in OPENING:
            _claim_above(sheet, i, "short line above a byline", 0.92)


def _claim_above(sheet: Sheet, i: int, reason: str, confidence: float) -> None:
    above = sheet.above(i)
    if above is None:
        return
    above = _above_subtitle(sheet, above)
    if above is None:
        return
    if sheet.free(above) and headline_like(sheet.units[above]):
        sheet.claim(above, Role.TITLE, reason, confidence)
    if sheet.role(above) is Role.TITLE:
        claim_second_line(sheet, above)


def _above_subtitle(sheet: Sheet, above: int | None) -> int | None:
    """Claim ——某某纪实, or the day of a speech; what stands above it is the headline."""
    if above is None:
        return None
    unit = sheet.units[above]
    dashed = cues.SUBTITLE.match(unit.cue) and headline_like(unit)
    if sheet.free(above) and (dashed or _DAY.fullmatch(unit.cue)):
        sheet.claim(above, Role.SUBTITLE, "dash or a day, text or byline below")
    return sheet.above(above) if sheet.role(above) is Role.SUBTITLE else above


# (2012年1月2日) (二〇一二年元月二日) (2015年1月至3月): when a speech was made, what time
# a chronicle tells of; below its headline
_DAY = re.compile(
    r"[(]\s*[\d〇零○一二三四五六七八九]{4}年[\d一二三四五六七八九十元]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?"
    r"(?:\s*[至到—–~-]{1,2}\s*[\d一二三四五六七八九十元年月日]{2,12})?\s*[)]"
)


def claim_second_line(sheet: Sheet, title: int) -> None:
    """The line above the headline: its first half, or a kicker."""
    above = title - 1
    if sheet.free(above) and sheet.tight(title) and _first_clause(sheet, above):
        sheet.claim(above, Role.TITLE, "first clause of a headline of two lines", 0.8)
        return
    if (
        not sheet.free(above)
        or not headline_like(sheet.units[above])
        or not sheet.short(above)
    ):
        return
    if _in_column_of_lines(sheet, above):
        return
    unit, below = sheet.units[above], sheet.units[title]
    if cues.TIME_ROW.match(unit.cue):
        sheet.claim(above, Role.COLUMN_LABEL, "time above a headline", 0.8)
        return
    if sentence_like(unit.cue) or cues.END_BYLINE.search(unit.cue):
        return
    if cues.BOX.match(unit.cue) or cues.NOTICE.search(unit.cue) or unit.size < 4:
        return
    apart = sheet.airy and below.gap  # not set tight as the lines of one headline
    if unit.size <= 5 and (below.size >= 9 or apart) and not unit.level:
        sheet.claim(above, Role.COLUMN_LABEL, "short line above a headline", 0.75)
        return
    before = sheet.above(above)
    ranked = unit.level > 0 and unit.level == below.level
    begins = below.level > 0 and not unit.level and _begins_well(unit)
    if (
        before is not None
        and not (ranked or begins)
        and sheet.free(before)
        and not sheet.closed(before)
        and sheet.units[before].size > SHORT
    ):
        return
    listed = title in sheet.titles
    if below.level and not unit.level or listed:
        sheet.claim(above, Role.KICKER, "plain line above the headline", 0.75)
    elif unit.level == below.level and _leads_in(unit, below):
        sheet.claim(above, Role.KICKER, "whole phrase above a shorter headline", 0.7)
    elif unit.level or not below.level:
        sheet.claim(above, Role.TITLE, "first line of a headline of two lines", 0.75)


def _begins_well(unit: Unit) -> bool:
    """A line that may begin a text is no end of a cut one: 干旱县区的一笔新账"""
    return (
        unit.size >= 6
        and re.search(r"[,。;:!?]", unit.cue) is None
        and cues.NEVER_FIRST.match(unit.cue) is None
        and shipped().begins(unit.cue) >= _BEGINS
    )


_BEGINS = -0.3  # log-odds of beginning a text rather than going on


def _in_column_of_lines(sheet: Sheet, i: int) -> bool:
    """The third short open line on end without a blank: verse or a list, no kicker."""
    return all(
        sheet.free(at)
        and sheet.short(at)
        and not sheet.closed(at)
        and not sheet.units[at].level
        and (at == i - 2 or not sheet.units[at].gap)
        for at in (i, i - 1, i - 2)
    )


def _first_clause(sheet: Sheet, i: int) -> bool:
    """十九岁, set alone above the rest of its headline"""
    unit = sheet.units[i]
    return unit.gap and unit.size <= 14 and cues.CLAUSE.search(unit.cue) is not None


# 某镇关停煤窑一年观察 关于某事的调研与思考: what a kicker says of the headline below it
KIND_OF_TEXT = re.compile(
    r"(?:试验|实验|实践|探索|样本|启示|做法|实录|写真|纪实|观察|侧记|调查|探访|采访记|访谈录?|综述|扫描|素描|思考|系列报道|之[一二三四五六七八九十]|走笔|见闻|追踪|特写|之后|之前|背后|之际|前夜|前夕|以来)\Z"
)


def _leads_in(unit: Unit, below: Unit) -> bool:
    """A kicker tells what the text is about; the halves of a headline are of one length."""
    if len(below.text.split()) > 1 or KIND_OF_TEXT.search(unit.cue):
        return True
    if unit.level:
        return False  # two lines of one rank are two lines of one headline
    half = unit.cue[:1] in "以让把从为在用当向"  # 以某事为抓手 / 提升某事效能
    half = half or (below.size <= 4 and unit.level > 0)  # …… / 在哪里
    return unit.size >= 1.6 * below.size and not half


def claim_tight_lines(sheet: Sheet) -> None:
    """Short lines set right below a headline, and only there, are its second and third."""
    for i, unit in enumerate(sheet.units):
        above = i - 1
        if (
            sheet.free(i)
            and sheet.tight(i)
            and sheet.role(above) is Role.TITLE
            and sheet.units[above].level == unit.level
            and headline_like(unit)
            and sheet.short(i)
            and not sheet.closed(i)
            and (
                i + 1 >= len(sheet.units)
                or sheet.units[i + 1].gap
                or sheet.short(i + 1)
            )
        ):
            sheet.claim(i, Role.TITLE, "set right below the headline's first line", 0.8)


def claim_news(sheet: Sheet) -> None:
    """A short line above 本报讯 heads a news item; items under ▲ have one headline."""
    for i, unit in enumerate(sheet.units):
        if unit.size < 12 or not sheet.free(i):
            continue
        mark = cues.BYLINE_MARK.match(unit.cue)  # □ inside a text is an unread letter
        cue = unit.cue[mark.end() :] if mark else unit.cue
        if cues.DATELINE.match(cue) or (cue != unit.cue and sheet.closed(i)):
            above = _above_subtitle(sheet, sheet.above(i))
            if (
                above is not None
                and sheet.free(above)
                and headline_like(sheet.units[above])
                and sheet.short(above)
            ):
                kind = (
                    "short line above a dateline"
                    if cues.DATELINE.match(cue)
                    else "headline of a box"
                )
                sheet.claim(above, Role.TITLE, kind, 0.85)
            if above is not None and sheet.role(above) is Role.TITLE:
                ranked = sheet.units[above].level > 0
                same = sheet.units[above - 1].level == sheet.units[above].level
                tops = not sheet.units[above].gap and sheet.units[above - 1].gap
                plain = ranked and not sheet.units[above - 1].level
                if (ranked and same) or sheet.tight(above) or tops or plain:
                    claim_second_line(sheet, above)


# ▲每亩减征银二角: the lower deck of a headline
_DECK = re.compile(r"[▲△▼▽◆◇●○■□★☆—]\s*(?=\S)")


def claim_decks(sheet: Sheet) -> None:
    """A marked short line set tight between a short line and running text."""
    for i in range(1, len(sheet.units)):
        if _deck(sheet, i):
            sheet.claim(i, Role.SUBTITLE, "mark before it, text below", 0.8)
            sheet.claim(i - 1, Role.TITLE, "short line above a marked deck", 0.85)
            if sheet.units[i - 2].gap and not sheet.units[i - 1].gap and i > 1:
                claim_second_line(sheet, i - 1)


def _deck(sheet: Sheet, i: int) -> bool:
    """A marked short line right below one that may be the headline."""
    above, below = i - 1, i + 1
    if not sheet.free(below) or is_byline(sheet.units[i]):
        return False
    text = sheet.units[below]
    if text.size <= SHORT and not cues.DATELINE.match(text.cue):
        return False
    return (
        sheet.free(i)
        and sheet.short(i)
        and _DECK.match(sheet.units[i].cue) is not None
        and not (sheet.units[i].gap or sheet.closed(i) or sheet.units[i].indent)
        and sheet.free(above)
        and sheet.short(above)
        and headline_like(sheet.units[above])
        and not _DECK.match(sheet.units[above].cue)
        and not sheet.closed(above)
    )


# 各乡镇人民政府,县直有关单位: whom an official paper addresses
_ADDRESSEE = re.compile(
    r"(?:各|[\u4e00-\u9fff]{2,12}(?:政府|委员会|局|厅|院|公司|学校))[^。]{0,60}:\Z"
)


def claim_paper_headlines(sheet: Sheet) -> None:
    """An official paper begins with its headline, its number and whom it addresses."""
    for i, unit in enumerate(sheet.units):
        numbered = sheet.reason(i) == PAPER_NUMBER
        above = sheet.above(i)
        if above is None or not (
            numbered or (sheet.free(i) and _ADDRESSEE.match(unit.cue))
        ):
            continue
        if sheet.free(above) and headline_like(sheet.units[above]):
            sheet.claim(above, Role.TITLE, "headline of an official paper", 0.85)
            while (
                sheet.free(above - 1)
                and sheet.tight(above)
                and headline_like(sheet.units[above - 1])
            ):
                above -= 1
                sheet.claim(above, Role.TITLE, "headline of an official paper", 0.8)


def _stanza_of_lines(sheet: Sheet, i: int) -> bool:
    """Four short lines on end without a blank between them: verse, no headline."""
    return all(
        sheet.free(at)
        and sheet.units[at].size <= 20
        and not sheet.units[at].level
        and (at == i or not sheet.units[at].gap)
        for at in range(i, i + 4)
    )


# 某市总工会关于评选某某的通知: the form of an official paper's headline
_PAPER_TITLE = re.compile(
    r"[^,。;:!?]{0,24}关于[^,。;!?]{3,40}的(?:通知|公告|通报|通告|意见|决定|决议|函|批复|请示|办法|规定|公示|倡议书|倡议|命令|说明|公报)(?:[(][^()]{2,20}[)])?\Z"
)


def claim_paper_titles(sheet: Sheet) -> None:
    """What calls itself a notice about something is a headline where a text stands below."""
    for i, unit in enumerate(sheet.units):
        below = sheet.below(i)
        if (
            sheet.free(i)
            and not unit.indent
            and unit.size <= 45
            and _PAPER_TITLE.fullmatch(unit.cue)
            and below is not None
            and sheet.free(below)
            and not is_numbered(unit)
        ):
            sheet.claim(i, Role.TITLE, "names itself an official paper", 0.8)


ISSUED_BY = "office above what it issues"


def claim_issuing_offices(sheet: Sheet) -> None:
    """某县人民政府 set right above 关于某事的通知 is the first line of that headline."""
    for i, unit in enumerate(sheet.units):
        if sheet.role(i) is Role.TITLE and unit.cue.startswith("关于"):
            above = i - 1
            while (
                sheet.free(above)
                and not sheet.units[above + 1].gap
                and is_office(squeeze(sheet.units[above].cue))
            ):
                sheet.claim(above, Role.TITLE, ISSUED_BY, 0.85)
                above -= 1


def claim_placed_headlines(sheet: Sheet) -> None:
    """Where a new text must begin, the short line there is its headline."""
    for i, unit in enumerate(sheet.units):
        if (
            not sheet.free(i)
            or unit.size > 36
            or not headline_like(unit)
            or sheet.closed(i)
        ):
            continue
        above = sheet.above(i)
        below = sheet.below(i)
        if (
            below is not None
            and unit.size <= 6
            and sheet.role(below) is Role.AFFILIATION
        ):
            sheet.claim(i, Role.COLUMN_LABEL, "short line above an affiliation", 0.7)
            continue
        ended = above is not None and _ends_a_text(sheet, above)
        if below is not None and ended and sheet.role(below) is Role.COLUMN_LABEL:
            sheet.claim(i, Role.COLUMN_LABEL, "banner above a label", 0.7)
            continue
        if below is None or not (sheet.free(below) or sheet.role(below) in HEAD_ROLES):
            continue
        verse_above = above is not None and sheet.role(above) is Role.VERSE
        if (verse_above and not unit.gap) or _stanza_of_lines(sheet, i):
            continue
        if unit.size <= 6 and (
            sheet.role(below) in (Role.TITLE, Role.KICKER) or above is None
        ):
            sheet.claim(i, Role.COLUMN_LABEL, "short line above a headline", 0.7)
        elif announces_itself(sheet.units[below]):
            continue  # 编者按, 本刊启事 need no kicker; a cut text may stand above them
        elif sheet.reason(below) == "headline of a box":
            sheet.claim(i, Role.KICKER, "short line above the headline of a box", 0.7)
        elif above is None or ended:
            sheet.claim(i, Role.TITLE, "short line where a text must begin", 0.8)


def _ends_a_text(sheet: Sheet, i: int) -> bool:
    """An affiliation, an end byline, a label or a page head closes what was before."""
    role = sheet.role(i)
    if role is None:
        return signs_at_end(sheet.units[i])
    if role is Role.BYLINE:
        return sheet.reason(i) not in OPENING
    if role is Role.NOTE:
        return sheet.reason(i) == "date below a signature"
    return role in (Role.AFFILIATION, Role.CREDIT, Role.COLUMN_LABEL)


def claim_ranked_headlines(sheet: Sheet) -> None:
    """Where Markdown ranks the lines, the highest unnumbered rank is the headlines'.

    Only where headings of a lower rank (or numbered ones) are marked as well, and
    no headline known by its byline has another rank.
    """
    ranks = [u.level for u in sheet.units if u.level and headline_like(u)]
    if not ranks:
        return
    top = min(ranks)
    lower = sum(u.level > top or (u.bold and is_numbered(u)) for u in sheet.units)
    known = [
        u.level
        for i, u in enumerate(sheet.units)
        if sheet.role(i) is Role.TITLE and u.level
    ]
    if (
        lower < 2
        or any(level != top for level in known)
        or ranks.count(top) > 0.6 * (len(ranks) + lower)
    ):
        return
    for i, unit in enumerate(sheet.units):
        if (
            sheet.free(i)
            and unit.level == top
            and headline_like(unit)
            and sheet.short(i)
        ):
            sheet.claim(i, Role.TITLE, "highest rank of headlines", 0.75)


def claim_subtitles(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        dashed = sheet.free(i) and sheet.short(i) and cues.SUBTITLE.match(unit.cue)
        if sheet.role(i - 1) is Role.TITLE and _DAY.fullmatch(unit.cue):
            sheet.claim(i, Role.SUBTITLE, "day or months below a headline")
        beside = sheet.role(i - 1) is Role.TITLE or sheet.role(i + 1) is Role.BYLINE
        if dashed and beside and not sheet.closed(i):
            sheet.claim(i, Role.SUBTITLE, "dash below a headline")

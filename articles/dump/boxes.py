"""Claims for boxes and notices: what announces itself by its own words.

In: a ``Sheet``.  Out: claims of the headlines of boxes, of items that stand
without any headline, and of column labels that head a box of items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from . import cues
from .flow import HEAD_ROLES, Label, Role, Unit
from .fold import squeeze
from .ornaments import ITEMS, label_name, names_section
from .sheet import Sheet, headline_like, is_numbered
from .writers import is_byline, signs_at_end


def claim_item_labels(sheet: Sheet) -> None:
    """A label with items right below it heads a box, though it stays a label."""
    for i in range(len(sheet.units)):
        below = sheet.below(i)
        if below is None or not sheet.free(below):
            continue
        if sheet.free(i) and sheet.units[i].size <= 8 and _marked_items(sheet, below):
            sheet.claim(i, Role.COLUMN_LABEL, "short line above marked items", 0.8)
        if sheet.role(i) is not Role.COLUMN_LABEL:
            continue
        item = sheet.units[below]
        named = ITEMS.search(squeeze(sheet.units[i].cue)) is not None
        if (
            item.size >= 15
            and (named or _marked_items(sheet, below))
            and not headline_like(item)
        ):
            label = sheet.labels[i]
            if label is not None:
                sheet.labels[i] = replace(label, reason=ITEM_LABEL)


def _marked_items(sheet: Sheet, first: int) -> bool:
    """◇…… ◇…… two items on end begin with one mark that no text has."""
    second = sheet.below(first)
    mark = _ITEM.match(sheet.units[first].cue)
    return (
        mark is not None
        and second is not None
        and sheet.units[second].cue[:1] == sheet.units[first].cue[:1]
    )


def claim_headed_items(sheet: Sheet) -> None:
    """Under 短波 or 简讯 each short item may have a headline of its own."""
    for i in range(len(sheet.units)):
        name = label_name(sheet.units[i].cue) or sheet.units[i].cue
        if ITEMS.search(squeeze(name)) and _names_column(sheet, i, squeeze(name)):
            heads = list(_headed_items(sheet, i))
            if len(heads) >= 2:
                sheet.claim(i, Role.COLUMN_LABEL, "name of a column of items", 0.8)
                for at in heads:
                    sheet.claim(at, Role.TITLE, HEADED_ITEM, 0.8)


HEADED_ITEM = "headline of a short item"


def _names_column(sheet: Sheet, i: int, name: str) -> bool:
    return len(name) <= 10 and (
        sheet.free(i) or sheet.role(i) in (Role.COLUMN_LABEL, Role.TITLE)
    )


def _headed_items(sheet: Sheet, i: int) -> Iterator[int]:
    """Headline, one paragraph, headline, one paragraph …"""
    head = sheet.below(i)
    while head is not None and sheet.free(head) and _heads_item(sheet, head):
        yield head
        text = sheet.below(head)
        head = sheet.below(text) if text is not None else None


def _heads_item(sheet: Sheet, i: int) -> bool:
    below = sheet.below(i)
    return (
        sheet.short(i)
        and headline_like(sheet.units[i])
        and below is not None
        and sheet.free(below)
        and (sheet.closed(below) or signs_at_end(sheet.units[below]))
        and 15 <= sheet.units[below].size <= _LONGEST_ITEM
    )


_LONGEST_ITEM = 200  # characters of one short item


def claim_empty_boxes(sheet: Sheet) -> None:
    """A box's name right above another headline is the label of a column."""
    for i in range(len(sheet.units)):
        below = sheet.below(i)
        while below is not None and sheet.role(below) is Role.CREDIT:
            below = sheet.below(below)
        if (
            below is not None
            and sheet.role(i) is Role.TITLE
            and sheet.reason(i) == "headline of a box"
            and cues.CHRONICLE.search(sheet.units[i].cue) is None
            and sheet.role(below) in (Role.TITLE, Role.KICKER)
            and (sheet.reason(below) != "headline of a box" or _generic(sheet, i))
        ):
            sheet.labels[i] = Label(
                Role.COLUMN_LABEL, "box's name above a headline", 0.75
            )


def _generic(sheet: Sheet, i: int) -> bool:
    """名词解释, and below it 什么是…: the one names the kind, the other the thing."""
    cue = squeeze(sheet.units[i].cue)
    return len(cue) <= 6 and not cue.endswith(("?", "启事", "通知", "声明", "更正"))


def claim_bare_boxes(sheet: Sheet) -> None:
    """Items, weather and corrections that stand without any headline."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.size > 160 or unit.size < 8:
            continue
        above = sheet.above(i)
        if above is not None and not (
            sheet.closed(above) or sheet.role(above) is not None
        ):
            continue
        if above is not None and sheet.role(above) in HEAD_ROLES | {Role.COLUMN_LABEL}:
            continue
        kind = _bare_kind(unit)
        if kind and (
            above is None
            or _bare_kind(sheet.units[above]) != kind
            or not sheet.units[above].size > 8
        ):
            sheet.claim(i, Role.PARAGRAPH, BARE + kind, 0.7)


def claim_weather(sheet: Sheet) -> None:
    """A weather line may stand in the masthead and is a notice all the same."""
    for i, unit in enumerate(sheet.units):
        found = _WEATHER.match(unit.cue)
        if 12 <= unit.size <= 120 and found:
            sheet.claim(i, Role.PARAGRAPH, BARE + squeeze(found[1]), 0.8)


# 今日天气 多云转阴 / 本周天气:…… / 更正:本报上期……
_WEATHER = re.compile(
    r"((?:今[日天]|本周|明[日天]|一周)\s*(?:天\s*气|气象)(?:预报)?|天气预报(?=[:\s]))"
)
_CORRECTION = re.compile(r"(?:更\s*正|勘\s*误|致\s*歉)\s*:")
_ITEM = re.compile(r"[▲△■●◆◇□○★☆▼▽·]\s*(?=\S)")
BARE = "box without a headline: "


def _bare_kind(unit: Unit) -> str:
    if _WEATHER.match(unit.cue):
        return "天气"
    if _CORRECTION.match(unit.cue):
        return "更正"
    if _ITEM.match(unit.cue) and cues.FINAL.search(unit.cue):
        return "简讯"
    return ""


ITEM_LABEL = "name of a column of short items"


def claim_chronicles(sheet: Sheet) -> None:
    """2021年4月要事录 looks like an issue line but heads a text."""
    for i, unit in enumerate(sheet.units):
        if unit.size <= 24 and cues.CHRONICLE.search(unit.cue):
            sheet.claim(i, Role.TITLE, "headline of a box", 0.95)


def claim_boxes(sheet: Sheet) -> None:
    """Headlines of boxes and notices announce themselves."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.size > 30 or is_numbered(unit):
            continue
        if sheet.closed(i) and not unit.cue.endswith("?"):
            continue
        if (
            cues.BYLINE_MARK.match(unit.cue)
            and _below_box(sheet, i)
            and not is_byline(unit)
            and not names_section(sheet, i)
        ):
            sheet.claim(i, Role.HEADING, "entry of a box", 0.85)
        if announces_itself(unit) and not names_section(sheet, i):
            sheet.claim(i, Role.TITLE, "headline of a box", 0.9)


def announces_itself(unit: Unit) -> bool:
    """The headline of a box by its own words: 编者按 什么是光合作用? 征稿启事"""
    if unit.cue[:1] == "(" and unit.cue[-1:] == ")":
        return False  # (读者服务部): somebody signs
    cue = _MEASURE.sub("", unit.cue).strip(" ·【】[]■●◆◎◇▌▐═—-|")
    if cues.NAMED_BOX.fullmatch(cue) or cues.NAMED_NOTICE.fullmatch(squeeze(cue)):
        return True
    return cues.BOX.match(cue) is not None or (
        cues.NOTICE.search(cue) is not None and _notice_headline(cue)
    )


_MEASURE = re.compile(r"\s*[(][^()]*[/元斤克吨公][^()]*[)]\Z")  # 本周菜价(元/500克)


def _below_box(sheet: Sheet, i: int) -> bool:
    """Entries of a box begin with a mark: ◎ 什么是防浪林"""
    return any(
        sheet.reason(at) in ("headline of a box", "entry of a box")
        for at in range(max(0, i - 4), i)
    )


def _notice_headline(cue: str) -> bool:
    tight = squeeze(cue)
    if tight.startswith("关于"):
        return False
    ends = re.search(
        r"(?:启事|公告|公示|声明|更正|致歉|须知|敬告|稿约|预报|服务|安排|一览|简则|细则|信箱)\Z",
        tight,
    )
    return len(tight) <= 8 or (ends is not None and len(tight) <= 20)

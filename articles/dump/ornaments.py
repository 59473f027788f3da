"""Claims for labels, ornaments, repeated lines and posters.

In: a ``Sheet``.  Out: claims of column labels (and of boxes that look like
one), pinyin, eye-catchers and adverts: what is set for the eye of the page.
"""

from __future__ import annotations

import re

from . import cues
from .flow import Role, Unit
from .fold import squeeze
from .names import read_authors
from .sheet import SHORT, Sheet, is_numbered, is_sentence
from .writers import byline_names


def label_name(cue: str) -> str | None:
    """The name between its marks, or before its pinyin, or None.

    >>> label_name("【理论】"), label_name("业务研讨|YANTAO")
    ('理论', '业务研讨')
    """
    if pinyin := _WITH_PINYIN.match(cue):
        return pinyin["name"] or pinyin["spaced"]
    cue = _TIME_BEHIND.sub("", cue)
    found = cues.DECORATED.match(cue)
    return (
        found["name"].strip() if found and len(squeeze(found["name"])) <= 12 else None
    )


# 【早安渡口】 06:30—07:00: when the programme is on
_TIME_BEHIND = re.compile(r"\s+\d{1,2}[:.]\d{2}(?:\s*[-—–~至]+\s*\d{1,2}[:.]\d{2})?\Z")
# 业务研讨|YANTAO: a section's name with its pinyin
_WITH_PINYIN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8})\s*[|/·]\s*[A-Za-z][A-Za-z ]{2,24}\Z"
    r"|(?P<spaced>[\u4e00-\u9fff](?: {0,2}[\u4e00-\u9fff]){1,7}) +[A-Z][A-Z &]{2,24}\Z"
)


def claim_labels(sheet: Sheet) -> None:
    """A section's name alone on its line, or any short line set between marks."""
    for i, unit in enumerate(sheet.units):
        if unit.size > 24 or not sheet.free(i):
            continue
        name = label_name(unit.cue)
        if names_section(sheet, i):
            sheet.claim(i, Role.COLUMN_LABEL, "name of a section")
        elif names_part(unit):
            sheet.claim(i, Role.COLUMN_LABEL, "name that papers give to a part", 0.8)
        elif (
            name
            and (_WITH_PINYIN.match(unit.cue) or not read_authors(name))
            and not cues.BOX.match(name)
            and not cues.NOTICE.search(name)
        ):
            if _heads_text(sheet, i):
                sheet.claim(i, Role.TITLE, "headline of a box", 0.75)
            sheet.claim(i, Role.COLUMN_LABEL, "short line between marks", 0.8)
        elif _marked_label(unit):
            sheet.claim(i, Role.COLUMN_LABEL, "short line after a mark", 0.7)


def names_part(unit: Unit) -> bool:
    """A name that papers have always given to one of their parts, alone on its line."""
    return not unit.level and _PART_OF_PAPER.fullmatch(squeeze(unit.cue)) is not None


# 副　刊 本埠新闻: what papers have always called their parts
_PART_OF_PAPER = re.compile(
    r"(?:文艺|文学|周末|星期)?副刊|(?:本[埠市省县]|国[内际]|综合|地方|各地|社会|经济)新闻|要闻|商情|专电|时评|特载|专载"
)


def names_section(sheet: Sheet, i: int) -> bool:
    """The name of a section of the contents list, or of a newspaper's page."""
    own = squeeze(sheet.units[i].text)
    if pinyin := _WITH_PINYIN.match(sheet.units[i].cue):
        own = squeeze(pinyin["name"] or pinyin["spaced"])
    return own in sheet.sections or _EDGES.sub("", own) in sheet.sections


_EDGES = re.compile(r"\A\W+|\W+\Z")


def _marked_label(unit: Unit) -> bool:
    """■ 工作研究: a mark, and no name of a person after it."""
    return (
        len(squeeze(unit.cue)) <= 8
        and not (re.search(r"[/:|_]|^[^■●◆□]", unit.cue) and byline_names(unit.cue))
        and cues.LABEL_MARKS.match(unit.cue) is not None
        and not cues.BOX.match(unit.cue)
        and not cues.NOTICE.search(unit.cue)
        and not _SPACED_NAME.match(unit.cue)
        and not read_authors(unit.cue.strip("■●◆□ "))
    )


# □牧 云: a name of two characters set apart, after a byline mark
_SPACED_NAME = re.compile(r"\W\s*[\u4e00-\u9fff]\s+[\u4e00-\u9fff]\Z")


def _heads_text(sheet: Sheet, i: int) -> bool:
    """Running text right below a name that is no section's: a box, not a label."""
    below = sheet.below(i)
    return (
        bool(sheet.dump.sections)
        and below is not None
        and sheet.free(below)
        and sheet.units[below].size > 20
        and sheet.closed(below)
        and not ITEMS.search(squeeze(sheet.units[i].cue))
    )


# A label under which items stand without headlines: 【读者来信】 ◇简讯◇ ▌本刊讯▐
ITEMS = re.compile(
    r"(?:来信|简讯|短讯|短波|一句话|快讯|动态|信息|要闻|本[刊报]讯|点滴|拾零|集锦|摘编|速览|速递|扫描|传真|广角|商情|行情|市况|笑林|笑话|幽默)"
)


def claim_ornaments(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if _foreign_headline(sheet, i):
            sheet.claim(i, Role.DUPLICATE, "headline in another language", 0.8)
            continue
        if (
            unit.size > SHORT
            or not cues.PINYIN.match(unit.cue)
            or len(sheet.keys[i]) < 4
        ):
            continue
        near = {sheet.role(j) for j in range(i - 3, i + 4)}
        if Role.TITLE in near or unit.cue.upper() == unit.cue:
            sheet.claim(i, Role.DUPLICATE, "pinyin set as an ornament", 0.85)


EYE_CATCHER = 150  # characters; nobody sets more than this in large type


_LATIN_LINE = re.compile(r"[A-Z][A-Za-z0-9\s,.:;'’“”\"\-()&?!]{9,}\Z")


def _foreign_headline(sheet: Sheet, i: int) -> bool:
    """A line of Latin words set right between a short Chinese line and Chinese text."""
    if not sheet.free(i) or not _LATIN_LINE.match(sheet.units[i].cue):
        return False
    above, below = i - 1, i + 1
    if above < 0 or below >= len(sheet.units) or not sheet.short(above):
        return False
    heads = sheet.free(above) or sheet.role(above) is Role.TITLE
    return (
        heads
        and not sheet.closed(above)
        and not sheet.closed(i)
        and _CHINESE.search(sheet.units[above].cue) is not None
        and _CHINESE.search(sheet.units[below].cue) is not None
    )


_CHINESE = re.compile(cues.HAN)


def claim_repeats(sheet: Sheet) -> None:
    """A sentence printed a second time, large, as an eye-catcher."""
    texts = [squeeze(u.cue) if u.size > 30 else "" for u in sheet.units]
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or not 9 <= unit.size <= EYE_CATCHER:
            continue
        if unit.level or unit.indent or is_numbered(unit) or not _spoken(unit):
            continue
        own = texts[i] or squeeze(unit.cue)
        own = own if unit.size > 60 else own.strip('“”"')
        near = [*texts[max(0, i - 40) : i], *texts[i + 1 : i + 41]]
        if any(len(t) > len(own) and own in t for t in near):
            sheet.claim(i, Role.DUPLICATE, "repeats a sentence of the text", 0.9)


def claim_repeated_verse(sheet: Sheet) -> None:
    """A line of a poem printed a second time by itself."""
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and 5 <= unit.size <= 24 and unit.gap and not unit.level:
            lone = i + 1 >= len(sheet.units) or sheet.units[i + 1].gap
            around = range(max(0, i - 20), min(len(sheet.units), i + 21))
            if lone and any(
                sheet.keys[j] == sheet.keys[i] and not sheet.units[j].gap
                for j in around
            ):
                sheet.claim(i, Role.DUPLICATE, "repeats a line of verse", 0.85)


def claim_doubled_lines(sheet: Sheet) -> None:
    """The same long line twice within a few lines."""
    seen: dict[str, int] = {}
    for i, unit in enumerate(sheet.units):
        own = sheet.keys[i]
        if (
            sheet.free(i)
            and len(own) >= 20
            and i - seen.get(own, -9) <= 3
            and not is_numbered(unit)
        ):
            sheet.claim(i, Role.DUPLICATE, "line printed twice", 0.7)
        seen[own] = i


def _spoken(unit: Unit) -> bool:
    """A sentence or a quotation; a headline may well be a phrase of its text."""
    quoted = unit.cue[:1] in "“‘" and unit.cue[-1:] in "”’"
    return quoted or unit.cue.count(",") >= 2 or cues.FINAL.search(unit.cue) is not None


def claim_adverts(sheet: Sheet) -> None:
    """Public-service posters and small adverts: a cue line and the lines around it."""
    for i, unit in enumerate(sheet.units):
        if unit.size > 40 or sheet.role(i) not in (None, Role.COLOPHON):
            continue
        if cues.ADVERT.search(unit.cue) and unit.size <= 30:
            _claim_poster(sheet, i)
        elif sheet.free(i) and _shop_line(unit):
            sheet.claim(i, Role.ADVERT, "advertiser's line with an address", 0.7)
            above = i - 1
            if (
                sheet.free(above)
                and sheet.units[above].size <= 12
                and not is_sentence(sheet.units[above])
            ):
                sheet.claim(above, Role.ADVERT, "name of the advertiser", 0.6)


def claim_shops(sheet: Sheet) -> None:
    """某某酒楼, its wares set apart, its address and telephone: one advert."""
    for i, unit in enumerate(sheet.units):
        if not (_is_contact(unit) and sheet.role(i) in (None, Role.LIST_ITEM)):
            continue
        block = [i]
        while len(block) < 5 and _ware_line(sheet, block[-1] - 1):
            block.append(block[-1] - 1)
        name = block[-1] - 1
        if sheet.free(name) and _SHOP_NAME.fullmatch(squeeze(sheet.units[name].cue)):
            for at in (*block, name):
                sheet.labels[at] = None
                sheet.claim(at, Role.ADVERT, "shop, its wares and its address", 0.75)


# 地址:滨湖路18号  订座电话:0555—2109988
_CONTACT = re.compile(r"(?:地\s*址|电\s*话|热线|手机)\s*:?")
_SHOP_NAME = re.compile(
    cues.HAN
    + "{2,16}(?:店|楼|馆|厂|公司|商行|车行|琴行|铺|门市部|经营部|服务部|中心|超市|商场|商城|饭庄|山庄|影城|诊所|药房|浴池|专卖|苑|坊)"
)


def _is_contact(unit: Unit) -> bool:
    return (
        unit.size <= 45
        and _CONTACT.search(unit.cue) is not None
        and bool(re.search(r"\d{3}", unit.cue))
    )


def _ware_line(sheet: Sheet, at: int) -> bool:
    unit = sheet.units[at]
    return (
        sheet.free(at)
        and len(unit.text.split()) >= 2
        and unit.size <= 30
        and not is_sentence(unit)
    )


# 欣欣商店 百货齐全 电话:8800 123
_SHOP = re.compile(r"(?:电话|手机|[东南西北]?[街路]\d+号|热线|折)")


def _shop_line(unit: Unit) -> bool:
    pieces = unit.text.replace("\u3000", " ").split()
    return (
        len(pieces) >= 3
        and _SHOP.search(unit.cue) is not None
        and not is_sentence(unit)
        and not cues.CONTACT_WORD.match(unit.cue)
        and "联系" not in unit.cue
    )


def _claim_poster(sheet: Sheet, i: int) -> None:
    """The cue stands at the top or at the foot; the poster is on its other side."""
    block = [i]
    for step in (-1, 1):
        at = i + step
        while (
            sheet.free(at)
            and abs(at - i) <= 10
            and _poster_line(sheet, at, step, len(block))
        ):
            block.append(at)
            at += step
    for at in block:
        sheet.claim(at, Role.ADVERT, "poster", 0.8)


def _poster_line(sheet: Sheet, at: int, step: int, lines: int) -> bool:
    unit = sheet.units[at]
    if cues.BYLINE_MARK.match(unit.cue) or cues.CHRONICLE.search(unit.cue):
        return False
    if step > 0 and unit.size > 30 and not unit.level and lines < 4:
        return False
    return (
        unit.size <= 60
        and not cues.CHAPTER.match(unit.cue)
        and not cues.AUTHOR_AFFILIATION.match(unit.cue)
    )

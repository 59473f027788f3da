"""Claims for headlines, bylines and the headlines of boxes.

In: a ``Sheet``.  Out: claims of title, kicker, subtitle and byline.  A line
is a headline because the contents list says so, because a byline or a dateline
stands below it, because a new text must begin there, or because it announces a
box by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from . import cues
from .flow import HEAD_ROLES, Role, Unit
from .fold import key, squeeze
from .furniture import ITEMS, is_caption, label_name
from .names import is_office, read_authors, split_names
from .record import AuthorRecord
from .sheet import SHORT, TITLE_MAX, Sheet, is_numbered, sentence_like

# ---- titles of the contents list --------------------------------------------------


def claim_listed_titles(sheet: Sheet) -> None:
    """Units that repeat a title of the contents list."""
    for index, entry in match_titles(sheet).items():
        sheet.titles[index] = entry
        role = Role.SUBTITLE if _is_listed_subtitle(sheet, index, entry) else Role.TITLE
        sheet.claim(index, role, "stands in the contents list", 0.97)


def _is_listed_subtitle(sheet: Sheet, index: int, entry: int) -> bool:
    """What stands after the dash in the list is the subtitle in the body."""
    front, dash, rest = re.sub(
        r"[—–―─]+", "—", sheet.dump.contents[entry].title
    ).partition("—")
    return bool(dash) and key(rest) == sheet.keys[index] and key(front) != ""


def match_titles(sheet: Sheet) -> dict[int, int]:
    """Unit → entry for each unit (or group of up to three) that repeats a title."""
    groups = _all_groups(sheet)
    exact: dict[str, list[int]] = {}
    for number, (_, joined) in enumerate(groups):
        exact.setdefault(joined, []).append(number)
    found: dict[int, int] = {}
    work = _MAX_COMPARISONS
    for number, entry in enumerate(sheet.dump.contents):
        for wanted in _forms(entry.title):
            same = exact.get(wanted, [])[:_MAX_PLACES]
            if not same and work > 0:
                same, work = list(range(len(groups))), work - len(groups)
            best = _best_place(sheet, [groups[n] for n in same], wanted, found)
            found.update(dict.fromkeys(best, number))
            if best:
                break
    return found


_MAX_COMPARISONS = 300_000  # letters of headlines compared with unlike ones in one dump
_MAX_PLACES = 40  # places at which one title may be printed

_Group = tuple[tuple[int, ...], str]


def _all_groups(sheet: Sheet) -> list[_Group]:
    """Every run of up to three short units after the list, with its letters."""
    listed = [
        i for i, lab in enumerate(sheet.labels) if lab and lab.role is Role.CONTENTS
    ]
    early = bool(listed) and listed[0] < 0.5 * len(sheet.units)
    start = listed[-1] + 1 if early else 0
    inside = set(listed)
    pool = [
        i
        for i in range(start, len(sheet.units))
        if i not in inside
        and sheet.units[i].size <= TITLE_MAX
        and not label_name(sheet.units[i].cue)
    ]
    if not sheet.dump.contents:
        return []
    return [group for at in range(len(pool)) for group in _groups(sheet, pool, at)]


def _forms(title: str) -> list[str]:
    """The title as listed, and without what follows a dash (a subtitle)."""
    front = re.split(r"[—–―─]{1,2}", title)[0]
    forms = [key(title)]
    if key(front) != forms[0] and len(key(front)) >= 3:
        forms.append(key(front))
    return forms


def _best_place(
    sheet: Sheet, groups: Sequence[_Group], wanted: str, taken: dict[int, int]
) -> tuple[int, ...]:
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    if len(wanted) < 2:
        return ()
    for at, (group, joined) in enumerate(groups):
        score = _likeness(joined, wanted)
        if score < 0.75 or any(i in taken for i in group):
            continue
        score += 0.1 * (len(group) > 1 and _anagram(joined, wanted))
        score += 0.05 * _byline_follows(sheet, group[-1])
        score += 0.02 * (sheet.units[group[0]].level > 0) - 0.00003 * min(at, 600)
        if score > best[0]:
            best = (score, group)
    return best[1]


def _groups(sheet: Sheet, pool: Sequence[int], at: int) -> Iterator[_Group]:
    group: tuple[int, ...] = ()
    joined = ""
    last = pool[at]
    for index in pool[at : at + 4]:
        if index - last > 1:
            return
        last = index
        if group and is_caption(sheet.units[index]):
            continue
        group, joined = (*group, index), joined + sheet.keys[index]
        yield group, joined


def _likeness(own: str, wanted: str) -> float:
    """1 for the same letters; less where OCR has changed, lost or added some."""
    if own == wanted:
        return 1.0
    han = re.sub(r"[A-Za-z]+", "", own) if re.search(r"[A-Za-z]{8,}", own) else own
    if abs(len(han) - len(wanted)) > 0.3 * len(wanted) + 1 or len(wanted) < 4:
        return 0.0
    ratio = fuzz.ratio(han, wanted) / 100
    return ratio if ratio >= (0.82 if len(wanted) >= 8 else 0.79) else 0.0


def _anagram(own: str, wanted: str) -> bool:
    """OCR sometimes prints the pinyin and one character of a headline apart."""
    bare = re.sub(r"[A-Za-z]+", "", own)
    return bare != wanted and sorted(bare) == sorted(wanted)


def _byline_follows(sheet: Sheet, index: int) -> bool:
    """A byline, or a bare name, stands right below (a subtitle may come between)."""
    for at in range(index + 1, min(index + 4, len(sheet.units))):
        unit = sheet.units[at]
        if is_byline(unit) or (unit.size <= 16 and split_names(unit.cue)):
            return True
        if not (cues.SUBTITLE.match(unit.cue) or cues.PINYIN.match(unit.cue)):
            return False
    return False


# ---- bylines ----------------------------------------------------------------------------

_WRITERS = r"文字?|撰\s*文|作\s*者|撰\s*稿|执\s*笔|整\s*理|口\s*述|讲\s*述|采\s*写|采\s*访|受\s*访|记\s*者|供\s*稿|编\s*译|翻\s*译|译|述"
_OTHERS = r"图片?|摄\s*影|摄|编\s*辑|责\s*编|美\s*编|校\s*对|绘\s*图|绘|制\s*图|供\s*图|插\s*图|漫\s*画|版\s*式"
# Roles and names in turn: 文|张三 图|李四 / 口述:张三 整理:李四
_ROLE = re.compile(rf"(?:\A|(?<=[\s(,;、]))(?P<role>{_WRITERS}|{_OTHERS})\s*[/:|]\s*")
_IS_WRITER = re.compile(rf"(?:{_WRITERS})\Z")


def byline_value(cue: str) -> str:
    """The writers' names of a byline, without marks, role words and footnote signs.

    >>> byline_value("文|张三 图|李四")
    '张三'
    """
    cue = re.sub(r"^[(\[]|[)\]]\Z", "", cue.strip())
    if mark := cues.BYLINE_MARK.match(cue):
        cue = cue[mark.end() :]
    cue = re.sub(r"[¹²³⁴⁵⁶*∗†‡\d]+", " ", cue)
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
    body = place["name"] if place else cue
    if turned := _NAME_FIRST.fullmatch(body):
        return read_authors(turned["name"])
    mark = cues.BYLINE_MARK.match(body)
    if mark or cues.BYLINE_WORD.match(body) or _ROLE.match(body):
        return read_authors(byline_value(body)) or (
            _pen_name(body[mark.end() :]) if mark else ()
        )
    return ()


# 张 三/文 李四 撰文: the word after the name
_NAME_FIRST = re.compile(
    r"(?P<name>[\u4e00-\u9fff、 ]{2,16}?)\s*(?:/\s*文|[/ ]\s*撰文|\s文)"
)


def _pen_name(text: str) -> tuple[AuthorRecord, ...]:
    """After a byline mark a name of any letters: □牧 云"""
    tight = squeeze(text)
    spaced = len(text.split()) == 2 and all(len(p) == 1 for p in text.split())
    if re.fullmatch(cues.HAN + "{2,3}", tight) and (spaced or len(tight) == 3):
        return (AuthorRecord(tight),)
    return ()


def claim_bylines(sheet: Sheet) -> None:
    """Marked bylines anywhere; a bare name only below a headline."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i):
            continue
        if is_byline(unit):
            sheet.claim(i, Role.BYLINE, "names the author after a mark", 0.95)
        elif unit.size <= 30 and _bare_name(sheet, i):
            sheet.claim(i, Role.BYLINE, "a name alone below a headline", 0.9)


def _bare_name(sheet: Sheet, i: int) -> bool:
    """张 三 without a mark, right below a headline and above running text."""
    unit = sheet.units[i]
    place = cues.NAME_AND_PLACE.match(unit.cue)
    body = byline_value(place["name"] if place else unit.cue)
    names = split_names(body)
    if not names and not is_office(squeeze(body)) and not _SPACED_NAMES.match(unit.cue):
        return False
    above = sheet.above(i)
    if above is None or unit.level:
        return False
    titled = sheet.role(above) in (Role.TITLE, Role.SUBTITLE)
    if titled and _SPACED_NAMES.match(unit.cue):
        return True
    if titled or not names:
        return titled or _office_below_mark(sheet, i, above)
    return _below_unlisted_headline(sheet, i, above, names)


def _office_below_mark(sheet: Sheet, i: int, above: int) -> bool:
    """An office alone between a marked headline and running text."""
    below = sheet.below(i)
    head = sheet.units[above]
    marked = sheet.free(above) and head.level > 0 and headline_like(head)
    return marked and below is not None and not sheet.short(below)


def _below_unlisted_headline(
    sheet: Sheet, i: int, above: int, names: Sequence[str]
) -> bool:
    """A line that can only be names, below a short line that may be a headline."""
    unit, head = sheet.units[i], sheet.units[above]
    if not sheet.free(above) or not headline_like(head) or not sheet.short(above):
        return False
    below = sheet.below(i)
    text_below = below is not None and (
        not sheet.short(below) or not sheet.free(below) or sheet.units[below].indent
    )
    if text_below:
        return True
    certain = len(names) > 1 or len(names[0]) > 2 or " " in unit.cue.strip()
    closed = sheet.above(above)
    return certain and (
        head.level > 0
        or closed is None
        or sheet.closed(closed)
        or not sheet.free(closed)
    )


# Names of two characters set apart, whatever they are: 于 谷  蒲 苇
_SPACED_NAMES = re.compile(
    r"[\u4e00-\u9fff] +[\u4e00-\u9fff](?: +[\u4e00-\u9fff] +[\u4e00-\u9fff]){0,3}\Z"
)


def claim_end_bylines(sheet: Sheet) -> None:
    """(张三 李四), a name set to the right, or an office below the last paragraph."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.size > 30 or unit.level:
            continue
        above = sheet.above(i)
        if above is None or not (
            sheet.closed(above)
            or sheet.role(above) is Role.VERSE
            or sheet.units[above].size > SHORT
        ):
            continue
        found = cues.END_BYLINE.match(unit.cue)
        inner = byline_value(found[1] if found else unit.cue)
        if found and (read_authors(inner) or _some_name(inner)):
            sheet.claim(i, Role.BYLINE, "author in brackets after the text", 0.85)
        elif unit.right and (read_authors(inner) or _some_name(inner)):
            sheet.claim(i, Role.BYLINE, "author set to the right after the text", 0.85)
        elif (
            not found
            and sheet.closed(above)
            and is_office(squeeze(unit.cue))
            and len(squeeze(unit.cue)) >= 5
        ):
            sheet.claim(i, Role.BYLINE, "office signing after the text", 0.7)


def _some_name(text: str) -> bool:
    """A name among other words: 高二(5)班 张三."""
    return any(split_names(p) for p in re.split(r"[\s,、]+", text) if 2 <= len(p) <= 4)


# ---- headlines above bylines, datelines, new texts --------------------------------------------


def claim_headlines(sheet: Sheet) -> None:
    """The short lines above a byline are its headline, kicker and subtitle."""
    for i in range(len(sheet.units)):
        if sheet.role(i) is Role.BYLINE and sheet.reason(i) in _OPENING:
            _claim_above(sheet, i, "short line above a byline", 0.92)


_OPENING = ("names the author after a mark", "a name alone below a headline")


def _claim_above(sheet: Sheet, i: int, reason: str, confidence: float) -> None:
    above = sheet.above(i)
    if above is None:
        return
    if (
        sheet.free(above)
        and cues.SUBTITLE.match(sheet.units[above].cue)
        and headline_like(sheet.units[above])
    ):
        sheet.claim(above, Role.SUBTITLE, "dash before it, byline below")
    if sheet.role(above) is Role.SUBTITLE:
        above = sheet.above(above)
    if above is None:
        return
    if sheet.free(above) and headline_like(sheet.units[above]):
        sheet.claim(above, Role.TITLE, reason, confidence)
    if sheet.role(above) is Role.TITLE:
        _claim_second_line(sheet, above)


def headline_like(unit: Unit) -> bool:
    """Short, unnumbered, not ending like a clause or a sentence."""
    return (
        2 <= unit.size <= TITLE_MAX
        and not unit.indent
        and cues.CONTACT_WORD.match(unit.cue) is None
        and cues.CLAUSE.search(unit.cue) is None
        and cues.JUMP_OUT.search(unit.cue) is None
        and not re.search(r"[。;]|:\Z", unit.cue)
        and not is_numbered(unit)
    )


def _claim_second_line(sheet: Sheet, title: int) -> None:
    """The line above the headline: its first half, or a kicker."""
    above = title - 1
    if (
        not sheet.free(above)
        or not headline_like(sheet.units[above])
        or not sheet.short(above)
    ):
        return
    unit, below = sheet.units[above], sheet.units[title]
    if sentence_like(unit.cue) or cues.END_BYLINE.search(unit.cue):
        return
    if cues.BOX.match(unit.cue) or cues.NOTICE.search(unit.cue) or unit.size < 4:
        return
    if unit.size <= 5 and below.size >= 9 and not unit.level:
        sheet.claim(above, Role.COLUMN_LABEL, "short line above a headline", 0.75)
        return
    before = sheet.above(above)
    if (
        before is not None
        and sheet.free(before)
        and not sheet.closed(before)
        and sheet.units[before].size > SHORT
    ):
        return
    listed = title in sheet.titles
    if below.level and not unit.level or listed:
        sheet.claim(above, Role.KICKER, "plain line above the headline", 0.75)
    elif unit.level or not below.level:
        sheet.claim(above, Role.TITLE, "first line of a headline of two lines", 0.75)


def claim_news(sheet: Sheet) -> None:
    """A short line above 本报讯 heads a news item; items under ▲ have one headline."""
    for i, unit in enumerate(sheet.units):
        if unit.size < 12 or not sheet.free(i):
            continue
        cue = cues.BYLINE_MARK.sub("", unit.cue)
        if cues.DATELINE.match(cue) or (cue != unit.cue and sheet.closed(i)):
            above = sheet.above(i)
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
        if below is None or not (sheet.free(below) or sheet.role(below) in HEAD_ROLES):
            continue
        verse_above = above is not None and sheet.role(above) is Role.VERSE
        if verse_above and not unit.gap:
            continue
        if unit.size <= 6 and (
            sheet.role(below) in (Role.TITLE, Role.KICKER) or above is None
        ):
            sheet.claim(i, Role.COLUMN_LABEL, "short line above a headline", 0.7)
        elif _announces_itself(sheet.units[below]):
            continue  # 编者按, 本刊启事 need no kicker; a cut text may stand above them
        elif sheet.reason(below) == "headline of a box":
            sheet.claim(i, Role.KICKER, "short line above the headline of a box", 0.7)
        elif above is None or _ends_a_text(sheet, above):
            sheet.claim(i, Role.TITLE, "short line where a text must begin", 0.8)


def _ends_a_text(sheet: Sheet, i: int) -> bool:
    """An affiliation, an end byline, a label or a page head closes what was before."""
    role = sheet.role(i)
    if role is None:
        return signs_at_end(sheet.units[i])
    if role is Role.BYLINE:
        return sheet.reason(i) not in _OPENING
    if role is Role.NOTE:
        return sheet.reason(i) == "date below a signature"
    return role in (Role.AFFILIATION, Role.CREDIT, Role.COLUMN_LABEL)


def signs_at_end(unit: Unit) -> bool:
    """……开创新局面。(张三 李四): the author in brackets after the last sentence."""
    found = cues.END_BYLINE.search(unit.cue)
    if not found or not cues.FINAL.search(unit.cue[: found.start()].rstrip()):
        return False
    return bool(read_authors(byline_value(found[1])))


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
        beside = sheet.role(i - 1) is Role.TITLE or sheet.role(i + 1) is Role.BYLINE
        if dashed and beside and not sheet.closed(i):
            sheet.claim(i, Role.SUBTITLE, "dash below a headline")


# ---- boxes ------------------------------------------------------------------------------------


def claim_item_labels(sheet: Sheet) -> None:
    """A label with items right below it heads a box, though it stays a label."""
    for i in range(len(sheet.units)):
        below = sheet.below(i)
        if (
            sheet.role(i) is not Role.COLUMN_LABEL
            or below is None
            or not sheet.free(below)
        ):
            continue
        item = sheet.units[below]
        if (
            item.size >= 15
            and ITEMS.search(squeeze(sheet.units[i].cue))
            and not headline_like(item)
        ):
            label = sheet.labels[i]
            if label is not None:
                sheet.labels[i] = replace(label, reason=ITEM_LABEL)


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
        if 12 <= unit.size <= 120 and _WEATHER.match(unit.cue):
            sheet.claim(i, Role.PARAGRAPH, BARE + "天气", 0.8)


# 今日天气 多云转阴 / 本周天气:…… / 更正:本报上期……
_WEATHER = re.compile(
    r"(?:今[日天]|本周|明[日天]|一周)\s*(?:天\s*气|气象)|天气预报[:\s]"
)
_CORRECTION = re.compile(r"(?:更\s*正|勘\s*误|致\s*歉)\s*:")
_ITEM = re.compile(r"[▲△■●◆]\s*(?=\S)")
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
        ):
            sheet.claim(i, Role.HEADING, "entry of a box", 0.85)
        if _announces_itself(unit):
            sheet.claim(i, Role.TITLE, "headline of a box", 0.9)


def _announces_itself(unit: Unit) -> bool:
    """The headline of a box by its own words: 编者按 什么是光合作用? 征稿启事"""
    cue = unit.cue.strip(" ·【】[]■●◆◎◇▌▐═—-|")
    return cues.BOX.match(cue) is not None or (
        cues.NOTICE.search(cue) is not None and _notice_headline(cue)
    )


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
        r"(?:启事|公告|公示|声明|更正|致歉|须知|敬告|稿约|预报|服务)\Z", tight
    )
    return len(tight) <= 8 or (ends is not None and len(tight) <= 20)

"""Claims for the display lines of a newspaper page: slogans, column labels, short items.

In: a ``Sheet``.  Out: claims of slogan, column label and the headlines of short
items.  A page sets its slogan above everything, and the names of its columns
wherever there is room, also far from their piece and between the halves of a
sentence, where no heading ever stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import cues
from .bylines import OPENING
from .flow import FURNITURE_ROLES, Label, Role, Unit
from .fluency import shipped
from .fold import squeeze
from .names import read_authors
from .ornaments import ITEMS
from .record import IssueKind
from .sheet import SHORT, Sheet, headline_like, sentence_like
from .topics import content_words

_LABEL = 6  # characters of a column's name
_SHORT_LABEL = 4  # characters of one that may stand below a text
_ITEM = 160  # characters of a short item
_TOP = 6  # lines that may stand above the first text
_TAIL = 16  # a closed text so short does not begin an article
_BEGINS = 0.0  # log-odds above which a text rather begins than goes on
_MID_SENTENCE = -0.6  # log-odds below which a text rather goes on than begins


def claim_slogans(sheet: Sheet) -> None:
    """把报纸办到地头上: a line at the top of the page of which no text speaks."""
    if not is_page(sheet):
        return
    stack = _top_lines(sheet)
    if not stack:
        return
    below = stack[-1] + 1
    if sheet.role(below) is Role.BYLINE:
        above = [i for i in stack[:-1] if not _tied(sheet, i)]
        if above and above[0] == stack[0] and not _spoken_of(sheet, above[0]):
            _claim_top(sheet, above[0])
    elif _goes_on(sheet, below) or _unranked(sheet, stack):
        for i in stack:
            _claim_top(sheet, i)


def is_page(sheet: Sheet) -> bool:
    """Is the dump one of a newspaper?"""
    issue = sheet.dump.issue
    return issue is not None and issue.kind is IssueKind.NEWSPAPER_PAGE


def _top_lines(sheet: Sheet) -> list[int]:
    """The display lines above the first text, the page's own lines passed over."""
    stack: list[int] = []
    for i in range(min(len(sheet.units), _TOP + 4)):
        if sheet.role(i) in FURNITURE_ROLES and not stack:
            continue
        if not (sheet.free(i) and _display(sheet, i)) or len(stack) == _TOP:
            break
        stack.append(i)
    return stack


def _display(sheet: Sheet, i: int) -> bool:
    unit = sheet.units[i]
    return (
        headline_like(unit)
        and sheet.short(i)
        and not sheet.closed(i)
        and not sentence_like(unit.cue)
        and not read_authors(unit.cue)
    )


def _tied(sheet: Sheet, i: int) -> bool:
    """Set tight to the line below, as the lines of one headline are."""
    return sheet.tight(i + 1) or (sheet.units[i].level > 0)


def _claim_top(sheet: Sheet, i: int) -> None:
    if sheet.units[i].size <= _LABEL:
        sheet.claim(i, Role.COLUMN_LABEL, "short line at the top of the page", 0.75)
    else:
        sheet.claim(i, Role.SLOGAN, "line at the top of the page", 0.7)


def _spoken_of(sheet: Sheet, i: int) -> bool:
    """Does the text below say any of its words?"""
    words = content_words(sheet.units[i].cue)
    below = [u.cue for u in sheet.units[i + 2 : i + 14] if u.size > 20]
    return any(word in cue for word in words for cue in below)


def _unranked(sheet: Sheet, stack: Sequence[int]) -> bool:
    """Where Markdown marks the headlines of the page, a line without a mark is none."""
    marked = [u.level for u in sheet.units if u.level and headline_like(u)]
    return len(marked) >= 3 and not any(sheet.units[i].level for i in stack)


def _goes_on(sheet: Sheet, i: int) -> bool:
    """Is this text the rest of another rather than the beginning of one?"""
    if not sheet.free(i):
        return False
    unit = sheet.units[i]
    if cues.NEVER_FIRST.match(unit.cue) or (sheet.closed(i) and unit.size <= _TAIL):
        return True
    return unit.size > _TAIL and shipped().begins(unit.cue) < _MID_SENTENCE


# ---- public adverts ------------------------------------------------------------------


def claim_appeals(sheet: Sheet) -> None:
    """多读一页书 多看一程路, and below it the offices that say so."""
    if not is_page(sheet):
        return
    for i, unit in enumerate(sheet.units):
        if (
            not sheet.free(i)
            or unit.size > 24
            or _APPEALING.fullmatch(unit.cue) is None
        ):
            continue
        lines = [i]
        while sheet.free(lines[-1] - 1) and _appeal(sheet, lines[-1] - 1):
            lines.append(lines[-1] - 1)
        if len(lines) > 1 and _display(sheet, lines[-1]):
            for at in lines:
                sheet.claim(at, Role.ADVERT, "appeal to the public", 0.7)


# 某市文明办 团市委 / 某市总工会宣教部
_APPEALING = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}(?:文明办|文明委|团[省市区县州]委|总工会宣?[教传]?[育部]?|妇联|消防[\u4e00-\u9fff]{0,4}|宣传部|宣\s*[教传]?)[\s、·]*){1,4}"
)


def _appeal(sheet: Sheet, i: int) -> bool:
    unit = sheet.units[i]
    return 4 <= unit.size <= 22 and not (unit.level and i and not sheet.units[i].gap)


# ---- names of columns --------------------------------------------------------------


def claim_names_below(sheet: Sheet) -> None:
    """闻 笛 alone below a finished text, with no text of its own: it signs the one above."""
    if not is_page(sheet):
        return
    for i, unit in enumerate(sheet.units):
        above, below = sheet.above(i), i + 1
        if _titles_pen_name(sheet, i):
            sheet.claim(i, Role.TITLE, "two letters above a pen name", 0.75)
            sheet.claim(below, Role.BYLINE, OPENING[1], 0.75)
        elif (
            sheet.free(i)
            and _SPACED_NAME.fullmatch(unit.cue)
            and not _tops_page(sheet, i)
            and above is not None
            and sheet.free(above)
            and sheet.closed(above)
            and sheet.units[above].size > _TAIL
            and not (sheet.free(below) and sheet.units[below].size > SHORT)
        ):
            sheet.claim(i, Role.BYLINE, "name alone below a finished text", 0.75)


def _titles_pen_name(sheet: Sheet, i: int) -> bool:
    """秋 水, and below it 阿 苇: of two such lines above a text the first is the headline."""
    return (
        sheet.free(i)
        and sheet.free(i + 1)
        and sheet.free(i + 2)
        and all(_SPACED_NAME.fullmatch(sheet.units[at].cue) for at in (i, i + 1))
        and not _SPACED_NAME.fullmatch(sheet.units[i + 2].cue)
    )


def _tops_page(sheet: Sheet, i: int) -> bool:
    """The page's own head, or its number, stands right above."""
    return sheet.role(i - 1) is Role.RUNNING_HEAD


_SPACED_NAME = re.compile(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]")


def claim_page_labels(sheet: Sheet) -> None:
    """田间地头 beside a picture, a headline or the page's own lines, or inside a sentence."""
    if not is_page(sheet):
        return
    for i, unit in enumerate(sheet.units):
        if _label_like(sheet, i) and _set_apart(sheet, i):
            sheet.claim(i, Role.COLUMN_LABEL, "short line beside display lines", 0.75)
        elif _label_like(sheet, i) and cues.COLUMN_NAME.fullmatch(squeeze(unit.cue)):
            sheet.claim(i, Role.COLUMN_LABEL, "name that columns have", 0.75)
        elif _label_like(sheet, i) and ITEMS.search(squeeze(unit.cue)):
            sheet.claim(i, Role.COLUMN_LABEL, "name of a column of items", 0.75)


def _label_like(sheet: Sheet, i: int) -> bool:
    unit = sheet.units[i]
    return (
        sheet.free(i)
        and 2 <= unit.size <= _LABEL
        and not (unit.level or unit.bold)
        and cues.BOX.match(unit.cue) is None
        and cues.NOTICE.search(unit.cue) is None
        and (
            _display(sheet, i)
            or (_tops_page(sheet, i) and _SPACED_NAME.fullmatch(unit.cue) is not None)
        )
    )


def _set_apart(sheet: Sheet, i: int) -> bool:
    if sheet.units[i].size <= _SHORT_LABEL and _cuts_sentence(sheet, i):
        return True  # a longer line rather heads another text
    beside = (sheet.role(i - 1), sheet.role(i + 1))
    if beside[0] is Role.BYLINE and _above_headline(sheet, i):
        return True  # the text above is signed, a headline and its text stand below
    if Role.BYLINE in beside:
        return False
    if sheet.role(i + 1) in (Role.TITLE, Role.KICKER):
        return True
    if sheet.units[i].size <= _SHORT_LABEL and _after_text(sheet, i):
        return sheet.role(i + 1) is Role.PHOTO_CREDIT or _above_headline(sheet, i)
    return all(role in FURNITURE_ROLES or role is Role.JUMP for role in beside)


def _after_text(sheet: Sheet, i: int) -> bool:
    above = sheet.above(i)
    return above is None or not sheet.free(above) or sheet.closed(above)


def _above_headline(sheet: Sheet, i: int) -> bool:
    """A longer line of display below, and running text below that."""
    below, text = i + 1, i + 2
    return (
        sheet.free(below)
        and _display(sheet, below)
        and sheet.units[below].size >= sheet.units[i].size
        and sheet.free(text)
        and sheet.units[text].size > SHORT
    )


def _cuts_sentence(sheet: Sheet, i: int) -> bool:
    """Open running text above, and below a text that does not begin there: under a
    headline one would."""
    above, below = sheet.above(i), sheet.below(i)
    if above is None or below is None:
        return False
    running = sheet.units[above].size > SHORT and sheet.units[below].size > _TAIL
    return (
        running
        and shipped().begins(sheet.units[below].cue) <= _BEGINS
        and sheet.free(above)
        and sheet.free(below)
        and not sheet.closed(above)
        and cues.HALF_FINAL.search(sheet.units[above].cue) is None
    )


def claim_named_columns(sheet: Sheet) -> None:
    """基层来论 above a byline, where the page's headlines have a rank: its headline stands
    elsewhere, and this is the name of its column."""
    if not is_page(sheet):
        return
    titles = [i for i in range(len(sheet.units)) if sheet.role(i) is Role.TITLE]
    if sum(sheet.units[i].level > 0 for i in titles) < 2:
        return
    for i in titles:
        unit = sheet.units[i]
        if not unit.level and cues.COLUMN_NAME.fullmatch(squeeze(unit.cue)):
            sheet.labels[i] = Label(Role.COLUMN_LABEL, "name that columns have", 0.7)


def claim_ranked_titles(sheet: Sheet) -> None:
    """Where the signed headlines of a page have one rank, so have those signed elsewhere."""
    if not is_page(sheet):
        return
    titles = [u for i, u in enumerate(sheet.units) if sheet.role(i) is Role.TITLE]
    ranks = {u.level for u in titles if u.level}
    if len(ranks) != 1:
        return
    rank = ranks.pop()
    known = sum(u.level == rank for u in titles)
    others = [
        i
        for i, unit in enumerate(sheet.units)
        if unit.level == rank and sheet.free(i) and _display(sheet, i)
    ]
    if known >= 3 and 3 * len(others) <= known:
        for i in others:
            sheet.claim(i, Role.TITLE, "has the rank of the signed headlines", 0.75)


# ---- short items with headlines of their own ------------------------------------------


def claim_short_items(sheet: Sheet) -> None:
    """Below 社区短波 a headline and one short text, again and again."""
    if not is_page(sheet):
        return
    for i in range(len(sheet.units)):
        if sheet.role(i) is Role.COLUMN_LABEL and ITEMS.search(
            squeeze(sheet.units[i].cue)
        ):
            titles = list(_item_titles(sheet, i))
            for at in titles if len(titles) >= 2 else ():
                sheet.claim(at, Role.TITLE, "headline of a box", 0.8)


def _item_titles(sheet: Sheet, label: int) -> Iterator[int]:
    at = label + 1
    while (
        at + 1 < len(sheet.units)
        and sheet.free(at)
        and sheet.free(at + 1)
        and _display(sheet, at)
        and _item(sheet.units[at + 1])
    ):
        yield at
        at += 2


def _item(unit: Unit) -> bool:
    return 15 <= unit.size <= _ITEM and cues.FINAL.search(unit.cue) is not None

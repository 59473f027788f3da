"""Claims for the titles that the contents list names.

In: a ``Sheet`` with ``Dump.contents``.  Out: claims of title and subtitle, and
for ``divide`` which unit repeats which entry.  OCR may have changed, lost or
torn some letters of a headline, or set it over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from . import cues
from .bylines import OPENING
from .flow import Role
from .fold import key
from .furniture import is_caption
from .names import split_names
from .ornaments import label_name
from .sheet import TITLE_MAX, Sheet
from .writers import is_byline


def claim_listed_titles(sheet: Sheet) -> None:
    """Units that repeat a title of the contents list."""
    for index, entry in match_titles(sheet).items():
        sheet.titles[index] = entry
        role = Role.SUBTITLE if _is_listed_subtitle(sheet, index, entry) else Role.TITLE
        sheet.claim(index, role, "stands in the contents list", 0.97)
    for index, entry in sheet.titles.items():
        _claim_listed_byline(sheet, index, entry)


def _claim_listed_byline(sheet: Sheet, title: int, entry: int) -> None:
    """Below a listed title the names that its entry gives, in whatever form they are set."""
    names = key("".join(sheet.dump.contents[entry].authors))
    for i in range(title + 1, min(title + 3, len(sheet.units))):
        if names and sheet.free(i) and sheet.keys[i] == names:
            sheet.claim(i, Role.BYLINE, OPENING[0], 0.95)


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
    bare = re.sub(r"[(（][^()（）]{2,14}[)）]\s*\Z", "", title)
    if key(bare) != forms[0] and len(key(bare)) >= 4:
        forms.append(key(bare))
    if key(front) != forms[0] and len(key(front)) >= 3:
        forms.append(key(front))
    return forms


def _best_place(
    sheet: Sheet, groups: Sequence[_Group], wanted: str, taken: dict[int, int]
) -> tuple[int, ...]:
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    if not wanted:
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
    short, long = sorted((han, wanted), key=len)
    if len(short) >= 6 and short in long and len(long) - len(short) <= 6:
        return 0.8  # 自己动手:做一只风筝: the list prints less of it than the body, or more
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

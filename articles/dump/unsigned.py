"""Headlines that nobody signs, told from headings by what stands around them.

In: a ``Sheet``.  Out: claims of title.  Where a periodical prints no names of
authors, a headline and a heading look alike: both are short lines between two
texts.  A headline stands at the head of a newspaper's page, or it has the rank
that Markdown gives to headlines, or the text below it speaks of other things than
the text above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .banners import is_page
from .boxes import announces_itself
from .editions import edition_line
from .flow import Role
from .headlines import claim_second_line
from .house import STYLED, opens_text, read_form
from .sheet import Sheet, headline_like, sentence_like
from .topics import Rarity, content_words

_ALIKE = 0.0  # log-odds above which the texts on both sides are one article's
_REACH = 12  # units of text on either side that are compared
_LONGEST = 30  # characters of such a headline


def claim_page_tops(sheet: Sheet) -> None:
    """Below 第2版 人物 a short line, and running text: the page's first headline."""
    if not is_page(sheet):
        return
    for i in range(1, len(sheet.units)):
        if edition_line(sheet.units[i - 1]) and _between_texts(sheet, i):
            sheet.claim(i, Role.TITLE, "first line of a newspaper's page", 0.75)


def claim_unsigned_headlines(sheet: Sheet) -> None:
    """Where more short lines stand over texts than headlines are signed."""
    if sheet.dump.contents:
        return
    known = [i for i in range(len(sheet.units)) if _known(sheet, i)]
    signed = [i for i in known if _signed(sheet, i)]
    lowest = _usual_rank(sheet, known)
    spots = [
        i
        for i in range(len(sheet.units))
        if _between_texts(sheet, i) and _rank(sheet, i) <= lowest
    ]
    ranked = _ranked(sheet)
    if ranked and is_page(sheet):
        spots = ranked if not signed else []
    elif not spots or signed:
        return
    else:
        spots = list(_of_other_things(sheet, spots))
    for i in spots:
        sheet.claim(i, Role.TITLE, STYLED, 0.6)
        claim_second_line(sheet, i)


_PLAIN = 9  # below every rank that Markdown gives


def _rank(sheet: Sheet, i: int) -> int:
    unit = sheet.units[i]
    return unit.level or (_PLAIN - 1 if unit.bold else _PLAIN)


def _known(sheet: Sheet, i: int) -> bool:
    """A headline, and not that of a box."""
    return sheet.role(i) is Role.TITLE and "of a box" not in sheet.reason(i)


def _signed(sheet: Sheet, i: int) -> bool:
    """A headline with its author below, or the place and day of its news."""
    return (
        sheet.role(i + 1) in (Role.BYLINE, Role.SUBTITLE)
        or "dateline" in sheet.reason(i)
        or bool(read_form(sheet.units[i]).authors)
    )


def _usual_rank(sheet: Sheet, known: Sequence[int]) -> int:
    """The rank that most of the known headlines have."""
    ranks = Counter(_rank(sheet, i) for i in known)
    return ranks.most_common(1)[0][0] if ranks else _PLAIN


def _between_texts(sheet: Sheet, i: int) -> bool:
    """A display line below a finished text, or at the top, and above running text."""
    unit = sheet.units[i]
    return (
        sheet.free(i)
        and headline_like(unit)
        and 4 <= unit.size <= _LONGEST
        and not sheet.closed(i)
        and not sentence_like(unit.cue)
        and not announces_itself(unit)
        and opens_text(sheet, i)
    )


def _ranked(sheet: Sheet) -> list[int]:
    """The lines of the highest rank that Markdown gives, where it gives one to several."""
    ranked = [
        i
        for i, unit in enumerate(sheet.units)
        if unit.level and sheet.free(i) and sheet.short(i) and headline_like(unit)
    ]
    top = min((sheet.units[i].level for i in ranked), default=0)
    found = [i for i in ranked if sheet.units[i].level == top]
    return found if len(found) >= 2 else []


def _of_other_things(sheet: Sheet, spots: Sequence[int]) -> Iterator[int]:
    """The lines whose text shares few words with the text above them."""
    sides = [side for i in spots for side in (_above(sheet, i), _below(sheet, i))]
    rarity = Rarity([content_words("".join(side)) for side in sides])
    for n, i in enumerate(spots):
        above, below = rarity.weigh(2 * n), rarity.weigh(2 * n + 1)
        if rarity.likeness(above, below) <= _ALIKE:
            yield i


def _above(sheet: Sheet, i: int) -> list[str]:
    return _texts(sheet, range(i - 1, max(-1, i - 1 - _REACH), -1))


def _below(sheet: Sheet, i: int) -> list[str]:
    return _texts(sheet, range(i + 1, min(len(sheet.units), i + 1 + _REACH)))


def _texts(sheet: Sheet, places: range) -> list[str]:
    """The text that stands there, as far as the next headline or short line."""
    found: list[str] = []
    for at in places:
        unit = sheet.units[at]
        if sheet.role(at) is Role.TITLE or _between_texts(sheet, at):
            break
        if sheet.free(at) and unit.size > 15:
            found.append(unit.cue)
    return found

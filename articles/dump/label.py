"""Every unit gets a role and a reason, from its form and its neighbours.

In: ``Dump.units``, ``contents``, ``issue``.  Out: ``Dump.labels`` and
``Dump.heads``.  Claims are made in order of certainty; what one rule has
claimed no later rule takes.  Which article a paragraph belongs to is not
decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from . import cues
from .contents import find_region
from .flow import Dump, Label, Role, Unit
from .fold import key, squeeze
from .masthead import issue_line
from .names import is_office, read_authors, split_names
from .record import IssueKind

SHORT = 45  # a longer line is running text (a headline has two lines by then)
TITLE_MAX = 60


@dataclass
class Sheet:
    """The working sheet of this stage: units and the claims made so far."""

    dump: Dump
    units: Sequence[Unit]
    labels: list[Label | None]
    keys: list[str]
    titles: dict[int, int]  # unit -> contents entry it repeats

    def free(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.labels[index] is None

    def claim(self, index: int, role: Role, reason: str, confidence: float = 0.95) -> None:
        if self.labels[index] is None:
            self.labels[index] = Label(role, reason, confidence)

    def role(self, index: int) -> Role | None:
        label = self.labels[index] if 0 <= index < len(self.units) else None
        return label.role if label else None

    def short(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.units[index].size <= SHORT

    def closed(self, index: int) -> bool:
        return cues.FINAL.search(self.units[index].cue) is not None


def label_lines(dump: Dump) -> Dump:
    """Run the claims in order of certainty."""
    sheet = Sheet(
        dump,
        dump.units,
        list(dump.labels),
        [key(unit.text) for unit in dump.units],
        {},
    )
    for claim in CLAIMS:
        claim(sheet)
    return replace(dump, labels=tuple(sheet.labels))


# ---- single lines that say what they are -------------------------------------


def claim_tables(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if cues.TABLE_ROW.match(unit.cue):
            sheet.claim(i, Role.LIST_ITEM, "row of a table")


def claim_titles(sheet: Sheet) -> None:
    """Units that repeat a title of the contents list."""
    for index, entry in match_titles(sheet).items():
        sheet.titles[index] = entry
        sheet.claim(index, Role.TITLE, "stands in the contents list", 0.97)


def claim_page_numbers(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size <= 10 and cues.PAGE_NUMBER.match(unit.cue):
            sheet.claim(i, Role.RUNNING_HEAD, "page number")


def claim_jumps(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        found = cues.JUMP_IN.match(unit.cue) or cues.JUMP_OUT.match(unit.cue)
        if found and found.end() == len(unit.cue.rstrip()):
            sheet.claim(i, Role.JUMP, "jump mark alone on its line")


def claim_affiliations(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size > 120 or not sheet.free(i):
            continue
        if cues.AUTHOR_AFFILIATION.match(unit.cue) and not cues.BIOGRAPHY.match(unit.cue):
            bracketed = unit.cue[:1] in "([" or unit.cue.rstrip()[-1:] in ")]"
            if bracketed or "单位" in unit.cue[:8]:
                if read_authors(_after_colon(unit.cue)):
                    continue
                sheet.claim(i, Role.AFFILIATION, "names the author's office")


def _after_colon(cue: str) -> str:
    """The value of 作者:张三, or nothing for 作者单位:…"""
    found = re.match(r"[(\[]?\s*作\s*者\s*[:/]\s*(.*?)[)\]]?\Z", cue)
    return found[1] if found else ""


def claim_credits(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size <= 30 and cues.CREDIT.match(unit.cue) and not _sentence(unit):
            sheet.claim(i, Role.CREDIT, "names the source")


def _sentence(unit: Unit) -> bool:
    return cues.FINAL.search(unit.cue) is not None or cues.CLAUSE.search(unit.cue) is not None


def claim_notes(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i):
            continue
        if cues.BIOGRAPHY.match(unit.cue):
            sheet.claim(i, Role.NOTE, "the author's biography")
        elif cues.NOTE.match(unit.cue) and not unit.level:
            sheet.claim(i, Role.NOTE, "keywords, number or footnote")


def claim_references(sheet: Sheet) -> None:
    """参考文献 is a heading; what follows in the form of entries is its list."""
    for i, unit in enumerate(sheet.units):
        if not (unit.size <= 12 and cues.REFERENCES.match(unit.cue)):
            continue
        sheet.claim(i, Role.HEADING, "headline of the references")
        at = i + 1
        while at < len(sheet.units) and (
            sheet.labels[at] is not None or cues.REFERENCE_ITEM.match(sheet.units[at].cue)
        ):
            if sheet.role(at) in (Role.TITLE, Role.BYLINE, Role.AFFILIATION):
                break
            sheet.claim(at, Role.LIST_ITEM, "entry of the references")
            at += 1


# ---- the front and back of an issue --------------------------------------------


def claim_front(sheet: Sheet) -> None:
    """Before the first headline stands the masthead, never an article."""
    end = front_end(sheet)
    for i in range(end):
        unit = sheet.units[i]
        if not sheet.free(i):
            continue
        if cues.STAFF.match(unit.cue) or _name_grid(unit):
            sheet.claim(i, Role.STAFF, "staff before the first article")
        elif cues.COLOPHON.match(unit.cue):
            sheet.claim(i, Role.COLOPHON, "imprint before the first article")
        elif unit.listed:
            sheet.claim(i, Role.CONTENTS, "teaser on the cover")
        else:
            sheet.claim(i, Role.MASTHEAD, "masthead before the first article")


def _name_grid(unit: Unit) -> bool:
    return unit.size <= 24 and len(split_names(unit.cue)) >= 1


def front_end(sheet: Sheet) -> int:
    """Where the first article begins: after an early contents list, else at text."""
    region = [i for i, lab in enumerate(sheet.labels) if lab and lab.role is Role.CONTENTS]
    early = bool(region) and region[0] < 0.5 * len(sheet.units)
    if early and not any(_running_text(sheet.units[i]) for i in range(region[0])):
        return region[-1] + 1
    last = -1
    for i, unit in enumerate(sheet.units[:40]):
        if _running_text(unit) or i in sheet.titles or unit.level and i > 3:
            break
        if _front_line(unit):
            last = i
    return last + 1 if last < 30 else 0


def _running_text(unit: Unit) -> bool:
    return unit.size > SHORT and not cues.COLOPHON.match(unit.cue)


def _front_line(unit: Unit) -> bool:
    return bool(
        issue_line(unit.cue)
        or (cues.STAFF.match(unit.cue) and unit.size < 40)
        or (cues.COLOPHON.match(unit.cue) and unit.size < 50)
    )


def claim_back(sheet: Sheet) -> None:
    """From the end upwards: imprint, slogans, page numbers."""
    for i in range(len(sheet.units) - 1, -1, -1):
        unit = sheet.units[i]
        if not sheet.free(i):
            if sheet.role(i) in (Role.RUNNING_HEAD, Role.COLOPHON, Role.CONTENTS):
                continue
            break
        if unit.size > 110:
            break
        if cues.SLOGAN.match(unit.cue):
            sheet.claim(i, Role.SLOGAN, "slogan at the end of the issue")
        elif (cues.COLOPHON.match(unit.cue) or issue_line(unit.cue) or _routing(unit)) and not _in_notice(sheet, i):
            sheet.claim(i, Role.COLOPHON, "imprint at the end of the issue")
        else:
            break


# Routing lines of an office paper: 主题词:… 抄送:… 报:… (共印120份)
_ROUTING = re.compile(r"(?:主\s*题\s*词|抄\s*[送报]|[报送发]\s*:|签\s*发|[(]?共印|印\s*发|审\s*核|拟\s*稿|打\s*印)")


def _routing(unit: Unit) -> bool:
    return _ROUTING.match(unit.cue) is not None


def _in_notice(sheet: Sheet, index: int) -> bool:
    """Contact lines that follow a call for papers are the notice's own."""
    for i in range(index - 1, max(-1, index - 8), -1):
        if cues.NOTICE.search(sheet.units[i].cue) and sheet.units[i].size <= 24:
            return True
    return False


# ---- lines of the page between the articles ----------------------------------------


def claim_running_heads(sheet: Sheet) -> None:
    """The publication's name with a number, or one short line on many pages."""
    issue = sheet.dump.issue
    name = key(issue.publication) if issue and issue.publication else ""
    shapes = Counter(_shape(u) for u in sheet.units if u.size <= 40)
    for i, unit in enumerate(sheet.units):
        if unit.size > 60 or not sheet.free(i) or cues.FINAL.search(unit.cue):
            continue
        own = sheet.keys[i]
        if name and (own == name or (name in own and (re.search(r"\d", own) or issue_line(unit.cue)))):
            if len(own) - len(name) <= 24:
                sheet.claim(i, Role.RUNNING_HEAD, "publication and number repeated")
        elif issue_line(unit.cue) or _edition_line(unit):
            sheet.claim(i, Role.RUNNING_HEAD, "issue line repeated")
        elif _numbered_edge(unit) and shapes[_shape(unit)] >= 3:
            sheet.claim(i, Role.RUNNING_HEAD, "line repeated on the pages")


def _shape(unit: Unit) -> str:
    return re.sub(r"\d+", "#", squeeze(unit.cue))


def _numbered_edge(unit: Unit) -> bool:
    return bool(re.search(r"^\W*\d{1,3}\W|\W\d{1,3}\W*$", unit.cue)) and not cues.ITEM.match(unit.cue)


# 3版 综合 2014年9月19日 责任编辑:丁一
_EDITION = re.compile(r"(?:第\s*)?[A-D]?\d{1,2}\s*版\s")


def _edition_line(unit: Unit) -> bool:
    return _EDITION.match(unit.cue) is not None and unit.size <= 50


def claim_photos(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size > 60 or not sheet.free(i):
            continue
        if cues.PHOTO.match(unit.cue):
            sheet.claim(i, Role.PHOTO_CREDIT, "caption or credit of a picture")
        elif cues.PHOTO_BY.match(unit.cue) and unit.size <= 24 and not cues.BYLINE_MARK.match(unit.cue):
            sheet.claim(i, Role.PHOTO_CREDIT, "credit of a picture")
        elif re.search(r"(?:摄影报道|[\s/。]摄)\s*\Z", unit.cue) and unit.size <= SHORT:
            sheet.claim(i, Role.PHOTO_CREDIT, "credit of a picture")


def claim_staff(sheet: Sheet) -> None:
    """Staff lines in the middle of a page: 版式设计 张三."""
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and unit.size <= 30 and cues.STAFF.match(unit.cue) and not _sentence(unit):
            rest = re.sub(r"^\S*?[:/\s]\s*", "", cues.STAFF.sub(" ", unit.cue, count=1)).strip()
            if not rest or split_names(_only_names(unit.cue)) or "@" in unit.cue:
                sheet.claim(i, Role.STAFF, "staff of the page")
        elif sheet.free(i) and unit.size <= 40 and re.search(r"@|[邮信]箱", unit.cue) and sheet.dump.issue and sheet.dump.issue.kind is IssueKind.NEWSPAPER_PAGE and not cues.CONTACT_WORD.match(unit.cue):
            sheet.claim(i, Role.STAFF, "address of the page's desk")


def _only_names(cue: str) -> str:
    return " ".join(re.split(r"[:/\s]+", cues.STAFF.sub(" ", cue).strip()))


def claim_labels(sheet: Sheet) -> None:
    """A section's name alone on its line, or any short line set between marks."""
    sections = {key(s) for s in sheet.dump.sections}
    for i, unit in enumerate(sheet.units):
        if unit.size > 20 or not sheet.free(i):
            continue
        marked = cues.LABEL_MARKS.match(unit.cue)
        if sheet.keys[i] in sections:
            sheet.claim(i, Role.COLUMN_LABEL, "name of a section")
        elif marked and not cues.BOX.match(unit.cue) and not cues.NOTICE.search(unit.cue):
            name = next(g for g in marked.groups() if g)
            if not read_authors(name) or marked["a"]:
                sheet.claim(i, Role.COLUMN_LABEL, "short line between marks", 0.8)


def claim_ornaments(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if unit.size <= SHORT and cues.PINYIN.match(unit.cue) and len(sheet.keys[i]) >= 4:
            near = {sheet.role(j) for j in range(i - 3, i + 4)}
            if Role.TITLE in near or unit.cue.upper() == unit.cue:
                sheet.claim(i, Role.DUPLICATE, "pinyin set as an ornament", 0.85)


def claim_repeats(sheet: Sheet) -> None:
    """A sentence printed a second time, large, as an eye-catcher."""
    texts = [(i, squeeze(u.text)) for i, u in enumerate(sheet.units) if u.size > 30]
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or not 9 <= unit.size <= 60 or unit.level:
            continue
        own = squeeze(unit.text).strip("“”\"「」")
        near = [t for j, t in texts if j != i and abs(j - i) <= 40 and len(t) > len(own)]
        if any(own in t for t in near):
            sheet.claim(i, Role.DUPLICATE, "repeats a sentence of the text")
    seen: dict[str, int] = {}
    for i, unit in enumerate(sheet.units):
        if unit.size < 20 or not sheet.free(i):
            continue
        own = sheet.keys[i]
        if own in seen and i - seen[own] <= 3 and len(own) >= 20:
            sheet.claim(i, Role.DUPLICATE, "line printed twice", 0.7)
        seen[own] = i


def claim_adverts(sheet: Sheet) -> None:
    """Public-service posters: a cue line and the short lines around it."""
    for i, unit in enumerate(sheet.units):
        if unit.size > 30 or not cues.ADVERT.search(unit.cue) or sheet.role(i) not in (None, Role.COLOPHON):
            continue
        block = [i]
        for step in (-1, 1):
            at = i + step
            while sheet.free(at) and abs(at - i) <= 10 and _poster_line(sheet, at, step):
                block.append(at)
                at += step
        for at in block:
            sheet.claim(at, Role.ADVERT, "poster", 0.8)


def _poster_line(sheet: Sheet, at: int, step: int) -> bool:
    unit = sheet.units[at]
    if cues.BYLINE_MARK.match(unit.cue) or at in sheet.titles or cues.CHRONICLE.search(unit.cue):
        return False
    if step > 0 and unit.size > 30 and not unit.level:
        return False
    return unit.size <= 60 and not cues.CHAPTER.match(unit.cue) and not cues.AUTHOR_AFFILIATION.match(unit.cue)


# ---- headlines ----------------------------------------------------------------------


def match_titles(sheet: Sheet) -> dict[int, int]:
    """Unit -> entry for each unit (or group of up to three) that repeats a title."""
    region = set(find_region(sheet.units))
    after = max(region, default=-1) if region and min(region) < 0.5 * len(sheet.units) else -1
    pool = [i for i, u in enumerate(sheet.units) if i not in region and i > after and u.size <= TITLE_MAX and sheet.free(i)]
    found: dict[int, int] = {}
    for number, entry in enumerate(sheet.dump.contents):
        best = _best_place(sheet, pool, key(entry.title), found)
        for index in best:
            found[index] = number
    return found


def _best_place(sheet: Sheet, pool: Sequence[int], wanted: str, taken: dict[int, int]) -> tuple[int, ...]:
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    if len(wanted) < 2:
        return ()
    for at, first in enumerate(pool):
        group: tuple[int, ...] = ()
        joined = ""
        for index in pool[at : at + 3]:
            if index in taken or (group and index - group[-1] > 1):
                break
            group, joined = (*group, index), joined + sheet.keys[index]
            score = _likeness(joined, wanted)
            if score < 0.8:
                continue
            score += 0.1 * (len(group) > 1 and _anagram(joined, wanted))
            score += 0.05 * _byline_follows(sheet, index) + 0.02 * (sheet.units[first].level > 0) - 0.0001 * at
            if score > best[0]:
                best = (score, group)
    return best[1]


def _likeness(own: str, wanted: str) -> float:
    if own == wanted:
        return 1.0
    if abs(len(own) - len(wanted)) > 0.5 * len(wanted) + 3 or len(wanted) < 5:
        han = re.sub(r"[A-Za-z]+", "", own)
        if han == own or len(wanted) < 5:
            return 0.0
        own = han
    han = re.sub(r"[A-Za-z]+", "", own) if re.search(r"[A-Za-z]{8,}", own) else own
    ratio = fuzz.ratio(han, wanted) / 100
    return ratio if ratio >= 0.82 else 0.0


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


def is_byline(unit: Unit) -> bool:
    """A marked name, a word for the author with a name, or a spaced bare name."""
    return unit.size <= SHORT and bool(byline_names(unit.cue))


def byline_names(cue: str) -> bool:
    """Does the line name authors in a form that only a byline has?"""
    body = _strip_place(cue)
    if found := cues.BYLINE_MARK.match(body):
        rest = body[found.end() :]
        return bool(read_authors(_byline_value(rest)))
    if cues.BYLINE_WORD.match(body):
        return bool(read_authors(_byline_value(body)))
    return False


def _strip_place(cue: str) -> str:
    found = cues.NAME_AND_PLACE.match(cue)
    return found["name"] if found else cue


def _byline_value(cue: str) -> str:
    """Only the writer: what follows 图/ 摄影/ 编辑/ belongs to others."""
    cue = re.split(r"\s+(?:图|摄影|摄|编辑|绘图|制图|供图)\s*[/:]", cue)[0]
    cue = re.sub(r"^[(\[]|[)\]]\Z", "", cue.strip())
    cue = re.sub(r"[¹²³⁴⁵*∗†\d]+", "", cue)
    return re.sub(r"^(?:文|撰\s*文|作\s*者|撰\s*稿|执\s*笔|整\s*理|口\s*述)\s*[/:|]?\s*", "", cue.strip())


def claim_bylines(sheet: Sheet) -> None:
    """A byline is believed when a headline stands above it (or text, at an end)."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i):
            continue
        if is_byline(unit):
            sheet.claim(i, Role.BYLINE, "names the author after a mark", 0.95)
        elif unit.size <= 30 and _bare_name(sheet, i):
            sheet.claim(i, Role.BYLINE, "a name alone below a headline", 0.9)


def _bare_name(sheet: Sheet, i: int) -> bool:
    """张 三 without a mark, right below a headline or above running text."""
    unit = sheet.units[i]
    body = _byline_value(_strip_place(unit.cue))
    names = split_names(body)
    office = is_office(squeeze(body)) and not names
    if not names and not office:
        return False
    above, below = i - 1, i + 1
    while above >= 0 and sheet.role(above) in (Role.DUPLICATE, Role.RUNNING_HEAD, Role.SUBTITLE):
        above -= 1
    titled = sheet.role(above) is Role.TITLE or (
        sheet.free(above) and sheet.short(above) and not sheet.closed(above) and unit.level == 0
    )
    if not titled:
        return False
    if office:
        return sheet.role(above) is Role.TITLE
    return below >= len(sheet.units) or not sheet.short(below) or sheet.role(above) is Role.TITLE or not sheet.free(below)


def claim_end_bylines(sheet: Sheet) -> None:
    """(张三 李四) or an office alone on the line below the last paragraph."""
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i) or unit.size > 30 or i == 0:
            continue
        found = cues.END_BYLINE.match(unit.cue)
        inner = found[1] if found else ""
        inner = re.sub(r"\s*(?:供稿|撰稿|撰文|整理|文)\s*\Z", "", inner)
        if inner and read_authors(_byline_value(inner)):
            sheet.claim(i, Role.BYLINE, "author in brackets after the text", 0.85)
        elif is_office(squeeze(unit.cue)) and sheet.closed(i - 1) and not unit.level:
            sheet.claim(i, Role.BYLINE, "office signing after the text", 0.7)


def claim_headlines(sheet: Sheet) -> None:
    """The short lines above a byline are its headline, kicker and subtitle."""
    for i in range(len(sheet.units)):
        if sheet.role(i) is not Role.BYLINE:
            continue
        above = _above(sheet, i)
        if above is None:
            continue
        if sheet.role(above) is Role.TITLE:
            _claim_second_line(sheet, above)
            continue
        if not sheet.free(above) or not _headline_like(sheet, above):
            continue
        if cues.SUBTITLE.match(sheet.units[above].cue):
            sheet.claim(above, Role.SUBTITLE, "dash before it, byline below")
            above = _above(sheet, above) if _above(sheet, above) is not None else above
            if not sheet.free(above) or not _headline_like(sheet, above):
                continue
        sheet.claim(above, Role.TITLE, "short line above a byline", 0.92)
        _claim_second_line(sheet, above)


def _above(sheet: Sheet, index: int) -> int | None:
    at = index - 1
    while at >= 0 and sheet.role(at) in (Role.DUPLICATE, Role.RUNNING_HEAD, Role.PHOTO_CREDIT, Role.SUBTITLE):
        at -= 1
    return at if at >= 0 else None


def _headline_like(sheet: Sheet, index: int) -> bool:
    unit = sheet.units[index]
    return (
        2 <= unit.size <= TITLE_MAX
        and cues.CLAUSE.search(unit.cue) is None
        and not re.search(r"[。;]\Z", unit.cue)
        and not _numbered(unit)
    )


def _numbered(unit: Unit) -> bool:
    return any(p.match(unit.cue) for p in (cues.CHAPTER, cues.SECTION, cues.ITEM, cues.BRACED))


def _claim_second_line(sheet: Sheet, title: int) -> None:
    """The line above the headline: its first half, or a kicker."""
    if title in sheet.titles and title - 1 not in sheet.titles:
        return
    above = title - 1
    if not sheet.free(above) or not _headline_like(sheet, above) or not sheet.short(above):
        return
    unit, below = sheet.units[above], sheet.units[title]
    if cues.BOX.match(unit.cue) or cues.NOTICE.search(unit.cue) or unit.size < 4:
        return
    before = above - 1
    if before >= 0 and sheet.free(before) and not sheet.closed(before) and sheet.units[before].size > SHORT:
        return
    if unit.level == below.level:
        sheet.claim(above, Role.TITLE, "first line of a headline of two lines", 0.8)
    elif below.level and not unit.level:
        sheet.claim(above, Role.KICKER, "plain line above a marked headline", 0.8)


def claim_subtitles(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if sheet.free(i) and sheet.short(i) and cues.SUBTITLE.match(unit.cue) and not sheet.closed(i):
            if sheet.role(i - 1) is Role.TITLE or sheet.role(i + 1) is Role.BYLINE:
                sheet.claim(i, Role.SUBTITLE, "dash below a headline")


def claim_chronicles(sheet: Sheet) -> None:
    """2021年4月要事录 looks like an issue line but heads a text."""
    for i, unit in enumerate(sheet.units):
        if unit.size <= 24 and cues.CHRONICLE.search(unit.cue):
            sheet.claim(i, Role.TITLE, "headline of a box", 0.95)


def claim_boxes(sheet: Sheet) -> None:
    """Headlines of boxes, notices and chronicles announce themselves."""
    for i, unit in enumerate(sheet.units):
        if _numbered(unit):
            continue
        if not sheet.free(i) or unit.size > 30 or sheet.closed(i) and not unit.cue.endswith("?"):
            continue
        cue = unit.cue.strip(" ·【】[]■●◆◎—-|")
        if cues.BOX.match(cue) or (cues.NOTICE.search(cue) and _notice_headline(cue)) or cues.CHRONICLE.search(cue):
            sheet.claim(i, Role.TITLE, "headline of a box", 0.9)


def _notice_headline(cue: str) -> bool:
    tight = squeeze(cue)
    return len(tight) <= 8 or bool(re.search(r"(?:启事|启示|公告|公示|声明|更正|致歉|通知|须知|敬告)\Z", tight))


# ---- inside the articles ---------------------------------------------------------------


def claim_verse(sheet: Sheet) -> None:
    """Runs of short unpunctuated lines that stand without blank lines or end in two blanks."""
    run: list[int] = []
    for i in range(len(sheet.units) + 1):
        if i < len(sheet.units) and sheet.free(i) and _verse_like(sheet.units[i]):
            run.append(i)
            continue
        if i < len(sheet.units) and sheet.role(i) in (Role.PHOTO_CREDIT, Role.RUNNING_HEAD) and run:
            continue
        if _is_poem(sheet, run):
            for at in run:
                sheet.claim(at, Role.VERSE, "line of verse", 0.9)
        run = []


def _verse_like(unit: Unit) -> bool:
    return unit.size <= 24 and not unit.level and not unit.bold and not unit.indent and not unit.listed and not _numbered(unit)


def _is_poem(sheet: Sheet, run: Sequence[int]) -> bool:
    if len(run) < 4:
        return False
    together = sum(not sheet.units[i].gap or sheet.units[i].hard_break for i in run)
    final = sum(cues.FINAL.search(sheet.units[i].cue) is not None for i in run)
    return together >= 0.6 * (len(run) - 1) and final <= 0.7 * len(run)


def claim_headings(sheet: Sheet) -> None:
    for i, unit in enumerate(sheet.units):
        if not sheet.free(i):
            continue
        if cues.CONTACT_WORD.match(unit.cue) and unit.size <= 60:
            sheet.claim(i, Role.LIST_ITEM, "contact line")
        elif reason := _heading_reason(sheet, i):
            sheet.claim(i, Role.HEADING, *reason)


def _heading_reason(sheet: Sheet, i: int) -> tuple[str, float] | None:
    unit = sheet.units[i]
    if unit.size > SHORT or sheet.closed(i) and not unit.level:
        return None
    if cues.SALUTATION.match(unit.cue):
        return None
    if unit.level or unit.bold:
        return "marked as a headline", 0.92
    if cues.CLAUSE.search(unit.cue) or cues.HALF_FINAL.search(unit.cue):
        return None
    if _numbered(unit) or cues.ORDINAL.match(unit.cue):
        return "numbered short line", 0.93
    if unit.size <= 32 and not _may_be_tail(sheet, i):
        return "short line without a stop", 0.75
    return None


def _may_be_tail(sheet: Sheet, i: int) -> bool:
    """A short open line may be a cut piece of a paragraph instead of a heading.

    It is one when it lacks a stop and the text before it lacks one too, or when
    what follows cannot begin a sentence.
    """
    before = i - 1
    while before >= 0 and sheet.role(before) in (Role.RUNNING_HEAD, Role.PHOTO_CREDIT, Role.DUPLICATE):
        before -= 1
    open_before = sheet.free(before) and not sheet.closed(before) and sheet.units[before].size > SHORT
    after = sheet.units[i + 1] if i + 1 < len(sheet.units) else None
    starts_badly = after is not None and cues.NEVER_FIRST.match(after.cue) is not None
    sentence = "。" in sheet.units[i].cue or sentence_like(sheet.units[i].cue)
    return starts_badly or sentence or (open_before and not sheet.units[i].gap)


# Words that a narrative sentence has and a headline has not: 目前,某村已…… / 谁知他又
_NARRATIVE = re.compile(
    r"(?:目前|近年来?|今年|去年|当时|后来|然而|但是?|因为|由于|为了|谁知|不仅|虽然|如果|随着|在|据|自|当)[^,]*,|^为.+,|"
    r"指出|表示|认为|介绍|告诉|说,|说:|坦言|他们?|她|却|又|还有|已经?|正在|曾|竟|才能?|一直|我们?的?[^,]{0,4}[,;]|”[^,]{1,8}说"
)


def sentence_like(cue: str) -> bool:
    """A short line that talks like running text and was cut, not a heading."""
    if cue[-1:] in "的了着和与及在是最更很一不将对把被从向为以个这那其等并而且也都就但由使让给":
        return True
    opened = cue.count("“") > cue.count("”") or cue.count("《") > cue.count("》") or cue.count("(") > cue.count(")")
    return opened or _NARRATIVE.search(cue) is not None


def claim_rest(sheet: Sheet) -> None:
    for i in range(len(sheet.units)):
        sheet.claim(i, Role.PARAGRAPH, "running text", 0.95)


CLAIMS: tuple[Callable[[Sheet], None], ...] = (
    claim_tables,
    claim_titles,
    claim_page_numbers,
    claim_jumps,
    claim_chronicles,
    claim_front,
    claim_affiliations,
    claim_running_heads,
    claim_back,
    claim_notes,
    claim_credits,
    claim_references,
    claim_photos,
    claim_staff,
    claim_boxes,
    claim_labels,
    claim_ornaments,
    claim_adverts,
    claim_bylines,
    claim_end_bylines,
    claim_headlines,
    claim_subtitles,
    claim_repeats,
    claim_verse,
    claim_headings,
    claim_rest,
)

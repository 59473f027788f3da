"""Headline groups become heads: where articles and boxes are announced.

In: ``Dump.labels``.  Out: ``Dump.heads``.  A head is a run of headline,
kicker, subtitle and byline units with nothing but page furniture between them.
A byline without a headline above it is left to the body: it signs a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from . import cues
from .boxes import BARE, HEADED_ITEM, ITEM_LABEL
from .bylines import NAME_ABOVE
from .editions import edition_line
from .flow import FURNITURE_ROLES, HEAD_ROLES, Dump, Head, Label, Role, Unit
from .fold import fold, squeeze
from .headlines import ISSUED_BY
from .house import STYLED, read_form, styled_title
from .listed import match_titles
from .names import read_authors
from .ornaments import label_name, names_part
from .record import ArticleKind, AuthorRecord
from .sheet import open_sheet
from .writers import read_byline


def divide_articles(dump: Dump) -> Dump:
    """Collect the heads in printed order."""
    entries = _entries_by_unit(dump)
    labels = list(dump.labels)
    heads = [
        _item_head(dump, i, below)
        for i, lab in enumerate(labels)
        if lab and lab.reason == ITEM_LABEL and (below := _body_below(labels, i))
    ]
    for group in _groups(labels, entries):
        head = _make_head(dump, group, entries)
        if head is None:
            for i in group:
                labels[i] = Label(Role.BYLINE, "signs the text above", 0.8)
        else:
            heads.append(head)
    heads += [
        _bare_head(i, lab.reason)
        for i, lab in enumerate(labels)
        if lab and lab.reason.startswith(BARE)
    ]
    heads.sort(key=lambda head: head.position)
    heads = list(_under_labels(dump, heads))
    return replace(dump, heads=tuple(heads), labels=tuple(labels))


def _under_labels(dump: Dump, heads: Sequence[Head]) -> Iterator[Head]:
    """A label between marks stands above all articles down to the next one."""
    label: str | None = None
    at = 0
    items = (HEADED_ITEM, "short line above a dateline")
    for head in heads:
        for i in range(at, head.position):
            if _role(dump.labels, i) is Role.CONTENTS:
                continue
            if edition_line(dump.units[i]):
                label = None
            elif _role(dump.labels, i) is Role.COLUMN_LABEL:
                marked = label_name(dump.units[i].cue) is not None
                marked = marked or names_part(dump.units[i])
                label = printed_label(dump.units[i]) if marked else None
        at = head.position
        if head.label and head.reason in items:
            label = head.label
        plain = head.kind in (ArticleKind.ARTICLE, ArticleKind.POEM)
        if head.label is None and (plain or head.reason in items):
            head = replace(head, label=label)
        yield head


def _bare_head(i: int, reason: str) -> Head:
    """A box that begins with its own text, named after its kind."""
    name = reason.removeprefix(BARE)
    kind = ArticleKind.SIDEBAR if name == "简讯" else ArticleKind.NOTICE
    return Head((), name, (), kind=kind, confidence=0.65, reason=reason, anchor=i)


def _item_head(dump: Dump, i: int, below: int) -> Head:
    """A column label over items without headlines names their box."""
    name = printed_label(dump.units[i])
    return Head(
        (),
        name,
        (),
        kind=ArticleKind.SIDEBAR,
        label=name if name in dump.sections else None,
        confidence=0.75,
        reason=ITEM_LABEL,
        anchor=below,
    )


def _body_below(labels: Sequence[Label | None], i: int) -> int | None:
    """The first unit below that is no furniture."""
    for at in range(i + 1, len(labels)):
        if _role(labels, at) not in FURNITURE_ROLES:
            return at
    return None


def _entries_by_unit(dump: Dump) -> dict[int, int]:
    listed = tuple(
        lab if lab and lab.role is Role.CONTENTS else None for lab in dump.labels
    )
    return match_titles(open_sheet(replace(dump, labels=listed)))


def _groups(
    labels: Sequence[Label | None], entries: dict[int, int]
) -> Iterator[list[int]]:
    """Runs of headline units; a second headline after a byline opens a new run."""
    group: list[int] = []
    for i, label in enumerate(labels):
        role = label.role if label else None
        if role in HEAD_ROLES:
            if group and _opens_new(labels, group, i, entries):
                yield group
                group = []
            group.append(i)
        elif role in FURNITURE_ROLES and role is not Role.COLUMN_LABEL:
            continue
        elif group:
            yield group
            group = []
    if group:
        yield group


def _opens_new(
    labels: Sequence[Label | None],
    group: Sequence[int],
    i: int,
    entries: dict[int, int],
) -> bool:
    role = _role(labels, i)
    roles = [_role(labels, g) for g in group]
    if role in (Role.TITLE, Role.KICKER) and Role.BYLINE in roles:
        return not (len(group) == 1 and _reason(labels, group[0]) == NAME_ABOVE)
    if role is Role.BYLINE and _reason(labels, i) == NAME_ABOVE:
        return True
    if role is Role.BYLINE and Role.BYLINE in roles:
        return False
    if role is Role.TITLE and Role.TITLE in roles:
        last = next(g for g in reversed(group) if _role(labels, g) is Role.TITLE)
        if _reason(labels, last) == ISSUED_BY:
            return False
        if entries.get(last) != entries.get(i) and (last in entries or i in entries):
            return True
        return _boxed(labels, last) or _boxed(labels, i)
    return role is Role.KICKER and Role.TITLE in roles


def _boxed(labels: Sequence[Label | None], i: int) -> bool:
    label = labels[i]
    return label is not None and label.reason == "headline of a box"


def _reason(labels: Sequence[Label | None], i: int) -> str:
    label = labels[i]
    return label.reason if label else ""


def _role(labels: Sequence[Label | None], i: int) -> Role | None:
    label = labels[i]
    return label.role if label else None


def _make_head(
    dump: Dump, group: Sequence[int], entries: dict[int, int]
) -> Head | None:
    by_role: dict[Role, list[int]] = {}
    for i in group:
        role = _role(dump.labels, i)
        if role is not None:
            by_role.setdefault(role, []).append(i)
    titles = by_role.get(Role.TITLE, [])
    if not titles:
        return None
    authors, place = _authors(dump, by_role.get(Role.BYLINE, []))
    text = " ".join(_title_text(dump, i) for i in titles)
    if not authors:
        authors = tuple(
            as_printed(
                read_form(dump.units[titles[-1]]).authors, dump.units[titles[-1]].text
            )
        )
    label = dump.labels[titles[0]]
    return Head(
        units=tuple(group),
        title=text,
        title_units=tuple(titles),
        kicker=_joined(dump, by_role.get(Role.KICKER, [])),
        subtitle=_subtitle(dump, by_role.get(Role.SUBTITLE, [])),
        authors=authors,
        affiliation=place,
        entry=next((entries[i] for i in titles if i in entries), None),
        kind=_kind(dump, titles, authors, entries),
        label=_label_above(dump, group[0]),
        confidence=min(
            (lab.confidence for i in group if (lab := dump.labels[i])), default=0.9
        ),
        reason=label.reason if label else "",
    )


def _title_text(dump: Dump, i: int) -> str:
    """A headline without what belongs to its form."""
    label = dump.labels[i]
    styled = label is not None and label.reason == STYLED
    unit = dump.units[i]
    text = styled_title(unit) if styled else _plain_title(unit.text)
    return re.sub(r"(?<=\w)[*∗＊]+\Z", "", text)  # a mark that leads to a footnote


def _plain_title(text: str) -> str:
    """Without the marks between which a box headline is set: · 知识窗 ·"""
    bare = _SET_MARKS.sub("", text).strip(" ·•【】〖〗[]|‖—-")
    return bare if len(bare) >= 2 else text


# ★ 某某 ▲某某 ═══ 某某 ═══: marks before and after a headline
_SET_MARKS = re.compile(
    r"\A[■●◆□◇○◎★☆▲△▼▽▶►※◈❖▪▌▐═━\s]+|[■●◆□◇○◎★☆▲△▼▽◀◄※◈❖▪▌▐═━\s]+\Z"
)


def _joined(dump: Dump, units: Sequence[int]) -> str | None:
    return "".join(squeeze(dump.units[i].text) for i in units) or None


def _subtitle(dump: Dump, units: Sequence[int]) -> str | None:
    text = _SET_MARKS.sub("", "".join(dump.units[i].text for i in units))
    return re.sub(r"^[—–―─\-\s]+|[—–―─\s]+$", "", text) or None


def _authors(
    dump: Dump, units: Sequence[int]
) -> tuple[tuple[AuthorRecord, ...], str | None]:
    """All names of the byline lines, in the page's own characters."""
    authors: list[AuthorRecord] = []
    place: str | None = None
    for i in units:
        unit = dump.units[i]
        found = cues.NAME_AND_PLACE.match(unit.cue)
        name = unit.cue
        if found:
            name = found["name"]
            place = unit.text[found.start("place") : found.end("place")]
        authors += as_printed(read_byline(name), unit.text)
    return tuple(authors), place


def printed_names(cue: str, text: str) -> list[AuthorRecord]:
    """Authors read from folded text, spelled as the page spells them."""
    return as_printed(read_authors(cue), text)


def as_printed(authors: Iterable[AuthorRecord], text: str) -> list[AuthorRecord]:
    """The same authors in the characters of the page: folding may have simplified them."""
    tight = squeeze(text)
    folded = fold(tight)
    records = []
    for author in authors:
        at = folded.find(author.name)
        name = tight[at : at + len(author.name)] if at >= 0 else author.name
        records.append(replace(author, name=name))
    return records


def _kind(
    dump: Dump,
    titles: Sequence[int],
    authors: Sequence[AuthorRecord],
    entries: dict[int, int],
) -> ArticleKind:
    label = dump.labels[titles[0]]
    cue = squeeze(dump.units[titles[0]].cue).strip("·【】[]■●◆◎◇▌▐═—-|")
    if cues.CHRONICLE.search(cue):
        return ArticleKind.CHRONICLE
    if any(i in entries for i in titles) or authors:
        return ArticleKind.ARTICLE
    if cues.NOTICE.search(cue) and len(cue) <= 20 and not cue.startswith("关于"):
        return ArticleKind.NOTICE
    if cues.NAMED_NOTICE.fullmatch(cue):
        return ArticleKind.NOTICE
    if cues.BOX.match(cue) or _boxed(dump.labels, titles[0]):
        return ArticleKind.SIDEBAR
    if label is not None and label.reason in (
        "short line above a dateline",
        HEADED_ITEM,
    ):
        return ArticleKind.SIDEBAR
    return ArticleKind.ARTICLE


def _label_above(dump: Dump, first: int) -> str | None:
    """The column label that stands right above a headline."""
    at = first - 1
    while at >= 0 and _role(dump.labels, at) in (
        Role.RUNNING_HEAD,
        Role.DUPLICATE,
        Role.PHOTO_CREDIT,
    ):
        if edition_line(dump.units[at]):
            return None  # what stands above the head of a page belongs to another
        at -= 1
    if at >= 0 and _role(dump.labels, at) is Role.COLUMN_LABEL:
        return printed_label(dump.units[at])
    return None


def printed_label(unit: Unit) -> str:
    """The name of a column label without its marks, as printed."""
    name = label_name(unit.cue)
    if time := cues.TIME_ROW.match(unit.cue):
        return squeeze(unit.text[time.end() :])
    if name is None:
        return squeeze(unit.text).strip("·•【】〖〗■●◆□◇▌▐═—-|")
    at = unit.cue.find(name)
    return squeeze(unit.text[at : at + len(name)])

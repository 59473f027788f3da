"""Strands become articles: blocks with their lines, texts and confidence.

In: ``Dump.heads``, ``strands``.  Out: ``Dump.articles`` (without metadata)
and ``Dump.furniture``.  Every unit goes to exactly one block or entry.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import cues, join
from .confidence import MOST, REVIEW_BELOW, Facts, certainty, doubts
from .flow import FURNITURE_ROLES, Dump, Head, Link, Role, Strand
from .fold import squeeze
from .record import (
    Alternative,
    ArticleKind,
    Block,
    BlockRole,
    Furniture,
    FurnitureRole,
    ParsedArticle,
)
from .tidy import reading_text, tidy_headline

_BLOCK_ROLE = {
    Role.SUBTITLE: BlockRole.TITLE,
    Role.JUMP: BlockRole.CONTINUATION,
}


def build_blocks(dump: Dump) -> Dump:
    """One article a strand, numbered in the printed order of their heads."""
    printed = {line.number: line.raw for line in dump.lines}
    strands = sorted(dump.strands, key=lambda s: _position(dump, s))
    articles = tuple(
        _article(dump, number, strand, printed)
        for number, strand in enumerate(strands, start=1)
    )
    return replace(dump, articles=articles, furniture=tuple(_furniture(dump)))


def _position(dump: Dump, strand: Strand) -> int:
    if strand.head is not None:
        return dump.heads[strand.head].position
    return strand.units[0]


def _article(
    dump: Dump, number: int, strand: Strand, printed: dict[int, str]
) -> ParsedArticle:
    head = dump.heads[strand.head] if strand.head is not None else None
    blocks = [
        *_head_blocks(dump, head, strand, printed),
        *_body_blocks(dump, strand, printed),
    ]
    return ParsedArticle(
        id=f"a{number}",
        kind=head.kind if head else ArticleKind.ARTICLE,
        title=tidy_headline(head.title)[0] if head else "",
        title_variants=_letterspaced(head.title) if head else (),
        blocks=tuple(blocks),
        kicker=head.kicker if head else None,
        subtitle=head.subtitle if head else None,
        authors=head.authors if head else (),
        affiliation=head.affiliation if head else None,
    )


def _letterspaced(title: str) -> tuple[str, ...]:
    """The printed form where tidying took blanks out of the headline."""
    tight = tidy_headline(title)[0]
    return (
        (title,)
        if tight.count(" ") < title.count(" ") and squeeze(title) != title
        else ()
    )


def _head_blocks(
    dump: Dump, head: Head | None, strand: Strand, printed: dict[int, str]
) -> Iterator[Block]:
    if head is None:
        return
    done: set[Role] = set(FURNITURE_ROLES)
    for i in head.units:
        role = _role(dump, i)
        if role in done:
            continue
        done.add(role)
        same = [j for j in head.units if _role(dump, j) is role]
        lines = tuple(n for j in same for n in dump.units[j].lines)
        block_role = _BLOCK_ROLE.get(role) or BlockRole(role.value)
        yield _block(block_role, lines, printed, strand.at_head, (head.reason,))


def _role(dump: Dump, i: int) -> Role:
    label = dump.labels[i]
    return label.role if label else Role.PARAGRAPH


@dataclass
class _Group:
    """Units that become one block, with what is known of their place."""

    units: list[int]
    links: list[Link]  # that lead into them; those after the first are joints
    facts: Facts  # of the first unit


def _body_blocks(
    dump: Dump, strand: Strand, printed: dict[int, str]
) -> Iterator[Block]:
    """Paragraphs joined; a jump mark or note inside one follows it, footnotes come last."""
    group: _Group | None = None
    asides: list[_Group] = []
    footnotes: list[_Group] = []
    rows = zip(strand.units, strand.links, strand.facts, strict=True)
    for unit, link, facts in rows:
        if _is_aside(dump, unit) or _tears(dump, group, unit):
            late = footnotes if _is_footnote(dump, unit) else asides
            if late and _same_run(dump, late[-1].units[-1], unit):
                late[-1].units.append(unit)
            else:
                late.append(_Group([unit], [], facts))
            continue
        if group and ((link and link.joined) or _same_run(dump, group.units[-1], unit)):
            group.units.append(unit)
            group.links += [link] if link else []
            continue
        done = [group, *asides] if group else asides
        yield from (_body_block(dump, g, printed) for g in done)
        asides = []
        broken = group is not None and _stops_short(dump, group.units[-1])
        facts = facts._replace(broken=float(broken))
        group = _Group([unit], [link] if link else [], facts)
    for last in [*([group] if group else []), *asides, *footnotes]:
        yield _body_block(dump, last, printed)


def _is_aside(dump: Dump, unit: int) -> bool:
    return _role(dump, unit) in (Role.NOTE, Role.JUMP)


def _tears(dump: Dump, group: _Group | None, unit: int) -> bool:
    """Does a table stand inside a sentence?"""
    row = cues.TABLE_ROW.match(dump.units[unit].cue) is not None
    return row and group is not None and _stops_short(dump, group.units[-1])


def _is_footnote(dump: Dump, unit: int) -> bool:
    label = dump.labels[unit]
    return label is not None and label.reason == "footnote"


def _same_run(dump: Dump, last: int, unit: int) -> bool:
    """Lines of one stanza and rows of one table are one block."""
    a, b = _role(dump, last), _role(dump, unit)
    if a is not b:
        return False
    if a is Role.VERSE:
        return not dump.units[unit].gap
    return a is Role.LIST_ITEM and all(
        dump.units[i].cue.startswith("|") for i in (last, unit)
    )


def _body_block(dump: Dump, group: _Group, printed: dict[int, str]) -> Block:
    role = _role(dump, group.units[0])
    lines = tuple(n for i in group.units for n in dump.units[i].lines)
    labels = [lab for i in group.units if (lab := dump.labels[i])]
    reasons = [lab.reason for lab in labels]
    reasons += [r for link in group.links for r in link.reasons]
    weakest = min(group.links, key=lambda link: link.margin, default=None)
    facts = block_facts(dump, group.facts, group.units, group.links)
    return _block(
        BlockRole(role.value),
        lines,
        printed,
        facts,
        tuple(dict.fromkeys(reasons)),
        _alternative(dump, group.units, weakest),
    )


def block_facts(
    dump: Dump, facts: Facts, units: Sequence[int], links: Sequence[Link]
) -> Facts:
    """The facts of its first unit, and what is doubtful inside it."""
    labels = [lab for i in units if (lab := dump.labels[i])]
    joints = [link for link in links if link.right != units[0]]
    prose = _role(dump, units[0]) is Role.PARAGRAPH
    return facts._replace(
        joint=min((link.margin for link in joints), default=MOST),
        joint_lead=min((link.lead for link in joints), default=MOST),
        label=1.0 - min((lab.confidence for lab in labels), default=1.0),
        open_end=float(_stops_short(dump, units[-1])),
        short=float(prose and sum(dump.units[i].size for i in units) < SHORT),
    )


SHORT = 25  # characters; so short a paragraph says little about where it belongs
SCALE = 2.0  # margins to log-odds of being right, fitted
CLEAR = 6.0  # a lead over the rival of which nobody need hear


def _stops_short(dump: Dump, unit: int) -> bool:
    if _role(dump, unit) is not Role.PARAGRAPH:
        return False
    return join.stops_short(dump.units[unit].cue)


def _alternative(
    dump: Dump, group: Sequence[int], link: Link | None
) -> Alternative | None:
    """The lines the block would have if its weakest link went the other way."""
    if link is None or link.rival is None or link.margin > CLEAR:
        return None
    inside = link.joined and link.right != group[0]
    kept = [i for i in group if i != link.right] if inside else []
    lines = tuple(n for i in [*kept, link.rival] for n in dump.units[i].lines)
    return Alternative(lines, None, round(1 / (1 + math.exp(link.margin / SCALE)), 3))


def _block(
    role: BlockRole,
    lines: tuple[int, ...],
    printed: dict[int, str],
    facts: Facts,
    reasons: tuple[str, ...],
    alternative: Alternative | None = None,
) -> Block:
    text = reading_text(role, [printed[n] for n in lines])
    facts = facts._replace(lines=float(len(lines)))
    sure = certainty(facts)
    if sure < REVIEW_BELOW:
        reasons += doubts(facts)
    return Block(role, lines, text, sure, reasons, alternative)


def _furniture(dump: Dump) -> Iterator[Furniture]:
    """Adjacent units of one role are one entry."""
    run: list[int] = []
    for i in range(len(dump.units)):
        if _role(dump, i) not in FURNITURE_ROLES:
            continue
        if run and (_role(dump, run[-1]) is not _role(dump, i) or i != run[-1] + 1):
            yield _entry(dump, run)
            run = []
        run.append(i)
    if run:
        yield _entry(dump, run)


def _entry(dump: Dump, run: Sequence[int]) -> Furniture:
    labels = [lab for i in run if (lab := dump.labels[i])]
    return Furniture(
        FurnitureRole(labels[0].role.value),
        tuple(n for i in run for n in dump.units[i].lines),
        min(lab.confidence for lab in labels),
        tuple(dict.fromkeys(lab.reason for lab in labels)),
    )

"""Strands become articles: blocks with their lines, texts and confidence.

In: ``Dump.heads``, ``strands``.  Out: ``Dump.articles`` (without metadata)
and ``Dump.furniture``.  Every unit goes to exactly one block or entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import join
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
from .tidy import tidy_block, tidy_headline

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
    done: set[int] = set()
    opening = strand.opening.confidence if strand.opening else 0.9
    sure = min(head.confidence, strand.soundness, opening)
    for i in head.units:
        if i in done or _role(dump, i) in FURNITURE_ROLES:
            continue
        role = _role(dump, i)
        same = [j for j in head.units if _role(dump, j) is role]
        done.update(same)
        lines = tuple(n for j in same for n in dump.units[j].lines)
        yield _block(
            dump,
            _BLOCK_ROLE.get(
                role, BlockRole(role.value if role is not Role.SUBTITLE else "title")
            ),
            lines,
            printed,
            sure,
            (head.reason,),
        )


def _role(dump: Dump, i: int) -> Role:
    label = dump.labels[i]
    return label.role if label else Role.PARAGRAPH


def _body_blocks(
    dump: Dump, strand: Strand, printed: dict[int, str]
) -> Iterator[Block]:
    """Paragraphs joined; a jump mark or note inside one follows it, footnotes come last."""
    group: list[int] = []
    links: list[Link] = []
    asides: list[int] = []
    footnotes: list[int] = []
    run = (
        strand.opening
    )  # the last link that left the printed order: all after it hangs on it
    for unit, link in zip(strand.units, strand.links, strict=True):
        if _is_aside(dump, unit):
            (footnotes if _is_footnote(dump, unit) else asides).append(unit)
            continue
        if (
            group
            and not (link and link.joined)
            and not _same_run(dump, group[-1], unit)
        ):
            yield _body_block(dump, strand, group, links, run, printed)
            group, links = [], []
        if not group:
            yield from (
                _body_block(dump, strand, [i], [], None, printed) for i in asides
            )
            asides = []
        group.append(unit)
        if link:
            links.append(link)
            run = run if link.adjacent else link
    if group:
        yield _body_block(dump, strand, group, links, run, printed)
    yield from (
        _body_block(dump, strand, [i], [], None, printed) for i in [*asides, *footnotes]
    )


def _is_aside(dump: Dump, unit: int) -> bool:
    return _role(dump, unit) in (Role.NOTE, Role.JUMP)


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


def _body_block(
    dump: Dump,
    strand: Strand,
    group: Sequence[int],
    links: Sequence[Link],
    run: Link | None,
    printed: dict[int, str],
) -> Block:
    role = _role(dump, group[0])
    lines = tuple(n for i in group for n in dump.units[i].lines)
    labels = [lab for i in group if (lab := dump.labels[i])]
    hinges = [*links, *([run] if run else [])]
    sure = min(
        strand.soundness,
        OPEN_END if _stops_short(dump, group[-1]) else 1.0,
        *(lab.confidence for lab in labels),
        *(hinge.confidence for hinge in hinges),
    )
    reasons = [lab.reason for lab in labels] + [
        r for hinge in hinges for r in hinge.reasons
    ]
    weakest = min(hinges, key=lambda hinge: hinge.confidence, default=None)
    return _block(
        dump,
        BlockRole(role.value),
        lines,
        printed,
        sure,
        tuple(dict.fromkeys(reasons)),
        _alternative(dump, group, weakest),
    )


OPEN_END = 0.5  # confidence in a paragraph that stops in the middle of a sentence


def _stops_short(dump: Dump, unit: int) -> bool:
    if _role(dump, unit) is not Role.PARAGRAPH:
        return False
    return join.left_end(dump.units[unit].cue, dump.units[unit].text).open


def _alternative(
    dump: Dump, group: Sequence[int], hinge: Link | None
) -> Alternative | None:
    """The lines the block would have if its weakest joint went the other way."""
    if hinge is None or hinge.rival is None or hinge.confidence > 0.95:
        return None
    kept = [i for i in group if i != hinge.right] if hinge.joined else list(group)
    units = [*kept, hinge.rival] if hinge.joined else [hinge.rival]
    lines = tuple(n for i in units for n in dump.units[i].lines)
    return Alternative(lines, None, hinge.rival_confidence)


def _block(
    dump: Dump,
    role: BlockRole,
    lines: tuple[int, ...],
    printed: dict[int, str],
    sure: float,
    reasons: tuple[str, ...],
    alternative: Alternative | None = None,
) -> Block:
    text, _ = tidy_block(role, [printed[n] for n in lines])
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

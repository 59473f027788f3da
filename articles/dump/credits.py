"""Authors, affiliation and source credit, from the lines that name them.

In: ``Dump.articles`` with their blocks.  Out: the same with metadata.
"""

from __future__ import annotations

import re
from dataclasses import replace

from . import cues
from .divide import as_printed, printed_names
from .flow import Dump
from .fold import fold, squeeze
from .record import ArticleKind, AuthorKind, AuthorRecord, BlockRole, ParsedArticle
from .writers import byline_value, posted_names, school_names, small_office


def read_credits(dump: Dump) -> Dump:
    """Complete each article from its own blocks."""
    raw = {line.number: line.raw for line in dump.lines}
    return replace(dump, articles=tuple(_complete(a, raw) for a in dump.articles))


def _complete(article: ParsedArticle, raw: dict[int, str]) -> ParsedArticle:
    affiliation, credit = article.affiliation, article.source_credit
    authors: tuple[AuthorRecord, ...] = article.authors
    for block in article.blocks:
        text = "".join(raw[n].strip() for n in block.lines)
        if block.role is BlockRole.AFFILIATION:
            place, source = read_affiliation(text)
            affiliation, credit = affiliation or place, credit or source
        elif block.role is BlockRole.CREDIT:
            credit = credit or read_credit(text)
        elif block.role is BlockRole.BYLINE and not authors:
            authors = _signed(text)
        elif (
            block.role is BlockRole.PARAGRAPH
            and not authors
            and article.kind is not ArticleKind.NOTICE
        ):
            authors = _signed_at_end(text) or _reporters(text)
    kind = article.kind
    if (
        any(b.role is BlockRole.VERSE for b in article.blocks)
        and kind is ArticleKind.ARTICLE
    ):
        verse = sum(len(b.lines) for b in article.blocks if b.role is BlockRole.VERSE)
        other = sum(
            len(b.lines) for b in article.blocks if b.role is BlockRole.PARAGRAPH
        )
        kind = ArticleKind.POEM if verse > 3 * other else kind
    return replace(
        article,
        kind=kind,
        affiliation=affiliation,
        source_credit=credit,
        authors=authors,
    )


def read_affiliation(text: str) -> tuple[str | None, str | None]:
    """(转自《某某网》,作者系某院院长) → the office as printed, and the source."""
    inner = re.sub(r"^[\s(（\[]+|[\s)）\]]+\Z", "", text)
    source = read_credit(inner)
    cue = fold(inner)
    start = re.search(r"(?:第一)?作\s*者", cue)
    place = inner[start.start() :] if start else inner
    place = re.split(r"[,，]\s*(?:本文)?(?:转自|原载|摘自|据)", place)[0]
    return place.strip() or None, source


def read_credit(text: str) -> str | None:
    """据《某某日报》 → 某某日报."""
    cue = fold(text)
    found = cues.CREDIT_NAME.search(cue)
    return squeeze(text[found.start("name") : found.end("name")]) if found else None


def _signed(text: str) -> tuple[AuthorRecord, ...]:
    cue = fold(text)
    inner = re.sub(r"\s*(?:供稿|撰稿|撰文|整理)\s*(?=[)\]]?\Z)", "", byline_value(cue))
    return (
        tuple(printed_names(inner, text))
        or tuple(as_printed(posted_names(inner) or school_names(inner), text))
        or _house_office(inner)
    )


# 本报讯 (通讯员 张三) / 本刊讯(记者 李四 王五)
_REPORTERS = re.compile(
    r"本[报刊社网]讯\s*[(](?:本[报刊])?(?:记者|通讯员|特约)[^()]{1,30}[)]"
)


def _reporters(text: str) -> tuple[AuthorRecord, ...]:
    """The reporters that a dateline names are the authors."""
    found = _REPORTERS.match(fold(text))
    if not found:
        return ()
    inner = found[0][found[0].index("(") + 1 : -1]
    return tuple(printed_names(inner, text[: found.end()]))


def _signed_at_end(text: str) -> tuple[AuthorRecord, ...]:
    """……开创新局面。(张三 李四)"""
    cue = fold(text)
    found = cues.END_BYLINE.search(cue)
    if not found or not cues.FINAL.search(cue[: found.start()].rstrip()):
        return ()
    signed = text[found.start() :]
    inner = byline_value(found[1])
    return (
        tuple(printed_names(inner, signed))
        or tuple(as_printed(posted_names(inner) or school_names(inner), signed))
        or _house_office(inner)
    )


def _house_office(inner: str) -> tuple[AuthorRecord, ...]:
    """(护理部): an office of the house that sent the news in."""
    name = squeeze(inner.strip(" ()[]"))
    return (AuthorRecord(name, AuthorKind.ORGANIZATION),) if small_office(name) else ()

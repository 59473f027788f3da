"""A reader's words as a tree.  Raw text goes no further than this module.

In: what was typed.  Out: a ``SearchQuery``; it never fails but on what is too long
(``QueryTooLong``).

==========================  ====================================================
``乡村 振兴``                both words, anywhere
``"放、管、服"``             exactly as printed, marks included
``甲 乙 OR 丙``              甲, and 乙 or 丙 (OR binds tighter, as on the web)
``甲 -乙``                   甲 without 乙
``标题:`` ``作者:``          in the title, in an author's name
``栏目:`` ``主题:`` ``刊:``  the names of section, topic, publication
``年:2019`` ``年:2019-2021``  a year, a span, ``2019-`` and ``-2021``
==========================  ====================================================

English names (``title: author: section: topic: publication: year:``) do the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from articles.search.folding import fold, runs, unfolded
from articles.search.tokens import Field

MAX_LENGTH = 1000
MAX_TERMS = 60


class QueryTooLong(ValueError):
    """More characters or more terms than a search may have."""


@dataclass(frozen=True)
class Everything:
    """What a search without words finds."""


@dataclass(frozen=True)
class Term:
    """One run, somewhere in the field."""

    run: str
    field: Field = Field.TEXT


@dataclass(frozen=True)
class Phrase:
    """A string exactly as printed, or as it stands in the reading text."""

    raw: str
    field: Field = Field.TEXT

    @property
    def runs(self) -> list[str]:
        return runs(self.raw)

    @property
    def unfolded(self) -> list[str]:
        """Its letters that are not written as they fold: 發, Ａ."""
        return sorted(unfolded(self.raw))


@dataclass(frozen=True)
class Named:
    """Articles whose section, topic or publication has such a name."""

    kind: str
    runs: tuple[str, ...]


@dataclass(frozen=True)
class Facets:
    """Articles that have one of these facet tokens at least."""

    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Years:
    first: int
    last: int


@dataclass(frozen=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


Node: TypeAlias = Everything | Term | Phrase | Named | Facets | Years | And | Or | Not


@dataclass(frozen=True)
class SearchQuery:
    """``tree`` is None when nothing that was typed can be searched for."""

    text: str
    tree: Node | None

    def within(self, *facets: Facets) -> SearchQuery:
        """The same search among the articles that have every one of ``facets``."""
        if not facets:
            return self
        wanted = () if self.tree in (None, Everything()) else (self.tree,)
        return replace(self, tree=And((*wanted, *facets)))

    def wanted(self) -> list[Term | Phrase]:
        """What a hit shows: every term and phrase that is not excluded."""
        return list(_wanted(self.tree)) if self.tree else []


def parse_query(text: str) -> SearchQuery:
    """Reads what a reader typed; raises QueryTooLong."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise QueryTooLong(f"{len(text)} characters; {MAX_LENGTH} are allowed")
    parts = list(_grouped(_pieces(_balanced(text))))
    tree = _all(parts) if parts else None
    if tree and sum(1 for _ in _leaves(tree)) > MAX_TERMS:
        raise QueryTooLong(f"more than {MAX_TERMS} terms")
    return SearchQuery(text, tree)


def _balanced(text: str) -> str:
    """Without the last quotation mark if it has no partner: it then vanishes."""
    marks = [at for at, character in enumerate(text) if character in '"＂']
    return text[: marks[-1]] + text[marks[-1] + 1 :] if len(marks) % 2 else text


class _Operator(str):
    """OR, AND or NOT, written in capitals as a word of its own."""


_PIECE = re.compile(
    r"""
    (?P<minus>(?<!\S)[-－](?=\S))?
    (?:(?P<field>[^\s"＂:：]{1,12})[:：])?
    (?: ["＂](?P<phrase>[^"＂]*)["＂] | (?P<word>[^\s"＂]+) )
    """,
    re.VERBOSE,
)
_FIELDS = {
    **dict.fromkeys(("标题", "题名", "title"), "title"),
    **dict.fromkeys(("作者", "author"), "author"),
    **dict.fromkeys(("栏目", "section", "column"), "section"),
    **dict.fromkeys(("主题", "topic", "subject"), "topic"),
    **dict.fromkeys(("刊", "刊物", "刊名", "publication", "journal"), "publication"),
    **dict.fromkeys(("年", "年份", "year"), "year"),
}
_TEXT_FIELDS = {"title": Field.TITLE, "author": Field.AUTHOR}
# 2019, 2019-2021, 2019- and -2021; the range mark may be any dash, 至 or two dots.
_YEARS = re.compile(r"(\d{1,4})?(?:(\s*(?:[-–—~～至到]|\.\.)\s*)(\d{1,4})?)?")
FIRST_YEAR, LAST_YEAR = 1, 9999


def _pieces(text: str) -> Iterator[Node | _Operator]:
    for match in _PIECE.finditer(text):
        word = match["word"] or ""
        if word in ("OR", "AND", "NOT") and not match["minus"] and not match["field"]:
            yield _Operator(word)
            continue
        node = _node(match["field"], match["phrase"], word)
        if node is not None:
            yield Not(node) if match["minus"] else node


def _node(field: str | None, phrase: str | None, word: str) -> Node | None:
    name = _FIELDS.get(fold(field)) if field else None
    if field and name is None:  # not a field of ours: words that a colon divides
        tail = [_phrase(phrase, Field.TEXT)] if phrase is not None else []
        return _all([*_terms(f"{field}:{word}", Field.TEXT), *[p for p in tail if p]])
    value = word if phrase is None else phrase
    if name == "year":
        return _years(value) or _all(_terms(f"{field}:{value}", Field.TEXT))
    if name in ("section", "topic", "publication"):
        return Named(name, tuple(runs(value))) if runs(value) else None
    scope = _TEXT_FIELDS[name] if name else Field.TEXT
    if phrase is not None and scope is not Field.AUTHOR:
        return _phrase(phrase, scope)
    return _all(_terms(value, scope))


def _phrase(raw: str, field: Field) -> Phrase | None:
    return Phrase(raw.strip(), field) if runs(raw) else None


def _terms(text: str, field: Field) -> list[Node]:
    return [Term(run, field) for run in dict.fromkeys(runs(text))]


def _years(value: str) -> Years | None:
    match = _YEARS.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if not match or not (match[1] or match[3]):
        return None
    first = int(match[1]) if match[1] else FIRST_YEAR
    last = first if match[2] is None else int(match[3] or LAST_YEAR)
    first, last = sorted((max(first, FIRST_YEAR), max(last, FIRST_YEAR)))
    return Years(first, last)


def _grouped(pieces: Iterator[Node | _Operator]) -> Iterator[Node]:
    """Joins what OR joins; NOT turns the next piece round; AND says nothing new."""
    group: list[Node] = []
    joins = turns = False
    for piece in pieces:
        if isinstance(piece, _Operator):
            joins, turns = joins or piece == "OR", turns != (piece == "NOT")
            continue
        node = Not(piece) if turns else piece
        if group and not joins:
            yield _any(group)
            group = []
        group.append(node)
        joins = turns = False
    if group:
        yield _any(group)


def _all(parts: Sequence[Node]) -> Node | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _any(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _leaves(tree: Node) -> Iterator[Node]:
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield tree


def _wanted(tree: Node) -> Iterator[Term | Phrase]:
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part)
        case Term() | Phrase():
            yield tree

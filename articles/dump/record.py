"""The data of a parsed dump: what flows between the stages, and what comes out.

In: nothing; this module only holds types.  Out: frozen dataclasses whose
field names are those of the published JSON format, so that
``ParsedIssue.as_dict()`` *is* that format.  No behaviour beyond conversion.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class IssueKind(StrEnum):
    MAGAZINE = "magazine"
    NEWSPAPER_PAGE = "newspaper_page"


class ArticleKind(StrEnum):
    ARTICLE = "article"
    POEM = "poem"
    SIDEBAR = "sidebar"
    NOTICE = "notice"
    CHRONICLE = "chronicle"
    ADVERT = "advert"


class AuthorKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"


class BlockRole(StrEnum):
    """What a line is within an article."""

    TITLE = "title"
    KICKER = "kicker"  # 引题
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    VERSE = "verse"
    LIST_ITEM = "list_item"
    AFFILIATION = "affiliation"  # (作者单位:…)
    CREDIT = "credit"  # 据《…》
    CONTINUATION = "continuation"  # a bare (下转第N页)
    NOTE = "note"


class FurnitureRole(StrEnum):
    """What a line is outside every article."""

    MASTHEAD = "masthead"
    STAFF = "staff"
    CONTENTS = "contents"
    RUNNING_HEAD = "running_head"
    COLUMN_LABEL = "column_label"
    PHOTO_CREDIT = "photo_credit"
    ADVERT = "advert"
    SLOGAN = "slogan"
    COLOPHON = "colophon"
    PULL_QUOTE = "pull_quote"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """What the dump prints of its own identity; ``None`` where it prints nothing."""

    kind: IssueKind
    publication: str | None = None
    year: int | None = None
    volume: int | None = None
    number: int | None = None
    total_number: int | None = None
    date: str | None = None  # EDTF level 0 or 1: 2021-05-10, 2021-05, 2021
    page: int | None = None  # 第N版 of a newspaper page's dump
    publisher: str | None = None  # 主办/主管, as printed
    place: str | None = None
    permit_number: str | None = None  # 准印证号 or CN number
    issn: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    name: str  # without inner spaces
    kind: AuthorKind = AuthorKind.PERSON
    affiliation: str | None = None  # only where printed beside this one name


@dataclass(frozen=True, slots=True)
class Alternative:
    """The next-best decision for a block, for an editor to choose instead."""

    lines: tuple[int, ...]  # the lines the block would have
    article: str | None  # local id of the article that would own it
    confidence: float


@dataclass(frozen=True, slots=True)
class Change:
    """One logged step from printed to reading text; offsets into the joined printed text."""

    rule: str
    start: int
    end: int
    text: str  # what stands there instead


@dataclass(frozen=True, slots=True)
class Block:
    """One real paragraph (or heading, byline …) with its printed lines in reading order."""

    role: BlockRole
    lines: tuple[int, ...]
    text: str  # reading text
    confidence: float = 1.0
    reasons: tuple[
        str, ...
    ] = ()  # short codes with detail, e.g. "join: word 疏|解 straddles the cut"
    alternative: Alternative | None = None


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    id: str  # a1, a2 … in printed order, local to the dump
    kind: ArticleKind
    title: str
    blocks: tuple[Block, ...]
    title_variants: tuple[str, ...] = ()
    kicker: str | None = None
    subtitle: str | None = None
    authors: tuple[AuthorRecord, ...] = ()
    author_variants: tuple[str, ...] = ()
    affiliation: str | None = None
    source_credit: str | None = None
    section: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    role: FurnitureRole
    lines: tuple[int, ...]
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at; the parse went on with ``chosen``."""

    code: str  # kebab-case: author-mismatch, contents-without-body …
    lines: tuple[int, ...]
    message: str  # English, one line; the interface translates by code
    article: str | None = None
    chosen: str | None = None
    # What the message says, by name, for a sentence in another language.
    facts: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One row of the printed contents list."""

    title: str
    authors: tuple[str, ...]
    section: str | None
    page: int | None
    lines: tuple[int, ...]
    article: str | None = None  # local id of the article it was matched with


@dataclass(frozen=True, slots=True)
class ParsedIssue:
    """One dump, completely accounted for."""

    source: str
    sha256: str
    encoding: str
    issue: IssueRecord
    articles: tuple[ParsedArticle, ...]
    furniture: tuple[Furniture, ...] = ()
    problems: tuple[Problem, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
    printed: dict[int, str] = field(
        default_factory=dict, repr=False
    )  # number -> raw line

    def as_dict(self) -> dict[str, Any]:
        """The published JSON object (``contracts.md`` §1); extra keys are additions."""
        out = asdict(self)
        del out["printed"]
        for problem in out["problems"]:
            del problem["facts"]
        return out

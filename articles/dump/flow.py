"""What flows between the stages: lines, labels, units and the growing ``Dump``.

In: nothing; this module only holds types.  Out: frozen dataclasses.  Each
stage takes a ``Dump`` and returns a new one with one more field filled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .confidence import MOST, Facts
from .record import (
    ArticleKind,
    AuthorRecord,
    ContentsEntry,
    Furniture,
    IssueRecord,
    ParsedArticle,
    Problem,
)


class Role(StrEnum):
    """What one printed line is; blocks and furniture take their roles from here."""

    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    VERSE = "verse"
    LIST_ITEM = "list_item"
    AFFILIATION = "affiliation"
    CREDIT = "credit"
    NOTE = "note"
    JUMP = "continuation"
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


HEAD_ROLES = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE})
BODY_ROLES = frozenset(
    {
        Role.HEADING,
        Role.PARAGRAPH,
        Role.VERSE,
        Role.LIST_ITEM,
        Role.AFFILIATION,
        Role.CREDIT,
        Role.NOTE,
        Role.JUMP,
    }
)
FURNITURE_ROLES = frozenset(
    {
        Role.MASTHEAD,
        Role.STAFF,
        Role.CONTENTS,
        Role.RUNNING_HEAD,
        Role.COLUMN_LABEL,
        Role.PHOTO_CREDIT,
        Role.ADVERT,
        Role.SLOGAN,
        Role.COLOPHON,
        Role.PULL_QUOTE,
        Role.DUPLICATE,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank printed line in the three forms that the stages look at."""

    number: int
    raw: str  # as printed, for ever
    text: str  # without Markdown marks and outer blanks
    cue: str  # folded text, for patterns only
    level: int = 0  # number of leading '#'
    bold: bool = False  # the whole line stood between ** **
    listed: bool = False  # it began with "- "
    gap: bool = True  # a blank line (or the top) stands above
    indent: bool = False  # it begins with two blanks, as a printed paragraph does
    right: bool = False  # it is set far to the right, as a signature is
    hard_break: bool = False  # two trailing blanks: Markdown's forced line end


@dataclass(frozen=True, slots=True)
class Label:
    """What a stage decided a line to be, why, and how sure it is."""

    role: Role
    reason: str
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Unit:
    """Printed lines that certainly belong together: the atom of everything later.

    Nearly always one line; several where the dump wraps paragraphs hard or where
    OCR tore a list number from its text.
    """

    lines: tuple[int, ...]
    text: str
    cue: str  # folded ``text``, of the same length
    level: int = 0
    bold: bool = False
    listed: bool = False
    gap: bool = True
    indent: bool = False
    right: bool = False
    hard_break: bool = False
    size: int = field(init=False)  # visible characters

    def __post_init__(self) -> None:
        blanks = self.text.count(" ") + self.text.count("\u3000")
        object.__setattr__(self, "size", len(self.text) - blanks)


@dataclass(frozen=True, slots=True)
class Head:
    """A headline group: where one article or box is announced.  Indexes are units."""

    units: tuple[int, ...]
    title: str
    title_units: tuple[int, ...] = ()
    kicker: str | None = None
    subtitle: str | None = None
    authors: tuple[AuthorRecord, ...] = ()
    affiliation: str | None = None
    entry: int | None = None  # index of the contents entry it was matched with
    kind: ArticleKind = ArticleKind.ARTICLE
    label: str | None = None  # the column label printed above it
    confidence: float = 0.95
    reason: str = ""
    anchor: int | None = None  # the body unit before which a head without lines stands

    @property
    def position(self) -> int:
        """The unit at which the head stands in printed order."""
        return self.units[0] if self.units else self.anchor or 0

    @property
    def boxed(self) -> bool:
        """Announced by its own cue word, and interrupting whatever it stands in."""
        return self.kind not in (ArticleKind.ARTICLE, ArticleKind.POEM)


@dataclass(frozen=True, slots=True)
class Link:
    """Unit ``left`` is followed by unit ``right``; ``joined`` means one paragraph."""

    left: int
    right: int
    joined: bool
    margin: float  # log-odds by which it leads over its best rival
    reasons: tuple[str, ...] = ()
    rival: int | None = None  # the unit that nearly took the place of ``right``
    adjacent: bool = True  # ``right`` was printed right after ``left``
    led: bool = True  # chosen, not merely left where it was printed
    lead: float = MOST  # log-odds by which the whole leads over the best without it


@dataclass(frozen=True, slots=True)
class Strand:
    """The units of one article in reading order, under its headline (or none)."""

    head: int | None  # index into Dump.heads
    units: tuple[int, ...]
    links: tuple[Link | None, ...]  # links[k] leads into units[k]
    opening: Link | None = None  # from the headline to the first unit
    facts: tuple[Facts, ...] = ()  # of each unit: how surely it stands there
    at_head: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Dump:
    """One dump on its way through the stages."""

    source: str
    data: bytes = field(repr=False)
    encoding: str = "utf-8"
    wanted_encoding: str | None = None
    lines: tuple[Line, ...] = ()
    units: tuple[Unit, ...] = ()
    labels: tuple[Label | None, ...] = field(default=(), repr=False)
    issue: IssueRecord | None = None
    contents: tuple[ContentsEntry, ...] = ()
    sections: tuple[str, ...] = ()
    heads: tuple[Head, ...] = ()
    strands: tuple[Strand, ...] = ()
    articles: tuple[ParsedArticle, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    problems: tuple[Problem, ...] = ()

"""Text dumps of periodicals: bytes in, a parsed issue out.

Pure Python, no Django.  ``parse_dump`` is the whole interface; the record
types are what it returns, ``DumpError`` and its children what it raises.
"""

from .confidence import REVIEW_BELOW
from .edits import apply_changes
from .errors import (
    DumpError,
    DumpTooLarge,
    EmptyDump,
    LedgerBroken,
    UndecodableDump,
)
from .record import (
    Alternative,
    ArticleKind,
    AuthorKind,
    AuthorRecord,
    Block,
    BlockRole,
    Change,
    ContentsEntry,
    Furniture,
    FurnitureRole,
    IssueKind,
    IssueRecord,
    ParsedArticle,
    ParsedIssue,
    Problem,
)
from .tidy import joined_text, tidy, tidy_block, tidy_headline
from .version import PARSER_VERSION

__all__ = [
    "PARSER_VERSION",
    "REVIEW_BELOW",
    "Alternative",
    "ArticleKind",
    "AuthorKind",
    "AuthorRecord",
    "Block",
    "BlockRole",
    "Change",
    "ContentsEntry",
    "DumpError",
    "DumpTooLarge",
    "EmptyDump",
    "Furniture",
    "FurnitureRole",
    "IssueKind",
    "IssueRecord",
    "LedgerBroken",
    "ParsedArticle",
    "ParsedIssue",
    "Problem",
    "UndecodableDump",
    "apply_changes",
    "joined_text",
    "parse_dump",
    "tidy",
    "tidy_block",
    "tidy_headline",
]


def parse_dump(data: bytes, *, source: str, encoding: str | None = None) -> ParsedIssue:
    """Parse one dump.  ``source`` is only a name; nothing is read or written."""
    # Loaded with the first dump: a tenth of the memory of a worker that shows pages.
    from .pipeline import parse_dump as parse

    return parse(data, source=source, encoding=encoding)

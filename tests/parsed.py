"""The parser for tests of what comes after it: each text is parsed once a process.

Parsing is pure and what it gives is frozen, so many tests may share it.  What tests/dump
asks of the parser is asked of the parser itself.
"""

from __future__ import annotations

from functools import lru_cache

from articles.dump import ParsedIssue
from articles.dump import parse_dump as parse_anew


@lru_cache(maxsize=32)
def parse_dump(
    content: bytes, *, source: str, encoding: str | None = None
) -> ParsedIssue:
    return parse_anew(content, source=source, encoding=encoding)

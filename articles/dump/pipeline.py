"""The whole way from bytes to a parsed issue, as a table of contents.

In: the bytes of one dump.  Out: a ``ParsedIssue``, completely accounted for,
or a ``DumpError``.  Each stage takes and gives a ``Dump``; none does I/O.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from .audit import audit
from .blocks import build_blocks
from .contents import read_contents
from .credits import read_credits
from .divide import divide_articles
from .doubts import note_doubts
from .flow import Dump
from .intrude import find_intruders
from .label import label_lines
from .lines import read_lines
from .masthead import read_masthead
from .reconcile import reconcile_contents
from .record import IssueKind, IssueRecord, ParsedIssue
from .untangle import untangle
from .wrap import wrap_lines

STAGES: tuple[Callable[[Dump], Dump], ...] = (
    read_lines,  # bytes → numbered lines
    wrap_lines,  # hard-wrapped lines → units
    read_masthead,  # publication, year, number, date
    read_contents,  # the contents list → entries
    label_lines,  # a role and a reason for every unit
    find_intruders,  # headlines inside a sentence
    divide_articles,  # headline groups → heads
    untangle,  # runs of text → strands in reading order
    build_blocks,  # strands → articles, paragraphs joined
    read_credits,  # authors, affiliation, source
    reconcile_contents,  # contents against body
    note_doubts,  # open ends, lone jump marks, doubtful places
    audit,  # every line in exactly one place
)


def parse_dump(data: bytes, *, source: str, encoding: str | None = None) -> ParsedIssue:
    """Parse one dump.  ``source`` is only a name; nothing is read or written."""
    dump = Dump(source=source, data=data, wanted_encoding=encoding)
    for stage in STAGES:
        dump = stage(dump)
    return ParsedIssue(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=dump.encoding,
        issue=dump.issue or IssueRecord(kind=IssueKind.NEWSPAPER_PAGE),
        articles=dump.articles,
        furniture=dump.furniture,
        problems=dump.problems,
        contents=dump.contents,
        printed={line.number: line.raw for line in dump.lines},
    )

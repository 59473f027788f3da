"""RIS, which EndNote, Zotero, NoteExpress and Mendeley read.

A line is a tag, two spaces, a dash, a space and a value.  Values are one line each
(``Citation`` saw to it), so no title can begin a field of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.exports.citations.record import Citation

MEDIA_TYPE = "application/x-research-info-systems"


def as_ris(citation: Citation) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(citation))


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS" if citation.newspaper else "JOUR"
    yield "TI", citation.title
    for author in citation.authors:
        # A comma would divide family name and given name.
        yield "AU", author.name.replace(",", "，")
    for tag, value in (
        ("T2", citation.publication),
        ("SN", citation.issn),
        ("PY", citation.year),
        ("DA", _date(citation)),
        ("VL", citation.volume),
        ("IS", "" if citation.newspaper else citation.issue_name),
        ("SP", citation.page),
        ("LA", citation.language),
    ):
        if value:
            yield tag, str(value)
    yield from (("KW", topic) for topic in citation.topics)
    yield "UR", citation.url
    yield "N1", citation.state
    yield "ER", ""


def _date(citation: Citation) -> str:
    """``2021/05/10/``; what is unknown is empty between its slashes."""
    year, month, day = (*citation.iso_date.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/" if year else ""

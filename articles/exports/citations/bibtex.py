"""BibTeX, in the dialect that biber, Zotero and JabRef all read.

``date`` beside ``year``: BibTeX itself knows years only.  Each name stands in braces
of its own, so "王军" is one name and nobody's given name.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.exports.citations.record import Citation

MEDIA_TYPE = "application/x-bibtex"

# A brace is counted even after a backslash, so it is spelt by its name.
_SPECIAL = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{c: f"\\{c}" for c in "$&%#_"},
    }
)


def as_bibtex(citation: Citation) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(citation))
    return f"@article{{yuelan-{citation.id},\n{fields}}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "title", _escaped(citation.title)
    if citation.authors:
        yield (
            "author",
            " and ".join(f"{{{_escaped(a.name)}}}" for a in citation.authors),
        )
    if citation.newspaper:
        yield "entrysubtype", "newspaper"
    for name, value in (
        ("journal", citation.publication),
        ("issn", citation.issn),
        ("date", citation.iso_date),
        ("year", citation.year),
        ("volume", citation.volume),
        ("number", "" if citation.newspaper else citation.issue_name),
        ("pages", citation.page),
        ("language", citation.language),
        ("keywords", ", ".join(citation.topics)),
        ("note", citation.state),
    ):
        if value:
            yield name, _escaped(str(value))
    yield "url", citation.url  # of our own making: plain ASCII, no brace


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)

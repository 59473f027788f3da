"""An issue as TEI P5, the mark-up of scholarly editions.

The same ``Book`` as the EPUB's: sections and articles as divisions, paragraphs with
their ids, the printed lines of each in ``n``, doubt in ``cert``, page breaks where a
page is known to begin.
"""

from __future__ import annotations

from articles.exports.epub import Book
from articles.exports.render import render_xml

MEDIA_TYPE = "application/tei+xml"


def book_as_tei(book: Book) -> bytes:
    return render_xml("exports/tei/issue.xml", {"book": book})

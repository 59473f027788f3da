"""A ``Book`` as an EPUB 3 file: mark-up from templates, and a zip of fixed bytes.

A zip remembers when and on what system each file was made; here all of that is fixed,
so that two downloads of the same book are the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from articles.exports.epub.book import Book
from articles.exports.render import render_xml

MEDIA_TYPE = "application/epub+zip"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
UNIX, PLAIN_FILE = 3, 0o100644 << 16


def write_epub(book: Book) -> bytes:
    """``mimetype`` stands first and uncompressed: readers look for it at byte 38."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(_member("mimetype", ZIP_STORED), MEDIA_TYPE)
        for name, content in _files(book):
            archive.writestr(_member(name, ZIP_DEFLATED), content, compresslevel=6)
    return buffer.getvalue()


def _member(name: str, compression: int) -> ZipInfo:
    info = ZipInfo(name, EPOCH)
    info.compress_type = compression
    info.create_system, info.external_attr = UNIX, PLAIN_FILE
    return info


def _files(book: Book) -> Iterator[tuple[str, bytes]]:
    yield "META-INF/container.xml", _render("container.xml", book)
    yield "EPUB/package.opf", _render("package.opf", book)
    yield "EPUB/nav.xhtml", _render("nav.xhtml", book)
    yield "EPUB/style.css", _render("style.css", book)
    if book.cover:
        yield "EPUB/cover.svg", render_xml("articles/cover.svg", {"cover": book.cover})
        yield "EPUB/cover.xhtml", _render("cover.xhtml", book)
    for chapter in book.chapters:
        yield f"EPUB/{chapter.file}", _render("chapter.xhtml", book, chapter=chapter)
    yield "EPUB/about.xhtml", _render("about.xhtml", book)


def _render(template: str, book: Book, **context: object) -> bytes:
    return render_xml(f"exports/epub/{template}", {"book": book, **context})

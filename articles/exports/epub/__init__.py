"""EPUB 3: an article, an issue or a list of articles as a book.

``book`` says what stands in it, ``write`` makes the file; the same rows give the same
bytes, today and tomorrow.
"""

from articles.exports.epub.book import Book, article_book, issue_book, list_book
from articles.exports.epub.write import MEDIA_TYPE, write_epub

__all__ = [
    "MEDIA_TYPE",
    "Book",
    "article_book",
    "issue_book",
    "list_book",
    "write_epub",
]

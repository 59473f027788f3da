"""What every file says of a shelf: its records, and the articles they are of."""

from __future__ import annotations

from dataclasses import dataclass

from articles.bookmarks.records import Records, chunks, records_of
from articles.exports.citations import Citation, cite
from articles.models import Article, Bookshelf


class BadFile(ValueError):
    """A file that cannot be read as what it says it is; the message is for its owner."""


@dataclass(frozen=True)
class Sheet:
    """``base`` is scheme and host: links in a file must lead here from anywhere."""

    records: Records
    citations: dict[str, Citation]
    base: str

    @classmethod
    def of(cls, shelf: Bookshelf | None, base: str) -> Sheet:
        records = records_of(shelf) if shelf else Records()
        citations = {}
        for ids in chunks(records.articles()):
            for article in Article.objects.filter(public_id__in=ids).with_listing():
                citations[article.public_id] = cite(article, base=base)
        return cls(records, citations, base)

    def url(self, article: str, anchor: str) -> str:
        url = self.citations[article].url
        return f"{url}#{anchor}" if anchor else url

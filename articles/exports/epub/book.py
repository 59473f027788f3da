"""What stands in a book, before any mark-up.

In: an issue, an article, or articles in an order of their own.  Out: a ``Book``: its
chapters, its contents as printed (sections, titles, authors), its printed pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Max, QuerySet

from articles.exports.citations import Citation, as_gbt7714, cite
from articles.exports.plain import one_line
from articles.exports.render import in_own_language
from articles.models import Article, Issue, IssueKind, SourceDump
from articles.pages.contents import Group, group_contents
from articles.pages.covers import Cover, make_cover
from articles.pages.typeset import Sheet, set_article

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TITLES_ON_COVER = 2


@dataclass(frozen=True)
class Chapter:
    """One article.  ``page`` where a printed page begins with it."""

    number: int
    article: Article
    sheet: Sheet
    citation: Citation
    page: int | None

    @property
    def file(self) -> str:
        return f"a{self.number:04}.xhtml"

    @property
    def names(self) -> list[str]:
        return [author.name for author in self.citation.authors]

    @property
    def label(self) -> str:
        """As in printed contents: the title, then who wrote it."""
        return "　".join([one_line(self.article.title), *self.names])

    @property
    def reference(self) -> str:
        return as_gbt7714(self.citation)


@dataclass
class Entry:
    """A line of the contents.  Without a chapter it is a heading over ``entries``."""

    label: str
    chapter: Chapter | None = None
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """``source`` is the book's page in the portal, where that is known."""

    identifier: str
    title: str
    creators: tuple[str, ...]
    publisher: str
    language: str
    date: str
    modified: datetime
    source: str
    series: str
    series_number: int | None
    cover: Cover | None
    chapters: list[Chapter]
    contents: list[Entry]
    dumps: list[SourceDump]

    @property
    def modified_utc(self) -> str:
        return self.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @cached_property
    def pages(self) -> list[Chapter]:
        """The chapters that begin a printed page."""
        return [chapter for chapter in self.chapters if chapter.page]


@in_own_language
def issue_book(issue: Issue, base: str = "") -> Book:
    """The whole issue in printed order, without what was withdrawn."""
    chapters = _chapters(issue.articles.published().in_printed_order(), base)
    articles = [chapter.article for chapter in chapters]
    of = {chapter.article.pk: chapter for chapter in chapters}
    citation = chapters[0].citation if chapters else None
    dumps = list(
        issue.dumps.filter(current=True).defer("content").order_by("page", "id")
    )
    return Book(
        identifier=_urn("issue", issue.publication.slug, issue.key),
        title=one_line(f"{issue.publication.title} {issue.label()}"),
        creators=(),
        publisher=one_line(issue.publication.publisher),
        language=citation.language if citation else "zh-Hans",
        date=citation.iso_date if citation else "",
        modified=issue.articles.aggregate(latest=Max("modified"))["latest"] or LONG_AGO,
        source=base + issue.get_absolute_url() if base else "",
        series=citation.publication if citation else "",
        series_number=issue.total_number,
        cover=make_cover(issue, [a.title for a in articles[:TITLES_ON_COVER]]),
        chapters=chapters,
        contents=_contents(issue, group_contents(issue, articles), of),
        dumps=dumps,
    )


@in_own_language
def article_book(article: Article, base: str = "") -> Book:
    """One article, under the cover of its issue."""
    [chapter] = _chapters(Article.objects.filter(pk=article.pk), base)
    citation = chapter.citation
    return Book(
        identifier=_urn("article", article.public_id),
        title=citation.title,
        creators=tuple(chapter.names),
        publisher=one_line(article.issue.publication.publisher),
        language=citation.language,
        date=citation.iso_date,
        modified=article.modified,
        source=citation.url if base else "",
        series=citation.publication,
        series_number=None,
        cover=make_cover(article.issue, [article.title]),
        chapters=[chapter],
        contents=[Entry(chapter.label, chapter)],
        dumps=[chapter.article.dump],
    )


@in_own_language
def list_book(
    title: str, articles: QuerySet[Article], identity: str, base: str = ""
) -> Book:
    """Articles of any issues in the order given, such as a reader's shelf.

    ``identity`` makes the book's identifier: the same for the same list.
    """
    chapters = _chapters(articles, base)
    dumps = {chapter.article.dump_id: chapter.article.dump for chapter in chapters}
    return Book(
        identifier=_urn("list", identity),
        title=one_line(title),
        creators=(),
        publisher="",
        language="zh-Hans",
        date="",
        modified=max(
            (chapter.article.modified for chapter in chapters), default=LONG_AGO
        ),
        source="",
        series="",
        series_number=None,
        cover=None,
        chapters=chapters,
        contents=[Entry(chapter.label, chapter) for chapter in chapters],
        dumps=list(dumps.values()),
    )


def _chapters(articles: QuerySet[Article], base: str) -> list[Chapter]:
    """In a fixed number of queries, whatever the number of articles."""
    rows = (
        articles.select_related("issue__publication", "section", "dump")
        .defer("dump__content")
        .prefetch_related("authorships__author", "blocks")
    )
    return list(_numbered(rows, base))


def _numbered(articles: Iterable[Article], base: str) -> Iterator[Chapter]:
    seen: set[tuple[int, int]] = set()
    for number, article in enumerate(articles, 1):
        page = (article.issue_id, article.page) if article.page else None
        begins = page is not None and page not in seen
        seen |= {page} if page else set()
        yield Chapter(
            number,
            article,
            set_article(article.blocks.all()),
            cite(article, base=base),
            article.page if begins else None,
        )


def _contents(issue: Issue, groups: list[Group], of: dict[int, Chapter]) -> list[Entry]:
    """The printed contents; a newspaper's by 版, each with its columns."""
    top: list[Entry] = []
    level = top
    for group in groups:
        if group.page and issue.kind == IssueKind.NEWSPAPER_PAGE:
            top.append(Entry(f"第{group.page}版"))
            level = top[-1].entries
        lines = [Entry(of[a.pk].label, of[a.pk]) for a in group.articles]
        if group.section:
            level.append(Entry(one_line(group.section.name), entries=lines))
        else:
            level.extend(lines)
    return top


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ':'.join(('yuelan', *parts)))}"

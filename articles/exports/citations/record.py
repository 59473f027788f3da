"""What there is to say of an article when it is cited, before any format.

In: an article with its issue, its signatures and its topics.  Out: a ``Citation``
whose every text is one line without forbidden characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.exports.plain import one_line, whole_name
from articles.models import (
    Article,
    AuthorKind,
    Authorship,
    IssueKind,
    ProofStatus,
    PublicationKind,
)
from articles.pages.addresses import address

# How far the text can be trusted, said inside every citation.
STATES = {
    ProofStatus.MACHINE: "机器识别文本，未经校对",
    ProofStatus.FIRST: "机器识别文本，经一次校对",
    ProofStatus.SECOND: "机器识别文本，经二次校对",
}
# "——在全市干部大会上的讲话"
_DASHES = re.compile(r"^[\s—–―-]+")
# The digits of an EDTF date that are certain: "2021-05-1X" says a year and a month
_CERTAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\dX])", re.ASCII)
# "zh-Hans", "en", "mn-Mong-CN"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]", re.ASCII)


@dataclass(frozen=True)
class Name:
    """``path`` is the author's page, without host."""

    name: str
    person: bool
    path: str


@dataclass(frozen=True)
class Citation:
    """Empty and ``None`` say unknown.  ``base`` is scheme and host, or empty."""

    id: str
    base: str
    path: str
    issue_path: str
    publication_path: str
    title: str
    authors: tuple[Name, ...]
    newspaper: bool
    publication: str
    issn: str
    language: str
    year: int | None
    volume: int | None
    number: int | None
    total_number: int | None
    date: tuple[int, ...]  # (2021, 5, 10), (2021, 5), (2021,) or ()
    page: int | None
    section: str
    topics: tuple[str, ...]
    state: str

    @property
    def url(self) -> str:
        return self.base + self.path

    @property
    def stem(self) -> str:
        """The article's address, ready for ``.bib``."""
        return self.path.removesuffix("/")

    @property
    def iso_date(self) -> str:
        """``2021-05-10``, ``2021-05``, ``2021`` or nothing."""
        return iso_date(self.date)

    @property
    def issue_name(self) -> str:
        """The number, else the total number, of a magazine's issue."""
        if self.number is not None:
            return str(self.number)
        return f"总{self.total_number}" if self.total_number else ""


def cite(
    article: Article,
    *,
    base: str = "",
    authorships: Iterable[Authorship] | None = None,
    topics: Iterable[str] = (),
) -> Citation:
    """``authorships`` where the caller has them already; else they are asked for."""
    issue, publication = article.issue, article.issue.publication
    signed = article.authorships.all() if authorships is None else authorships
    known = publication.kind != PublicationKind.UNIDENTIFIED
    date = certain_date(issue.date) or ((issue.year,) if issue.year else ())
    return Citation(
        id=article.public_id,
        base=base,
        path=address("article", article.public_id),
        issue_path=address("issue", publication.slug, *issue.key.split("/")),
        publication_path=address("publication", publication.slug),
        title=full_title(article),
        authors=tuple(name for one in signed if (name := _name(one)).name),
        newspaper=issue.kind == IssueKind.NEWSPAPER_PAGE,
        publication=one_line(publication.title) if known else "",
        issn=publication.issn if _ISSN.fullmatch(publication.issn) else "",
        language=main_language(publication.languages),
        year=date[0] if date else None,
        volume=issue.volume,
        number=issue.number,
        total_number=issue.total_number,
        date=date,
        page=article.page,
        section=one_line(article.section.name) if article.section else "",
        topics=tuple(one_line(topic) for topic in topics),
        state=STATES[ProofStatus(article.status)],
    )


def full_title(article: Article) -> str:
    """Title and subtitle as GB/T 7714 joins them: ``题名：副题``."""
    subtitle = _DASHES.sub("", one_line(article.subtitle))
    title = one_line(article.title)
    return f"{title}：{subtitle}" if subtitle else title


def main_language(listed: str) -> str:
    """The first of a publication's languages; what is no BCP 47 tag is Chinese."""
    first = listed.split(",")[0].strip()
    return first if _TAG.fullmatch(first) else "zh-Hans"


def certain_date(edtf: str) -> tuple[int, ...]:
    """The first day, month or year that an EDTF date is sure of.

    >>> certain_date("2021-05-10/2021-05-12"), certain_date("2021-05-1X"), certain_date("20XX")
    ((2021, 5, 10), (2021, 5), ())
    >>> certain_date("2021-21")
    (2021,)
    """
    found = _CERTAIN.match(edtf)
    if not found:
        return ()
    parts = tuple(int(part) for part in found.groups() if part)
    return parts[:1] if len(parts) > 1 and parts[1] > 12 else parts  # a season


def iso_date(date: tuple[int, ...]) -> str:
    """
    >>> iso_date((2021, 5)), iso_date(())
    ('2021-05', '')
    """
    return "-".join(f"{part:0{2 if n else 4}}" for n, part in enumerate(date))


def _name(signed: Authorship) -> Name:
    author = signed.author
    return Name(
        whole_name(author.name),
        author.kind == AuthorKind.PERSON,
        address("author", author.slug),
    )

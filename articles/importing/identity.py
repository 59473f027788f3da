"""Which publication, issue and page a dump is.

In: what the dump prints of itself (``IssueRecord``) and what a person adds to it
(``Wishes``).  Out: an ``Identity`` with the key that ends the issue's address, and
the rows it already has.  Reads the database only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date as Day

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.dump import IssueKind as PrintedKind
from articles.dump import IssueRecord, ParsedIssue
from articles.importing.edtf import check_edtf, first_day, more_precise
from articles.importing.errors import Contradiction
from articles.importing.fields import small
from articles.models import Issue, IssueKind, Publication

UNIDENTIFIED_SLUG, UNIDENTIFIED_TITLE = "unidentified", "未识别"
UNDATED = "undated"

# "2022-11-21": a day, as it stands in an address
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# "2021-05" or a season, "2021-21"
_MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)
TITLE_LENGTH = 200
_MARKS = re.compile(r"[《》〈〉\s]+")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says of a dump that does not say it; nothing by default."""

    publication: str | None = None
    date: str | None = None
    page: int | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a date that is none, or a title that cannot be one."""
        if self.date is not None:
            check_edtf(self.date)
        if self.publication is not None:
            self.publication.encode()  # half characters from a foreign terminal
            if not title_key(self.publication):
                raise ValueError(_("刊名是空的"))


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Identity:
    """``publication`` is None when nobody knows it; ``given`` names what a person said."""

    kind: IssueKind
    sha256: str
    publication: str | None = None
    year: int | None = None
    volume: int | None = None
    number: int | None = None
    total_number: int | None = None
    date: str = ""
    page: int = 0
    given: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> str:
        return issue_key(self)

    @property
    def certain(self) -> bool:
        """Whether another dump with the same key must be the same issue."""
        return self.key != _last_resort(self.sha256)

    @property
    def sort_date(self) -> Day | None:
        return sort_date(self.kind, self.date, self.year, self.number)


def sort_date(kind: str, date: str, year: int | None, number: int | None) -> Day | None:
    """The first day that a date, or a year and number, mean; None for neither."""
    if date:
        return first_day(date)
    if not year:
        return None
    monthly = kind == IssueKind.MAGAZINE and 1 <= (number or 0) <= 12
    return Day(year, number or 1 if monthly else 1, 1)


def identify(parsed: ParsedIssue, wishes: Wishes = NO_WISHES) -> Identity:
    """What the dump prints, completed by ``wishes``.

    Raises Contradiction, naming both sides, where the two cannot both be true.
    """
    printed = parsed.issue
    identity = Identity(
        kind=IssueKind(printed.kind.value),
        sha256=parsed.sha256,
        publication=_title(printed, wishes, parsed.source),
        volume=small(printed.volume),
        number=small(printed.number),
        total_number=printed.total_number
        if (printed.total_number or 0) < 2**31
        else None,
        date=_date(printed, wishes, parsed.source),
        page=_page(printed, wishes, parsed.source),
        given=_given(printed, wishes),
    )
    return replace(identity, year=small(printed.year) or _year(identity.date))


def issue_key(identity: Identity) -> str:
    """The end of the issue's address: what is best known of year and number.

    ``2021/5``, ``2021/t212`` (by total number), ``2022/11-21`` (a day), ``2021/m05``
    (a month without a number), ``undated/t212``, ``undated/v12-3``; at last
    ``undated/3f2a91bc``, the beginning of the dump's SHA-256.
    """
    if identity.publication is None:
        return _last_resort(identity.sha256)
    of_day = (
        f"{identity.date[:4]}/{identity.date[5:]}"
        if _DAY.fullmatch(identity.date)
        else ""
    )
    if identity.kind == IssueKind.NEWSPAPER_PAGE and of_day:
        return of_day
    year = str(identity.year) if identity.year else UNDATED
    if identity.year and identity.number is not None:
        return f"{year}/{identity.number}"
    if identity.total_number:
        return f"{year}/t{identity.total_number}"
    if identity.volume and identity.number is not None:
        return f"{year}/v{identity.volume}-{identity.number}"
    if identity.kind == IssueKind.MAGAZINE and _MONTH.fullmatch(identity.date):
        return f"{year}/m{identity.date[5:]}"
    return of_day or _last_resort(identity.sha256)


def title_key(title: str) -> str:
    """Equal for two printings of one title: width, blanks and 《》 do not count."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title)).casefold()


def clean_title(title: str) -> str:
    """A title as it is shown: without 《》 and without blanks between Chinese characters.

    >>> clean_title("《浦 湾　周报》"), clean_title("Puwan  Weekly")
    ('浦湾周报', 'Puwan Weekly')
    """
    plain = title.replace("《", "").replace("》", "")
    spaced = " ".join(unicodedata.normalize("NFKC", plain).split())
    title = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", spaced)
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"


def find_publication(title: str | None) -> Publication | None:
    """The row of this title, also when an editor has given it another one since."""
    if title is None:
        return _unidentified()
    exact: Publication | None = Publication.objects.filter(title=title).first()
    if exact:
        return exact
    wanted = title_key(title)
    for pk, known, base in Publication.objects.values_list("pk", "title", "base"):
        if wanted in (title_key(known), title_key(base.get("title") or "")):
            return Publication.objects.get(pk=pk)
    return None


def _unidentified() -> Publication | None:
    home: Publication | None = Publication.objects.filter(
        slug=UNIDENTIFIED_SLUG
    ).first()
    return home


def find_issue(publication: Publication, identity: Identity) -> Issue | None:
    """The issue that already has this key, or this day, or this year and number."""
    if not identity.certain:
        return publication.issues.filter(key=identity.key).first()
    same = Q(key=identity.key)
    if identity.kind == IssueKind.NEWSPAPER_PAGE and identity.date:
        same |= Q(kind=identity.kind, date=identity.date)
    elif identity.year and identity.number is not None:
        same |= Q(kind=identity.kind, year=identity.year, number=identity.number)
    found = publication.issues.filter(same).order_by("pk")
    return next(
        (i for i in found if i.key == identity.key), found[0] if found else None
    )


def _title(printed: IssueRecord, wishes: Wishes, source: str) -> str | None:
    if printed.publication is None or not title_key(printed.publication):
        return clean_title(wishes.publication) if wishes.publication else None
    if wishes.publication and title_key(wishes.publication) != title_key(
        printed.publication
    ):
        titles = clean_title(printed.publication), clean_title(wishes.publication)
        raise _contradiction(source, "--publication", *(f"《{t}》" for t in titles))
    return clean_title(printed.publication)


def _date(printed: IssueRecord, wishes: Wishes, source: str) -> str:
    known = printed.date or (str(printed.year) if printed.year else None)
    if wishes.date is None or known is None:
        return wishes.date or printed.date or ""
    both = more_precise(known, wishes.date)
    if both is None:
        raise _contradiction(source, "--date", known, wishes.date)
    return both


def _page(printed: IssueRecord, wishes: Wishes, source: str) -> int:
    if printed.kind != PrintedKind.NEWSPAPER_PAGE:
        return 0
    if wishes.page is not None and printed.page not in (None, wishes.page):
        pages = ((_("第%d版") % n).strip() for n in (printed.page, wishes.page))
        raise _contradiction(source, "--page", *pages)
    return small(printed.page) or small(wishes.page) or 0


def _contradiction(source: str, option: str, printed: str, said: str) -> Contradiction:
    text = _("文本印着%(printed)s，而 %(option)s 说是%(said)s；去掉该选项，或换文件")
    names = {"printed": printed, "option": option, "said": said}
    return Contradiction(f"{source}: {text % names}")


def _given(printed: IssueRecord, wishes: Wishes) -> frozenset[str]:
    given = set()
    if wishes.publication and not title_key(printed.publication or ""):
        given.add("publication")
    if wishes.date and wishes.date != printed.date:
        given.add("date")
    if wishes.page is not None and wishes.page != printed.page:
        given.add("page")
    return frozenset(given)


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdigit() else None


def _last_resort(sha256: str) -> str:
    return f"{UNDATED}/{sha256[:8]}"

"""An issue becomes known: it gets its publication and its place, and keeps its links.

In: an issue (or one dump of it) and what it really is.  Out: the issue that it is
now.  Article addresses stay; the issue's old address redirects.  If the issue that it
turns out to be exists already, its pages and articles join that one.
Call within a transaction.
"""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from articles.importing.edtf import check_edtf
from articles.importing.errors import TwinDump
from articles.importing.fields import PAGE_STRIDE
from articles.importing.identity import Identity, clean_title, find_issue, sort_date
from articles.importing.indexing import index_articles
from articles.importing.people import publication_for, sections_named
from articles.models import (
    Article,
    FormerAddress,
    Issue,
    IssueKind,
    Publication,
    PublicationKind,
    SourceDump,
)

IDENTITY_COLUMNS = ("year", "volume", "number", "total_number", "date")


def identify_issue(
    issue: Issue,
    publication: str,
    *,
    year: int | None = None,
    volume: int | None = None,
    number: int | None = None,
    total_number: int | None = None,
    date: str = "",
) -> Issue:
    """What an editor says of an issue; what is not said stays as it is known.

    The given fields are protected from then on.  Raises ValueError for a date that is
    none, TwinDump where another text already is the page it would become.
    """
    said = {
        "year": year, "volume": volume, "number": number,
        "total_number": total_number, "date": check_edtf(date) if date else "",
    }  # fmt: skip
    known = {name: said[name] or getattr(issue, name) for name in said}
    known["year"] = year or (int(date[:4]) if date[:4].isdigit() else issue.year)
    first = issue.dumps.order_by("pk").first()
    identity = Identity(
        kind=IssueKind(issue.kind),
        sha256=first.sha256 if first else "",
        publication=clean_title(publication),
        given=frozenset({"publication", *(n for n, v in said.items() if v)}),
        **known,  # type: ignore[arg-type]
    )
    return move_issue(issue, identity)


def move_dump(dump: SourceDump, identity: Identity) -> Issue:
    """Moves one stored dump; its whole issue when the issue has no other page."""
    _set_page(dump, identity)
    issue = dump.issue
    if not issue.dumps.exclude(page=dump.page).exists():
        return move_issue(issue, identity)
    publication = publication_for(identity)
    target = find_issue(publication, identity) or _bare_issue(publication, identity)
    if target.pk != issue.pk:
        _join(issue, target, issue.dumps.filter(page=dump.page))
    return target


def move_issue(issue: Issue, identity: Identity) -> Issue:
    publication = publication_for(identity)
    target = find_issue(publication, identity)
    if target is None or target.pk == issue.pk:
        _rename(issue, publication, identity)
        return issue
    _join(issue, target, issue.dumps.all())
    _leave_address(issue, target)
    FormerAddress.objects.filter(issue=issue).update(issue=target)
    issue.delete()
    return target


def _set_page(dump: SourceDump, identity: Identity) -> None:
    if "page" not in identity.given or dump.page == identity.page:
        return
    _refuse_twins(dump.issue, SourceDump.objects.filter(pk=dump.pk), page=identity.page)
    shift = (identity.page - dump.page) * PAGE_STRIDE
    dump.articles.update(position=F("position") + shift)
    dump.page = identity.page
    dump.save(update_fields=["page"])
    index_articles(dump.articles.values_list("pk", flat=True))


def _rename(issue: Issue, publication: Publication, identity: Identity) -> None:
    old_publication = issue.publication
    if (publication.pk, identity.key) != (old_publication.pk, issue.key):
        _leave_address(issue, issue)
        FormerAddress.objects.filter(
            publication_slug=publication.slug, key=identity.key
        ).delete()
    _protect_given(issue, identity)
    issue.publication, issue.key = publication, identity.key
    for name in IDENTITY_COLUMNS:
        setattr(issue, name, getattr(identity, name) or getattr(issue, name))
    issue.sort_date = sort_date(issue.kind, issue.date, issue.year, issue.number)
    issue.save()
    Article.objects.naming(issue).touch()
    _rehome_sections(old_publication, publication, issue.articles.all())
    index_articles(issue.articles.values_list("pk", flat=True))


def _join(issue: Issue, target: Issue, dumps: QuerySet[SourceDump]) -> None:
    _refuse_twins(target, dumps)
    articles = Article.objects.filter(issue=issue, dump__in=dumps)
    ids = list(articles.values_list("pk", flat=True))
    articles.update(issue=target)
    dumps.update(issue=target)
    moved = Article.objects.filter(pk__in=ids)
    _rehome_sections(issue.publication, target.publication, moved)
    index_articles(ids)


def _refuse_twins(
    target: Issue, dumps: QuerySet[SourceDump], page: int | None = None
) -> None:
    for dump in dumps.filter(current=True):
        wanted = dump.page if page is None else page
        twin = (
            target.dumps.filter(page=wanted, current=True).exclude(pk=dump.pk).first()
        )
        if twin:
            text = _(
                "《%(publication)s》%(issue)s%(page)s已有 %(other)s；用 --page 说明是哪一版"
            )
            names = {
                "publication": target.publication,
                "issue": target.label(),
                "page": _("第%d版") % wanted if wanted else "",
                "other": twin.name,
            }
            raise TwinDump(f"{dump.name}: {text % names}")


def _protect_given(issue: Issue, identity: Identity) -> None:
    for name in identity.given - {"page"}:
        if name == "publication":
            unknown = issue.publication.kind == PublicationKind.UNIDENTIFIED
            issue.protect(name, None if unknown else issue.publication.title)
        else:
            issue.protect(name, getattr(issue, name))


def _leave_address(issue: Issue, target: Issue) -> None:
    FormerAddress.objects.update_or_create(
        publication_slug=issue.publication.slug,
        key=issue.key,
        defaults={"issue": target},
    )


def _bare_issue(publication: Publication, identity: Identity) -> Issue:
    return Issue.objects.create(
        publication=publication,
        kind=identity.kind,
        key=identity.key,
        sort_date=identity.sort_date,
        **{name: getattr(identity, name) for name in IDENTITY_COLUMNS},
    )


def _rehome_sections(
    old: Publication, new: Publication, articles: QuerySet[Article]
) -> None:
    """A column belongs to a publication: the articles' columns come along by name."""
    if old.pk == new.pk:
        return
    placed = list(articles.filter(section__isnull=False).select_related("section"))
    homes = {a.section_id: a.section for a in placed if a.section}
    sections = sections_named(new, [section.name for section in homes.values()])
    for section in homes.values():
        home = sections[section.name]
        home.base = section.base | home.base  # an editor's name comes along
        home.save(update_fields=["base"])
    for article in placed:
        article.section = sections[article.section.name] if article.section else None
    Article.objects.bulk_update(placed, ["section"], batch_size=200)
    old.sections.filter(articles__isnull=True).delete()

"""Authors, sections and publications by name: found, or made in bulk.

In: names as the parser gives them.  Out: rows.  A name is one person until an editor
says otherwise; the printed forms are collected in ``variants``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import fuzz

from articles.importing.fields import batched
from articles.importing.identity import (
    UNIDENTIFIED_SLUG,
    UNIDENTIFIED_TITLE,
    Identity,
    find_publication,
)
from articles.importing.pinyin import (
    free_slug,
    person_slug,
    person_sort_key,
    slug,
    slug_candidates,
    sort_key,
)
from articles.importing.protect import printed_name
from articles.models import (
    Author,
    AuthorKind,
    IssueKind,
    Publication,
    PublicationKind,
    Section,
)

Name = tuple[str, str]  # (name, kind)


def authors_named(names: Collection[Name]) -> dict[Name, Author]:
    """A row for each name; missing ones are made."""
    found = _known_authors({name for name, _ in names})
    missing = [name for name in dict.fromkeys(names) if name not in found]
    if missing:
        found |= _make_authors(missing)
    return found


def note_variants(author: Author, printed: Iterable[str]) -> bool:
    """Adds printed forms to the authority record; returns whether there was a new one."""
    if author.is_protected("variants"):
        return False
    fresh = [p for p in printed if p and p != author.name and p not in author.variants]
    author.variants = [*author.variants, *dict.fromkeys(fresh)]
    return bool(fresh)


def whose_variant(variant: str, authors: Collection[Author]) -> Author | None:
    """The author whose name is most like a disagreeing printed form (刘志军 / 刘志国)."""
    best = max(authors, key=lambda a: fuzz.ratio(a.name, variant), default=None)
    return best if best and fuzz.ratio(best.name, variant) >= 50 else None


def sections_named(
    publication: Publication, names: Collection[str]
) -> dict[str, Section]:
    """The publication's columns of these names; missing ones are made.

    One that an editor renamed answers to the name it is printed under, too.
    """
    if not names:
        return {}
    rows = list(publication.sections.all())
    found = {printed_name(row): row for row in rows} | {row.name: row for row in rows}
    taken = {row.slug for row in rows}
    fresh = []
    for name in dict.fromkeys(n for n in names if n not in found):
        address = free_slug(slug(name, 120), name, taken)
        taken.add(address)
        fresh.append(
            Section(
                publication=publication,
                name=name,
                slug=address,
                sort_key=sort_key(name),
            )
        )
    return found | {row.name: row for row in Section.objects.bulk_create(fresh)}


def prune_authors(ids: Collection[int]) -> None:
    """Takes out misread names: those that sign nothing now and no editor has touched."""
    forsaken = Author.objects.filter(
        pk__in=ids, authorships=None, disambiguation="", merged_into=None
    )
    forsaken.filter(base={}, merged=None).delete()


def prune_sections(ids: Collection[int | None]) -> None:
    """Takes out columns that an import has emptied and no editor has touched."""
    emptied = Section.objects.filter(pk__in=[pk for pk in ids if pk], articles=None)
    emptied.filter(base={}).delete()


def publication_for(identity: Identity) -> Publication:
    """The identity's publication, or the one home of the unidentified."""
    found = find_publication(identity.publication)
    if found:
        return found
    if identity.publication is None:
        return Publication.objects.create(
            slug=UNIDENTIFIED_SLUG,
            title=UNIDENTIFIED_TITLE,
            sort_key="~",  # after every letter
            kind=PublicationKind.UNIDENTIFIED,
        )
    title = identity.publication
    candidates = slug_candidates(slug(title), title)
    taken = {UNIDENTIFIED_SLUG} | set(
        Publication.objects.filter(slug__in=candidates).values_list("slug", flat=True)
    )
    newspaper = identity.kind == IssueKind.NEWSPAPER_PAGE
    return Publication.objects.create(
        title=title,
        slug=free_slug(slug(title), title, taken),
        sort_key=sort_key(title),
        kind=PublicationKind.NEWSPAPER if newspaper else PublicationKind.MAGAZINE,
    )


def _known_authors(names: Collection[str]) -> dict[Name, Author]:
    found: dict[Name, Author] = {}
    for batch in batched(names):
        # Of namesakes the one without a distinction; otherwise the oldest.
        rows = Author.objects.filter(name__in=batch).order_by("disambiguation", "pk")
        for row in rows.select_related("merged_into"):
            found.setdefault((row.name, row.kind), row.merged_into or row)
    return found


def _make_authors(names: Collection[Name]) -> dict[Name, Author]:
    wanted = {name: _author_slug(*name) for name in names}
    taken = _taken_slugs(wanted)
    fresh = []
    for (name, kind), base in wanted.items():
        address = free_slug(base, name, taken)
        taken.add(address)
        key = person_sort_key(name) if kind == AuthorKind.PERSON else sort_key(name)
        fresh.append(Author(name=name, kind=kind, slug=address, sort_key=key))
    return {(row.name, row.kind): row for row in Author.objects.bulk_create(fresh)}


def _author_slug(name: str, kind: str) -> str:
    return person_slug(name, 120) if kind == AuthorKind.PERSON else slug(name, 120)


def _taken_slugs(wanted: Mapping[Name, str]) -> set[str]:
    candidates = [
        s for (name, _), base in wanted.items() for s in slug_candidates(base, name)
    ]
    taken: set[str] = set()
    for batch in batched(candidates):
        rows = Author.objects.filter(slug__in=batch)
        taken.update(rows.values_list("slug", flat=True))
    return taken

"""What an author's page tells beyond the list: affiliations and co-authors.

Looks at no more than the author's LOOKED_AT newest signatures.
"""

from __future__ import annotations

from django.db.models import Count, QuerySet

from articles.models import Author, Authorship

LOOKED_AT = 300
COAUTHORS = 24


def printed_forms(author: Author) -> list[str]:
    """Every printed form but the one on record."""
    return [form for form in author.variants if form != author.name]


def affiliations_by_year(author: Author) -> list[tuple[str, list[int]]]:
    """Each affiliation as printed, with the years in which it was."""
    rows = _newest(author).values_list(
        "affiliation", "article__affiliation", "article__issue__year"
    )
    years: dict[str, set[int]] = {}
    for own, of_article, year in rows:
        if name := own or of_article:
            years.setdefault(name, set()).update({year} if year else set())
    return [(name, sorted(found)) for name, found in years.items()]


def coauthors(author: Author) -> QuerySet[Author]:
    """Those who signed with this author, most often first, with ``shared``."""
    articles = _newest(author).values("article")
    return (
        Author.objects.filter(authorships__article__in=articles)
        .exclude(pk=author.pk)
        .annotate(shared=Count("authorships__article"))
        .order_by("-shared", "sort_key", "id")[:COAUTHORS]
    )


def _newest(author: Author) -> QuerySet[Authorship]:
    signed = Authorship.objects.filter(author=author, article__withdrawn=False)
    return signed.order_by("-article_id")[:LOOKED_AT]

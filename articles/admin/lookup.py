"""Searches that an index answers: beginnings of names, and the full-text index.

``__contains`` reads the whole table, and so does ``LIKE`` on SQLite, whose index
does not serve it; a range does.  Each search takes at most MOST rows before anything
is sorted, so a beginning that half the table shares costs no more than a rare one.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet

from articles.models import Publication
from articles.search.finder import find
from articles.search.query import QueryTooLong, parse_query

MOST = 200
YEARS = range(1800, 2200)
LAST = "\U0010ffff"


def begins(field: str, text: str) -> Q:
    """Rows whose indexed ``field`` begins with ``text``.

    A range by code point on SQLite.  PostgreSQL may sort in another collation, where
    a range says something else, but keeps an index for LIKE beside each indexed text.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST})
    return Q(**{f"{field}__startswith": text})


def either(queryset: QuerySet, *conditions: Q) -> QuerySet:
    """Rows that meet one of the conditions, at most MOST for each of them."""
    rows = queryset.select_related(None).order_by()
    ids: set[int] = set()
    for condition in conditions:
        ids.update(rows.filter(condition).values_list("pk", flat=True)[:MOST])
    return queryset.filter(pk__in=ids)


def named(queryset: QuerySet, text: str, name: str) -> QuerySet:
    """By the beginning of a name or of its pinyin: ``王``, ``wang jun``, ``wang-jun``."""
    text = text.strip()
    key = " ".join(text.lower().replace("-", " ").split())
    return either(queryset, begins(name, text), begins("sort_key", key))


def find_issues(queryset: QuerySet, text: str) -> QuerySet:
    """``河石 2023 4``: the beginning of a publication's name, a year, a number."""
    words = text.split()
    numbers = [int(w) for w in words if w.isascii() and w.isdigit() and len(w) < 10]
    name = " ".join(w for w in words if not (w.isascii() and w.isdigit()))
    wanted = Q(sort_date__isnull=False) if numbers else Q()
    if name:
        found = named(Publication.objects.all(), name, "title")
        wanted &= Q(publication__in=list(found.values_list("pk", flat=True)))
    for number in numbers:
        wanted &= _numbered(number)
    return either(queryset, wanted)


def _numbered(number: int) -> Q:
    if number in YEARS:
        return Q(sort_date__year=number)
    return Q(number=number) | Q(total_number=number)


def find_articles(queryset: QuerySet, text: str) -> QuerySet:
    """The newest MOST that the readers' search finds, and the one with this number.

    Withdrawn articles are in no search: the list's own filter has them.
    """
    text = text.strip()
    if not text:
        return queryset
    found = set(
        queryset.model.objects.filter(public_id=text).values_list("pk", flat=True)
    )
    try:
        found.update(find(parse_query(text), size=MOST).articles)
    except QueryTooLong:
        return queryset.none()
    return queryset.filter(pk__in=found)

"""The articles of one page of results, with what a result shows of them.

In: article ids.  Out: ``Article`` rows with issue, publication and section in place and
``Author`` rows and blocks beside them, in three statements written by hand: building the ORM's own
takes longer than the whole search.  Columns that a result does not show are
deferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.base import ModelState

from articles.models import Article, Author, Issue, Publication, Section


def _columns(model: type[Model], names: str) -> list[str]:
    """Those of ``names``, in the order of the table, which ``from_db`` asks for."""
    wanted = set(names.split())
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname in wanted
    ]


_ARTICLE = _columns(
    Article, "id public_id title subtitle page kind issue_id section_id"
)
_ISSUE = _columns(
    Issue, "id kind key year volume number total_number date publication_id"
)
_PUBLICATION = _columns(Publication, "id title slug kind")
_SECTION = _columns(Section, "id name slug publication_id")
_AUTHOR = _columns(Author, "id name slug disambiguation")


class ShownBlock(NamedTuple):
    """``printed`` is None where the text stands as it was printed."""

    pk: int
    role: str
    anchor: str
    text: str
    printed: str | None


def listed_articles(article_ids: Sequence[int]) -> dict[int, Article]:
    """Those that readers may see, by id."""
    if not article_ids:
        return {}
    columns = ", ".join(
        f"{table}.{name}"
        for table, names in (
            ("a", _ARTICLE),
            ("i", _ISSUE),
            ("p", _PUBLICATION),
            ("s", _SECTION),
        )
        for name in names
    )
    rows = _fetch(
        f"SELECT {columns} FROM articles_article a JOIN articles_issue i ON i.id = a.issue_id "
        "JOIN articles_publication p ON p.id = i.publication_id "
        "LEFT JOIN articles_section s ON s.id = a.section_id "
        f"WHERE NOT a.withdrawn AND a.id IN ({_marks(article_ids)})",
        article_ids,
    )
    known: dict[tuple[type[Model], int | None], Any] = {}
    articles = (_article(row, known) for row in rows)
    return {article.pk: article for article in articles}


def authors_of(article_ids: Sequence[int]) -> dict[int, list[Author]]:
    authors: defaultdict[int, list[Author]] = defaultdict(list)
    if article_ids:
        columns = ", ".join(f"u.{name}" for name in _AUTHOR)
        for article, *values in _fetch(
            f"SELECT h.article_id, {columns} FROM articles_authorship h "
            "JOIN articles_author u ON u.id = h.author_id "
            f"WHERE h.article_id IN ({_marks(article_ids)}) ORDER BY h.position, h.id",
            article_ids,
        ):
            authors[article].append(_row(Author, _AUTHOR, values))
    return authors


def blocks_of(article_ids: Sequence[int]) -> dict[int, list[ShownBlock]]:
    """In reading order."""
    blocks: defaultdict[int, list[ShownBlock]] = defaultdict(list)
    if article_ids:
        for article, *values in _fetch(
            "SELECT article_id, id, role, anchor, text, "
            "CASE WHEN printed <> text THEN printed END FROM articles_block "
            f"WHERE article_id IN ({_marks(article_ids)}) ORDER BY article_id, position, id",
            article_ids,
        ):
            blocks[article].append(ShownBlock._make(values))
    return blocks


def _article(row: Sequence[Any], known: dict[Any, Any]) -> Article:
    """``known``: the issues, publications and columns of the rows before."""
    at, parts = 0, []
    for model, names in (
        (Article, _ARTICLE), (Issue, _ISSUE), (Publication, _PUBLICATION), (Section, _SECTION),
    ):  # fmt: skip
        key = model, row[at]  # the id is the first column of each
        if key not in known:
            known[key] = _row(model, names, row[at : at + len(names)])
        parts.append(known[key])
        at += len(names)
    article, issue, publication, section = parts
    # As the descriptors of the fields keep it, which ask first whether it may be.
    issue._state.fields_cache["publication"] = publication
    article._state.fields_cache["issue"] = issue
    article._state.fields_cache["section"] = section if section.pk else None
    return article


def _row(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """As ``from_db`` makes it, without asking each of the model's fields for its turn."""
    row = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    row.__dict__.update(zip(names, values, strict=True), _state=state)
    return row


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _fetch(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()

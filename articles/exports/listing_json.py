"""Publications, topics, authors and sections for machines, with their lists.

In: rows as the pages have them.  Out: JSON-able values.  A list names its neighbours
by ``previous`` and ``next``: addresses to follow until there is none.
"""

from __future__ import annotations

from typing import Any

from articles.models import Article, Author, Issue, Publication, Section, Topic
from articles.pages.listing import Window
from articles.pages.paging import Page


def publication_as_dict(publication: Publication) -> dict[str, Any]:
    return {
        "url": publication.get_absolute_url(),
        "title": publication.title,
        "kind": publication.kind,
        "publisher": publication.publisher or None,
        "place": publication.place or None,
        "languages": [tag.strip() for tag in publication.languages.split(",")],
        "permit_number": publication.permit_number or None,
        "issn": publication.issn or None,
        "description": publication.description or None,
    }


def issue_line(issue: Issue) -> dict[str, Any]:
    return {
        "url": issue.get_absolute_url(),
        "year": issue.year,
        "volume": issue.volume,
        "number": issue.number,
        "total_number": issue.total_number,
        "date": issue.date or None,
    }


def topic_as_dict(topic: Topic) -> dict[str, Any]:
    return {
        "url": topic.get_absolute_url(),
        "name": topic.name,
        "description": topic.description or None,
        "terms": [term["term"] for term in topic.terms],
    }


def author_as_dict(author: Author) -> dict[str, Any]:
    return {
        "url": author.get_absolute_url(),
        "name": author.name,
        "kind": author.kind,
        "disambiguation": author.disambiguation or None,
        "variants": author.variants,
    }


def section_as_dict(section: Section) -> dict[str, Any]:
    return {
        "url": section.get_absolute_url(),
        "name": section.name,
        "publication": section.publication.title,
    }


def article_line(article: Article) -> dict[str, Any]:
    """As a list shows it; the whole article is at its own ``.json``."""
    return {
        "id": article.public_id,
        "url": article.get_absolute_url(),
        "title": article.title,
        "subtitle": article.subtitle or None,
        "kind": article.kind,
        "authors": [signed.author.name for signed in article.authorships.all()],
        "publication": article.issue.publication.title,
        "issue": issue_line(article.issue),
        "section": article.section.name if article.section else None,
        "page": article.page,
    }


def article_list(window: Window, page: Page[Article], address: str) -> dict[str, Any]:
    """``total_is_exact`` is false where counting stopped."""
    return {
        "total": len(window.places),
        "total_is_exact": not window.capped,
        **neighbours(page, address),
        "articles": [article_line(article) for article in page],
    }


def neighbours(page: Page[Any], address: str) -> dict[str, str | None]:
    """``address`` ends in ``?`` or ``&``."""
    return {
        "previous": f"{address}before={page.previous}" if page.previous else None,
        "next": f"{address}after={page.next}" if page.next else None,
    }

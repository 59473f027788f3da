"""The list a reader came from: the articles before and after in it.

A list's links say it in their address, ``?in=/topics/shuili/?year=2021``, so it needs
neither a script nor a memory.  At most a thousand articles are looked at.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from articles.models import Article, Author, Section, Topic
from articles.pages.addresses import address
from articles.pages.filters import ArticleFilter, offered
from articles.pages.listing import look_at
from articles.pages.stencil import Value
from articles.querysets import ArticleQuerySet
from articles.search.asked import BadSearch, understand
from articles.search.limits import SearchTookTooLong, time_limit

PAGING = ("after", "before")
LONGEST = 2000


def trail_from(request: HttpRequest) -> str:
    """What the links of this list end with."""
    kept = request.GET.copy()
    for name in PAGING:
        kept.pop(name, None)
    where = f"{request.path}?{kept.urlencode()}" if kept else request.path
    return f"?in={quote(where, safe='/')}"


def trail_values(request: HttpRequest, article: Article) -> dict[str, Value]:
    """For the template of an article; empty where no list is named, or not a list."""
    where = request.GET.get("in", "")[:LONGEST]
    path, _, query = where.partition("?")
    try:
        found = _listed(resolve(path), QueryDict(query)) if where else None
    except (Resolver404, BadSearch, SearchTookTooLong):
        return {}
    if found is None or article.pk not in found[1]:
        return {}
    label, ids = found
    at = ids.index(article.pk)
    values: dict[str, Value] = {"trail": label, "trail_url": where}
    kept = {"q": request.GET["q"]} if request.GET.get("q") else {}
    query = urlencode({**kept, "in": where}, safe="/")
    for name, near in (
        ("trail_previous", ids[at - 1 : at] if at else []),
        ("trail_next", ids[at + 1 : at + 2]),
    ):
        for public_id, title in Article.objects.filter(pk__in=near).values_list(
            "public_id", "title"
        ):
            values[name] = title
            values[f"{name}_url"] = f"{address('article', public_id)}?{query}"
    return values


def _listed(match: Any, params: QueryDict) -> tuple[str, list[int]] | None:
    """What the list is called, and its articles in its order."""
    lists = {"topic": _topic, "author": _author, "section": _section}
    if match.url_name == "search":
        return _searched(params)
    if match.namespace != "articles" or match.url_name not in lists:
        return None
    row, articles, along = lists[match.url_name](**match.kwargs)
    if row is None:
        return None
    whole = look_at(articles, along)
    chosen = ArticleFilter(params, articles, offered(whole))
    window = look_at(chosen.qs, along) if chosen.narrows else whole
    return str(row), [p.id for p in window.places] if window.capped else window.ids


_List = tuple[Any, ArticleQuerySet, str]


def _topic(slug: str) -> _List:
    row = Topic.objects.filter(slug=slug).first()
    articles = Article.objects.published().about(row)
    return row, articles, "-article_topics__article_id"


def _author(slug: str) -> _List:
    row = Author.objects.filter(slug=slug).first()
    return row, Article.objects.published().signed_by(row), "-authorships__article_id"


def _section(publication: str, slug: str) -> _List:
    row = Section.objects.filter(publication__slug=publication, slug=slug).first()
    return row, Article.objects.published().under(row), "-id"


def _searched(params: QueryDict) -> tuple[str, list[int]]:
    """The page of results come from, and the first of the next one."""
    asked = understand(params)
    with time_limit(connection):
        page = asked.find()
        ids = list(page.articles)
        if following := asked.next_address(page):
            ids += understand(QueryDict(following)).find().articles[:1]
    return gettext("检索“%(words)s”") % {"words": asked.typed.text}, ids

"""Taking away: citations of an article, and articles and issues as files.

Every answer is the same for every reader and carries an ETag.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.utils.http import content_disposition_header

from articles.exports import epub, tei
from articles.exports.article_json import article_as_dict, for_export
from articles.exports.article_text import article_as_text
from articles.exports.citations import (
    Citation,
    as_bibtex,
    as_csl_json,
    as_ris,
    bibtex,
    cite,
    csl,
    ris,
)
from articles.exports.issue_json import issue_as_dict
from articles.exports.issue_text import issue_as_text
from articles.models import Article, Issue
from articles.querysets import STANDING, ArticleQuerySet
from articles.views.browse import find_issue
from articles.views.machine import for_machines, json_answer, site_base


@for_machines
def article_json(request: HttpRequest, public_id: str) -> HttpResponse:
    article = _published(public_id, for_export(Article.objects.all()))
    return json_answer(article_as_dict(article))


@for_machines
def article_text(request: HttpRequest, public_id: str) -> HttpResponse:
    text = article_as_text(_published(public_id, Article.objects.with_listing()))
    return _twin(text, "text/plain; charset=utf-8")


@for_machines
def article_bib(request: HttpRequest, public_id: str) -> HttpResponse:
    return _citation(request, public_id, as_bibtex, bibtex.MEDIA_TYPE, "bib")


@for_machines
def article_ris(request: HttpRequest, public_id: str) -> HttpResponse:
    return _citation(request, public_id, as_ris, ris.MEDIA_TYPE, "ris")


@for_machines
def article_csl(request: HttpRequest, public_id: str) -> HttpResponse:
    return _citation(request, public_id, as_csl_json, csl.MEDIA_TYPE, "json")


@for_machines
def article_epub(request: HttpRequest, public_id: str) -> HttpResponse:
    article = _published(public_id, Article.objects.with_listing())
    book = epub.article_book(article, site_base(request))
    return _file(epub.write_epub(book), epub.MEDIA_TYPE, f"{article.public_id}.epub")


@for_machines
def issue_epub(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return _moved(found, ".epub")
    book = epub.issue_book(found, site_base(request))
    return _file(epub.write_epub(book), epub.MEDIA_TYPE, f"{_file_name(found)}.epub")


@for_machines
def issue_tei(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return _moved(found, ".tei.xml")
    book = epub.issue_book(found, site_base(request))
    return _twin(tei.book_as_tei(book), f"{tei.MEDIA_TYPE}; charset=utf-8")


@for_machines
def issue_json(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return _moved(found, ".json")
    return json_answer(issue_as_dict(found))


@for_machines
def issue_text(
    request: HttpRequest, publication: str, year: str, number: str
) -> HttpResponse:
    found = find_issue(publication, year, number)
    if isinstance(found, HttpResponsePermanentRedirect):
        return _moved(found, ".txt")
    return _twin(issue_as_text(found), "text/plain; charset=utf-8")


def _citation(
    request: HttpRequest,
    public_id: str,
    form: Callable[[Citation], str],
    media_type: str,
    ending: str,
) -> HttpResponse:
    article = _published(public_id, Article.objects.with_listing())
    topics = article.article_topics.filter(decision__in=STANDING).order_by(
        "-score", "topic_id"
    )
    names = topics.values_list("topic__name", flat=True)
    text = form(cite(article, base=site_base(request), topics=names))
    return _file(text.encode(), f"{media_type}; charset=utf-8", f"{public_id}.{ending}")


def _published(public_id: str, articles: ArticleQuerySet) -> Article:
    """Raises Http404 for an article that is not there, or withdrawn."""
    found = articles.published().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = _twin(content, media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _twin(content: bytes | str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"X-Robots-Tag": "noindex"}
    )


def _file_name(issue: Issue) -> str:
    return f"{issue.publication.slug}-{issue.key.replace('/', '-')}"


def _moved(found: HttpResponsePermanentRedirect, ending: str) -> HttpResponse:
    """From an issue's former address to the same form at its present one."""
    return HttpResponsePermanentRedirect(found.url.rstrip("/") + ending)

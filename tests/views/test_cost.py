"""What a page costs does not grow with the collection: as many queries for 20 as for 10."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Issue, Topic
from articles.views.read import values_anew
from tests.factories import add_block, give_topic, make_article, make_author, make_issue
from tests.views.conftest import Collection


def test_twice_the_rows_cost_the_same_queries(
    collection: Collection, client: Client
) -> None:
    client.post("/bookmarks/add/", {"article": collection.article.public_id})
    _grow(collection, client, rows=10, start=100)
    before = {address: _queries(client, address) for address in collection.addresses()}
    _grow(collection, client, rows=10, start=200)
    after = {address: _queries(client, address) for address in collection.addresses()}
    assert after == before


def test_an_article_takes_two_queries(collection: Collection) -> None:
    """One for its freshness, one for what is kept of it; one more at either end of an
    issue, for the issue beside."""
    middle = Article.objects.get(title="什么是旱渠")
    for address, most in (
        (middle.get_absolute_url(), 2),
        (collection.article.get_absolute_url(), 3),
    ):
        Client().get(address)
        assert _queries(Client(), address) <= most


def test_an_article_is_set_in_few_queries(collection: Collection) -> None:
    """Five for what it shows; one more where the contents list and the body disagree."""
    with CaptureQueriesContext(connection) as captured:
        values_anew(collection.article.public_id)
    assert len(captured) <= 6


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _grow(collection: Collection, client: Client, rows: int, start: int) -> None:
    """More of everything, all on the same pages."""
    for n in range(start, start + rows):
        make_issue(collection.publication, year=1900 + n // 10, number=n % 10 + 1)
        article = make_article(
            collection.issue,
            authors=["苏若川", f"同人{n}"],
            section="河与城",
            position=n,
        )
        give_topic(article, collection.topic)
        give_topic(
            collection.article, Topic.objects.create(name=f"题{n}", slug=f"x{n}")
        )
        add_block(collection.article, "又一段。", lines=[n], position=n)
        make_author(f"作者{n}")
        client.post("/bookmarks/add/", {"article": article.public_id})
        Article.objects.filter(pk=article.pk).update(title_variants=["异文"])
    assert Issue.objects.count() > rows


def test_counts_are_as_new_as_the_last_change(
    collection: Collection, client: Client
) -> None:
    def shown() -> str:
        html = client.get("/topics/").content.decode()
        return html[html.index("水利</a>") :].split('class="n">')[1].split("<")[0]

    assert shown() == shown() == "2"
    collection.article.withdrawn = True
    collection.article.save()
    assert shown() == "1"
    give_topic(make_article(), collection.topic)
    assert shown() == "2"

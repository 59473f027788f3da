"""Atom feeds and the OPDS catalogue, read by feedparser."""

from __future__ import annotations

from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Decision
from articles.views import opds
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.clients]

EPUB = "application/epub+zip"


def read(client: Client, address: str) -> feedparser.FeedParserDict:
    answer = client.get(address)
    assert answer.status_code == 200
    # With its own headers: feedparser weighs the declared against the found encoding.
    feed = feedparser.parse(
        answer.content, response_headers={"content-type": answer["Content-Type"]}
    )
    assert not feed.bozo
    assert feed.version == "atom10"
    return feed


def feeds_of(article: object) -> list[str]:
    return [
        "/feeds/articles.atom",
        f"/feeds/publications/{article.issue.publication.slug}.atom",
        f"/feeds/topics/{article.topics.get().slug}.atom",
        f"/feeds/authors/{article.authors.first().slug}.atom",
    ]


def test_each_feed_has_its_articles_with_every_author(client: Client) -> None:
    topic = make.make_topic("水利")
    mine = make.make_article(
        authors=["王军", "李明"], topics=[topic], text="棠水从岭上下来。"
    )
    make.make_article(title="别的")
    for address in feeds_of(mine):
        feed = read(client, address)
        entry = next(one for one in feed.entries if one.title == mine.title)
        assert [author.name for author in entry.authors] == ["王军", "李明"]
        assert entry.link == f"http://testserver{mine.get_absolute_url()}"
        assert entry.id == entry.link
        assert [tag.term for tag in entry.tags] == ["水利"]
        assert "棠水从岭上下来。" in entry.summary
        assert feed.feed.updated
        assert len(feed.entries) == (2 if address == "/feeds/articles.atom" else 1)


def test_what_came_in_last_comes_first_and_no_more_than_a_page(client: Client) -> None:
    issue = make.make_issue()
    topic = make.make_topic()
    rows = [
        make.make_article(issue, authors=["王军"], topics=[topic]) for _ in range(53)
    ]
    for address in ("/feeds/articles.atom", *feeds_of(rows[0])[2:]):
        entries = read(client, address).entries
        assert [entry.title for entry in entries] == [a.title for a in rows[:2:-1]]


def test_arrival_counts_and_not_the_date_of_print(client: Client) -> None:
    topic = make.make_topic()
    for year in (2021, 1950, 1990):
        issue = make.make_issue(year=year)
        make.make_article(issue, authors=["王军"], topics=[topic], title=str(year))
    last = Article.objects.get(title="1990")
    for address in ("/feeds/articles.atom", *feeds_of(last)[2:]):
        entries = read(client, address).entries
        assert [entry.title for entry in entries] == ["1990", "1950", "2021"]


def test_withdrawn_articles_and_declined_topics_are_in_no_feed(client: Client) -> None:
    topic = make.make_topic()
    gone = make.make_article(authors=["王军"], topics=[topic], withdrawn=True)
    declined = make.make_article()
    make.give_topic(declined, topic, Decision.DECLINED)
    for address in feeds_of(gone):
        assert gone.title not in client.get(address).content.decode()
    assert declined.title not in client.get(feeds_of(gone)[2]).content.decode()


def test_an_unchanged_feed_is_not_sent_again(client: Client) -> None:
    article = make.make_article(authors=["王军"], topics=[make.make_topic()])
    for address in [*feeds_of(article), "/opds/", "/opds/newest/"]:
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not first.cookies
    article.title = "新题"
    article.save()
    changed = client.get(
        "/feeds/articles.atom", headers={"If-None-Match": first["ETag"]}
    )
    assert changed.status_code == 200


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    slug = make.make_publication().slug
    for address in ("/feeds/articles.atom", f"/feeds/publications/{slug}.atom"):
        first = client.get(address)
        assert read(client, address).entries == []
        assert client.get(address).content == first.content


def test_the_reader_s_language_changes_no_feed(client: Client) -> None:
    make.make_article(make.make_issue(total_number=212))
    chinese = client.get("/feeds/articles.atom").content
    client.cookies["django_language"] = "en"
    assert client.get("/feeds/articles.atom").content == chinese


def test_hostile_text_stays_text(client: Client) -> None:
    evil = "]]></title><x>&\x0b\x1f\ufffe"
    article = make.make_article(
        make.make_issue(make.make_publication(evil)),
        title=evil,
        authors=[evil],
        topics=[make.make_topic(evil)],
        text=evil,
    )
    for address in [*feeds_of(article), "/opds/newest/", "/opds/publications/"]:
        read(client, address)
        ElementTree.fromstring(client.get(address).content)


@pytest.mark.parametrize("kind", ["publications", "topics", "authors"])
def test_nobody_has_no_feed(client: Client, kind: str) -> None:
    assert client.get(f"/feeds/{kind}/nobody.atom").status_code == 404


def test_questions_do_not_grow_with_the_feed(client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    topic = make.make_topic()
    first = make.make_article(authors=["王军"], topics=[topic])
    addresses = [*feeds_of(first), "/opds/newest/", "/opds/publications/"]
    few = [queries(address) for address in addresses]
    for n in range(9):
        make.make_article(first.issue, authors=["王军", f"乙{n}"], topics=[topic])
        make.make_article(authors=["王军"], topics=[topic, make.make_topic()])
    assert [queries(address) for address in addresses] == few


def test_reading_apps_find_every_issue_from_the_root(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opds, "ISSUES", 2)
    monkeypatch.setattr(opds, "PUBLICATIONS", 2)
    issues = [make.make_issue() for _ in range(5)]
    issues.append(make.make_issue(issues[0].publication))
    for issue in issues:
        make.make_article(issue)
    seen: set[str] = set()
    waiting = ["/opds/"]
    books: list[str] = []
    while waiting:
        address = waiting.pop().removeprefix("http://testserver")
        if address in seen:
            continue
        seen.add(address)
        feed = read(client, address)
        waiting += [link.href for link in feed.feed.links if link.rel == "next"]
        for entry in feed.entries:
            waiting += [one.href for one in entry.links if one.rel == "subsection"]
            books += [one.href for one in entry.links if one.get("type") == EPUB]
    assert {book.removeprefix("http://testserver") for book in books} == {
        issue.get_absolute_url().rstrip("/") + ".epub" for issue in issues
    }
    assert all(client.get(book).status_code == 200 for book in set(books))


def test_an_acquisition_feed_says_that_it_is_one(client: Client) -> None:
    make.make_article()
    root = client.get("/opds/")
    assert "profile=opds-catalog" in root["Content-Type"]
    assert "kind=navigation" in root["Content-Type"]
    newest = client.get("/opds/newest/")
    assert "kind=acquisition" in newest["Content-Type"]
    [entry] = read(client, "/opds/newest/").entries
    rels = {link.rel for link in entry.links}
    assert {
        "http://opds-spec.org/acquisition/open-access",
        "http://opds-spec.org/image",
    } <= rels
    assert (
        client.get(
            next(link.href for link in entry.links if "image" in link.rel)
        ).status_code
        == 200
    )

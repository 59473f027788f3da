"""Previous and next in the list a reader came from."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from articles.models import Article
from articles.search import get_index
from tests.factories import give_topic, make_article, make_issue
from tests.views.conftest import Collection


def _links(html: str, kind: str) -> list[str]:
    found = re.findall(rf'<a class="{kind}" href="(/articles/[^"#]*)', html)
    return list(dict.fromkeys(unescape(address) for address in found))


def _walk(client: Client, address: str) -> list[str]:
    """The articles that ``next`` leads through, from the first of a list."""
    seen = []
    while address:
        html = client.get(address).content.decode()
        seen.append(address.split("?")[0])
        trail = html.partition('class="beside trail"')[2].partition("</nav>")[0]
        found = re.search(r'rel="next" href="([^"]*)"', trail)
        address = unescape(found[1]) if found else ""
        assert len(seen) < 99
    return seen


@pytest.fixture
def listed(collection: Collection) -> Collection:
    """The topic, the author and the section have an article in each of 4 years."""
    for year in range(2001, 2005):
        issue = make_issue(collection.publication, year=year)
        article = make_article(
            issue,
            title=f"渠{year}",
            authors=["苏若川"],
            section="河与城",
            text="水渠。",
        )
        give_topic(article, collection.topic)
    get_index().rebuild()
    return collection


@pytest.mark.parametrize("kind", ["topic", "author", "section", "filtered"])
def test_next_leads_through_the_list_in_its_order(
    listed: Collection, client: Client, kind: str
) -> None:
    address = {
        "topic": listed.topic.get_absolute_url(),
        "author": listed.author.get_absolute_url(),
        "section": listed.article.section.get_absolute_url(),
        "filtered": f"{listed.topic.get_absolute_url()}?publication=huaixia",
    }[kind]
    links = _links(client.get(address).content.decode(), "title")
    assert len(links) >= 4
    assert _walk(client, links[0]) == [link.split("?")[0] for link in links]


def test_next_leads_through_a_search_and_keeps_the_words(
    listed: Collection, client: Client
) -> None:
    html = client.get("/search/?q=水渠").content.decode()
    links = _links(html, "title")
    assert len(links) >= 4 and all("q=" in link for link in links)
    assert _walk(client, links[0]) == [link.split("?")[0] for link in links]
    assert '<mark class="hit">水渠</mark>' in client.get(links[1]).content.decode()


@pytest.mark.parametrize(
    "where",
    ["/nope/", "//evil.example/", "/topics/none/", "/admin/", "/search/?after=x", "x" * 9999, "/topics/shuili/?year=abc"],
)  # fmt: skip
def test_a_strange_list_is_no_list(
    collection: Collection, client: Client, where: str
) -> None:
    article = Article.objects.get(title="什么是旱渠")
    answer = client.get(article.get_absolute_url(), {"in": where})
    assert answer.status_code == 200
    assert 'class="beside trail"' not in answer.content.decode()

"""An article's page as citation managers and search engines read it."""

from __future__ import annotations

import extruct
import pytest
from django.test import Client
from django.test.utils import override_script_prefix

from articles.pages.addresses import address
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.clients]


def test_json_ld_and_highwire_are_found_on_the_page(client: Client) -> None:
    issue = make.make_issue(
        make.make_publication("河石月刊"), number=5, date="2021-05-10"
    )
    article = make.make_article(
        issue,
        title="槐下棋局",
        authors=["王军", "李明"],
        page=4,
        topics=[make.make_topic("民俗")],
    )
    address = f"http://testserver{article.get_absolute_url()}"
    page = client.get(article.get_absolute_url()).content.decode()
    [found] = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert (found["@type"], found["headline"], found["url"]) == (
        "Article",
        "槐下棋局",
        address,
    )
    assert [author["name"] for author in found["author"]] == ["王军", "李明"]
    assert found["datePublished"] == "2021-05-10"
    assert found["isPartOf"]["issueNumber"] == "5"
    assert found["isPartOf"]["isPartOf"]["name"] == "河石月刊"
    assert page.count('<meta name="citation_author"') == 2
    assert '<meta name="citation_publication_date" content="2021/05/10">' in page


def test_a_hostile_title_ends_no_script_and_no_attribute(client: Client) -> None:
    evil = "</script><script>alert(1)</script>\"'><!--"
    article = make.make_article(title=evil, authors=[evil])
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    [found] = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert found["headline"] == evil


def test_the_box_cites_the_printed_page_and_this_one(client: Client) -> None:
    issue = make.make_issue(make.make_publication("河石月刊"), number=5)
    article = make.make_article(issue, title="槐下棋局", authors=["王军"], page=4)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "王军. 槐下棋局[J]. 河石月刊, 2021(5): 4." in page
    assert "王军. 槐下棋局[J/OL]. 河石月刊, 2021(5): 4[20" in page
    for ending in ("bib", "ris", "csl.json"):
        address = f"/articles/{article.public_id}.{ending}"
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_every_address_in_the_link_header_answers(client: Client) -> None:
    from requests.utils import parse_header_links

    article = make.make_article(authors=["王军"])
    links = parse_header_links(client.get(article.get_absolute_url())["Link"])
    own = [link for link in links if link["url"].startswith("http://testserver")]
    assert {link["rel"] for link in own} == {
        "cite-as",
        "author",
        "collection",
        "describedby",
        "item",
    }
    for link in own:
        answer = client.get(link["url"])
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(link.get("type", "text/html"))


def test_pages_name_their_feeds(client: Client) -> None:
    article = make.make_article(authors=["王军"], topics=[make.make_topic()])
    for row in (article.issue.publication, article.topics.get(), article.authors.get()):
        page = client.get(row.get_absolute_url()).content.decode()
        [_, rest] = page.split(
            '<link rel="alternate" type="application/atom+xml" href="'
        )
        assert client.get(rest.split('"')[0]).status_code == 200
        [_, rest] = page.split('<link rel="alternate" type="application/json" href="')
        assert client.get(rest.split('"')[0]).json()["url"] == row.get_absolute_url()
    assert 'href="/opds/"' in client.get("/").content.decode()


@pytest.mark.parametrize("prefix", ["/", "/library/"])
def test_addresses_are_those_of_the_pages(prefix: str) -> None:
    article = make.make_article(authors=["王军"])
    issue, author = article.issue, article.authors.get()
    with override_script_prefix(prefix):
        assert address("article", article.public_id) == article.get_absolute_url()
        assert address("author", author.slug) == author.get_absolute_url()
        parts = (issue.publication.slug, *issue.key.split("/"))
        assert address("issue", *parts) == issue.get_absolute_url()

"""The sitemap and robots.txt, read as crawlers read them."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from articles.exports import sitemaps
from articles.models import Article, Author, Issue, Publication, Section, Topic
from articles.views import crawlers
from tests import factories as make

pytestmark = pytest.mark.django_db

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    found = [loc.text for loc in ElementTree.fromstring(answer.content).iter(f"{S}loc")]
    return [one.removeprefix("http://testserver") for one in found]


def everything() -> set[str]:
    tables = (Issue, Publication, Topic, Author, Section)
    rows = [row for table in tables for row in table.objects.all()]
    rows += Article.objects.published()
    lists = {"/", "/issues/", "/topics/", "/authors/", "/sections/"}
    return lists | {row.get_absolute_url() for row in rows}


def make_some() -> None:
    topic = make.make_topic()
    for n in range(7):
        make.make_article(authors=[f"甲{n}"], topics=[topic], section="乡野")
    make.make_article(withdrawn=True, title="不再示人")


def test_the_sitemap_has_every_page_once(client: Client) -> None:
    make_some()
    found = addresses(client, "/sitemap.xml")
    assert len(found) == len(set(found))
    assert set(found) == everything()


def test_a_large_portal_has_an_index_of_parts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "WHOLE", 10)
    monkeypatch.setattr(crawlers, "PART", 3)
    make_some()
    parts = addresses(client, "/sitemap.xml")
    assert any("?p=2" in part for part in parts)
    found = [address for part in parts for address in addresses(client, part)]
    assert len(found) == len(set(found))
    assert set(found) == everything()


def test_articles_say_when_they_changed(client: Client) -> None:
    article = make.make_article()
    root = ElementTree.fromstring(client.get("/sitemap-articles.xml").content)
    [url] = root.iter(f"{S}url")
    changed = timezone.localdate(article.modified)
    assert url.find(f"{S}lastmod").text == changed.isoformat()


def test_an_unchanged_sitemap_is_not_sent_again(client: Client) -> None:
    make_some()
    for path in ("/sitemap.xml", "/sitemap-articles.xml", "/robots.txt"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    Article.objects.update(withdrawn=True)
    tag = client.get("/sitemap-authors.xml")["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 200


def test_no_part_is_no_page(client: Client) -> None:
    for path in (
        "/sitemap-nothing.xml",
        "/sitemap-articles.xml?p=99",
        "/sitemap-articles.xml?p=x",
    ):
        assert client.get(path).status_code == 404


def test_robots_let_readers_pages_and_nothing_private(client: Client) -> None:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    for path in ("/", "/articles/k3v9/", "/issues/heshi/2021/5/", "/topics/shuili/"):
        assert parser.can_fetch("*", f"http://testserver{path}")
    for path in ("/admin/", "/accounts/sign-in/", "/bookmarks/", "/search/?q=x"):
        assert not parser.can_fetch("*", f"http://testserver{path}")
    assert parser.site_maps() == ["http://testserver/sitemap.xml"]

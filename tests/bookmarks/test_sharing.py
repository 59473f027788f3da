"""A link shows a shelf to whoever has it, and to nobody once it is revoked."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.bookmarks.shelf import shelf_of
from articles.models import Bookshelf, ShareLink
from tests.bookmarks.shelves import mark, put_on
from tests.factories import make_article

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def owner(client: Client, db: None) -> Bookshelf:
    user = User.objects.create_user("不该出现的名字")
    client.force_login(user)
    return shelf_of(user)


def share(client: Client, **fields: object) -> ShareLink:
    client.post("/bookmarks/share/add/", fields)
    return ShareLink.objects.latest("pk")


def test_a_link_shows_what_has_the_tag(client: Client, owner: Bookshelf) -> None:
    shown, other = make_article(title="给人看的"), make_article(title="自己留的")
    put_on(owner, shown, tags="课", note="只给自己看的笔记")
    put_on(owner, other)
    mark(owner, shown.blocks.get(), "虚构")
    link = share(client, title="一份书单", tag=owner.tags.get().pk)
    visitor = Client()
    html = visitor.get(link.get_absolute_url()).text
    assert "一份书单" in html and "给人看的" in html
    for hidden in ("自己留的", "只给自己看的笔记", "不该出现的名字"):
        assert hidden not in html
    link.with_notes, link.tag = True, None
    link.save()
    html = visitor.get(link.get_absolute_url()).text
    assert "自己留的" in html and "只给自己看的笔记" in html


def test_what_is_withdrawn_is_not_shown(client: Client, owner: Bookshelf) -> None:
    article = make_article(title="撤下的")
    put_on(owner, article)
    link = share(client)
    article.withdrawn = True
    article.save()
    for path in (link.get_absolute_url(), f"{link.get_absolute_url()}feed.atom"):
        assert "撤下的" not in Client().get(path).text


def test_the_feed(client: Client, owner: Bookshelf) -> None:
    article = make_article(title="<修渠> & 人")
    put_on(owner, article, note="]]>", block=article.blocks.get())
    link = share(client, title="书单", notes="1")
    answer = Client().get(f"{link.get_absolute_url()}feed.atom")
    feed = ET.fromstring(answer.content)
    assert feed.findtext(f"{ATOM}title") == "书单"
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "<修渠> & 人"
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "]]>"
    href = feed.find(f"{ATOM}entry/{ATOM}link").get("href")
    assert href == f"http://testserver{article.get_absolute_url()}#p1"
    again = {"If-None-Match": answer.headers["ETag"]}
    path = f"{link.get_absolute_url()}feed.atom"
    assert Client().get(path, headers=again).status_code == 304


def test_revoking_works_at_once(client: Client, owner: Bookshelf) -> None:
    link = share(client)
    path = link.get_absolute_url()
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    stranger = Client()
    stranger.force_login(User.objects.create_user("别人"))
    assert stranger.post(f"/bookmarks/share/{link.pk}/revoke/").status_code == 404
    client.post(f"/bookmarks/share/{link.pk}/revoke/")
    assert Client().get(path).status_code == 404
    assert Client().get(f"{path}feed.atom").status_code == 404


def test_a_link_is_unguessable(client: Client, owner: Bookshelf) -> None:
    tokens = {share(client).token for _ in range(20)}
    assert len(tokens) == 20 and all(len(token) == 32 for token in tokens)
    for guess in ("", "x", "0" * 32, tokens.pop()[:-1] + "!"):
        assert Client().get(f"/shared/{guess}/").status_code == 404


def test_an_anonymous_shelf_is_not_shared(client: Client, db: None) -> None:
    client.post("/bookmarks/add/", {"article": make_article().public_id})
    answer = client.post("/bookmarks/share/add/", {})
    assert answer.headers["Location"].startswith("/accounts/sign-in/")
    assert not ShareLink.objects.exists()


def test_links_are_bounded_and_take_only_own_tags(
    client: Client, owner: Bookshelf
) -> None:
    other = shelf_of(User.objects.create_user("别人"))
    put_on(other, make_article(), tags="别人的")
    tag = other.tags.get()
    assert client.post("/bookmarks/share/add/", {"tag": tag.pk}).status_code == 404
    for _ in range(55):
        share_title = {"title": "长" * 300}
        client.post("/bookmarks/share/add/", share_title)
    assert ShareLink.objects.count() == 50

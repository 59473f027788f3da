"""The shelf, with and without an account, with and without JavaScript."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.test import Client

from articles.models import Bookmark, Bookshelf
from tests.factories import make_article
from tests.views.conftest import Collection

ADD, REMOVE, SHELF = "/bookmarks/add/", "/bookmarks/remove/", "/bookmarks/"


def test_the_first_bookmark_makes_the_shelf(
    collection: Collection, client: Client
) -> None:
    article = collection.article
    page = article.get_absolute_url()
    response = client.post(ADD, {"article": article.public_id, "next": page})
    assert (response.status_code, response["Location"]) == (302, page)
    html = client.get(page).content.decode()
    assert 'aria-pressed="true"' in html
    assert '<span class="count" id="shelf-count">1</span>' in html
    assert article.title in client.get(SHELF).content.decode()


def test_twice_is_once_and_off_is_off(collection: Collection, client: Client) -> None:
    wanted = {"article": collection.article.public_id}
    client.post(ADD, wanted)
    client.post(ADD, wanted)
    assert Bookmark.objects.count() == 1
    client.post(REMOVE, wanted)
    client.post(REMOVE, wanted)
    assert Bookmark.objects.count() == 0


def test_a_paragraph_can_be_kept_beside_its_article(
    collection: Collection, client: Client
) -> None:
    wanted = {"article": collection.article.public_id}
    client.post(ADD, wanted)
    client.post(ADD, {**wanted, "block": "p16"})
    assert Bookmark.objects.count() == 2
    assert (
        f"{collection.article.get_absolute_url()}#p16"
        in client.get(SHELF).content.decode()
    )
    client.post(REMOVE, {**wanted, "block": "p16"})
    assert Bookmark.objects.get().block is None


def test_taking_off_can_be_undone(collection: Collection, client: Client) -> None:
    """With its note, tags, date and all, by a press on the page that follows."""
    wanted = {"article": collection.article.public_id}
    client.post(ADD, wanted)
    Bookmark.objects.update(note="再读一遍", created="2021-05-04T12:00:00+08:00")
    client.post(
        f"/bookmarks/{Bookmark.objects.get().pk}/", {"note": "再读", "tags": "水"}
    )
    before = Bookmark.objects.values("note", "created", "read", "tags__name").get()
    html = client.post(REMOVE, wanted, follow=True).text
    assert not Bookmark.objects.exists()
    discard = re.search(r'name="discard" value="(\d+)"', html)[1]
    client.post("/bookmarks/undo/", {"discard": discard})
    assert (
        Bookmark.objects.values("note", "created", "read", "tags__name").get() == before
    )


def test_nobody_else_can_undo(collection: Collection, client: Client) -> None:
    wanted = {"article": collection.article.public_id}
    client.post(ADD, wanted)
    html = client.post(REMOVE, wanted, follow=True).text
    discard = re.search(r'name="discard" value="(\d+)"', html)[1]
    stranger = Client()
    stranger.post(ADD, {"article": collection.poem.public_id})
    assert stranger.post("/bookmarks/undo/", {"discard": discard}).status_code == 404


def test_a_withdrawn_article_can_be_taken_off_but_not_kept(
    collection: Collection, client: Client
) -> None:
    wanted = {"article": collection.article.public_id}
    client.post(ADD, wanted)
    collection.article.withdrawn = True
    collection.article.save()
    assert client.post(ADD, wanted).status_code == 404
    assert client.get(SHELF).status_code == 200
    client.post(REMOVE, wanted)
    assert not Bookmark.objects.exists()


def test_two_readers_do_not_share(collection: Collection) -> None:
    first, second = Client(), Client()
    first.post(ADD, {"article": collection.article.public_id})
    second.post(REMOVE, {"article": collection.article.public_id})
    assert collection.article.title not in second.get(SHELF).content.decode()
    assert collection.article.title in first.get(SHELF).content.decode()


def test_an_account_keeps_its_own(collection: Collection, client: Client) -> None:
    client.force_login(User.objects.create_user("yue"))
    client.post(ADD, {"article": collection.article.public_id})
    assert Bookmark.objects.get().shelf.user.username == "yue"


def test_a_script_gets_the_new_state(collection: Collection, client: Client) -> None:
    wanted = {"article": collection.article.public_id}
    accept = {"accept": "application/json"}
    added = client.post(ADD, wanted, headers=accept).json()
    assert added == {"kept": True, "count": "1", "discard": None}
    removed = client.post(REMOVE, wanted, headers=accept).json()
    assert (removed["kept"], removed["count"]) == (False, "0")
    undone = client.post("/bookmarks/undo/", removed, headers=accept).json()
    assert undone == {"kept": True, "count": "1", "discard": None}


def test_get_changes_nothing_and_bad_posts_are_refused(
    collection: Collection, client: Client
) -> None:
    assert client.get(ADD).status_code == client.get(REMOVE).status_code == 405
    for article in ("", "nope", "\0", "x" * 5000):
        assert client.post(ADD, {"article": article}).status_code == 404
    assert client.post(
        ADD, {"article": collection.article.public_id, "block": "\0"}
    ).status_code == 404  # fmt: skip
    assert not Bookmark.objects.exists()


def test_the_way_back_stays_here(collection: Collection, client: Client) -> None:
    for target in (
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "javascript:1",
    ):
        response = client.post(
            ADD, {"article": collection.article.public_id, "next": target}
        )
        assert response["Location"] == SHELF


def test_a_forged_shelf_is_no_shelf(collection: Collection, client: Client) -> None:
    session = client.session
    session["shelf"] = "'; drop table"
    session.save()
    assert client.get(SHELF).status_code == 200
    client.post(ADD, {"article": collection.article.public_id})
    assert Bookmark.objects.count() == 1


def test_a_long_shelf_is_paged(db: None, client: Client) -> None:
    issue = make_article().issue
    for _ in range(65):
        client.post(ADD, {"article": make_article(issue).public_id})
    seen, query = 0, ""
    while query is not None:
        html = client.get(SHELF + query).content.decode()
        seen += html.count('class="entry"')
        query = (
            html.split('rel="next" href="')[1].split('"')[0]
            if 'rel="next"' in html
            else None
        )
    assert seen == 65


def test_a_shelf_that_was_merged_in_this_moment(
    collection: Collection, client: Client, monkeypatch
) -> None:
    """A sign-in in another tab between asking and writing: no fault, nothing half done."""
    wanted = {"article": collection.article.public_id}
    client.post(ADD, wanted)

    def gone(*args: object) -> None:
        raise Bookshelf.DoesNotExist

    monkeypatch.setattr("articles.bookmarks.joining.locked", gone)
    monkeypatch.setattr("articles.bookmarks.keeping.locked", gone)
    for path in (ADD, REMOVE):
        assert client.post(path, wanted).status_code == 302
        accept = {"accept": "application/json"}
        assert client.post(path, wanted, headers=accept).status_code == 409
    assert Bookmark.objects.count() == 1

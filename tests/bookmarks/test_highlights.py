"""Passages: taken by a script, collected, confirmed, taken off; and the reader's place."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.bookmarks.shelf import shelf_of
from articles.models import Article, Block, Bookmark, Bookshelf, Highlight, ReadingPlace
from tests.bookmarks.shelves import mark, put_on
from tests.factories import add_block, give_topic, make_article, make_topic

JSON = {"accept": "application/json"}
ALL = "/bookmarks/highlights/"


@pytest.fixture
def article(db: None) -> Article:
    article = make_article(
        title="修渠的人", text="河水流过村子。渠修好了，大家都来看。"
    )
    add_block(article, "过了溪口\n它忽然想起什么似的", role="verse", lines=[5])
    add_block(article, "最后一段。", lines=[7])
    return article


def take(client: Client, article: Article, exact: str, block: str = "p1", **more: str):
    form = {"article": article.public_id, "block": block, "exact": exact, **more}
    return client.post(f"{ALL}add/", form, headers=JSON)


def marks(client: Client, article: Article) -> dict[str, Any]:
    html = client.get(article.get_absolute_url()).text
    return json.loads(re.search(r'<script id="marks"[^>]*>(.*?)</script>', html)[1])


def test_an_anonymous_reader_takes_a_passage(client: Client, article: Article) -> None:
    answer = take(client, article, "渠修好了", note="好")
    assert [h["text"] for h in answer.json()["highlights"]] == ["渠修好了"]
    take(client, article, "渠修好了", note="很好")  # twice is once
    take(client, article, "溪口它忽然", block="p5")
    shown = marks(client, article)["highlights"]
    assert [(h["block"], h["start"], h["text"], h["note"]) for h in shown] == [
        ("p1", 7, "渠修好了", "好\n\n很好"),
        ("p5", 2, "溪口它忽然", ""),
    ]
    html = client.get(ALL).text
    assert "渠修好了" in html and f"{article.get_absolute_url()}#p1" in html
    assert marks(Client(), article)["highlights"] == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"exact": "别的话"}, 409),
        ({"exact": ""}, 409),
        ({"exact": "长" * 6000}, 409),
        ({"exact": "\0"}, 409),
        ({"exact": "渠", "block": "p99"}, 404),
        ({"exact": "渠", "block": "\0"}, 404),
        ({"exact": "渠", "article": "nope"}, 404),
    ],
)
def test_what_cannot_be_taken(
    client: Client, article: Article, fields: dict[str, str], status: int
) -> None:
    form = {"article": article.public_id, "block": "p1", **fields}
    assert client.post(f"{ALL}add/", form, headers=JSON).status_code == status
    assert not Highlight.objects.exists()


def test_a_withdrawn_article_gives_nothing_and_keeps_what_was_taken(
    client: Client, article: Article
) -> None:
    take(client, article, "渠修好了")
    article.withdrawn = True
    article.save()
    assert take(client, article, "河水").status_code == 404
    html = client.get(ALL).text
    assert "渠修好了" in html and f'href="{article.get_absolute_url()}' not in html


def test_note_and_taking_off_and_back(client: Client, article: Article) -> None:
    take(client, article, "渠修好了")
    pk = Highlight.objects.get().pk
    client.post(f"{ALL}{pk}/", {"tags": "水"})
    assert client.post(f"{ALL}{pk}/", {"note": "好"}, headers=JSON).json() == {
        "note": "好"
    }
    assert [t.name for t in Highlight.objects.get().tags.all()] == ["水"]
    discard = client.post(f"{ALL}{pk}/remove/", headers=JSON).json()["discard"]
    assert not Highlight.objects.exists()
    client.post("/bookmarks/undo/", {"discard": discard})
    back = Highlight.objects.get()
    assert (back.exact, back.note, back.tags.get().name) == ("渠修好了", "好", "水")


def test_one_collection_by_topic_tag_and_word(client: Client, article: Article) -> None:
    user = User.objects.create_user("若川")
    client.force_login(user)
    give_topic(article, make_topic("水利", slug="shuili"))
    mark(shelf_of(user), article.blocks.first(), "渠修好了")
    other = make_article(text="别的文章里的一句话。")
    mark(shelf_of(user), other.blocks.get(), "一句话")
    client.post(f"{ALL}{Highlight.objects.latest('pk').pk}/", {"tags": "甲"})
    for query, found in [
        ("", {"渠修好了", "一句话"}),
        ("?topic=shuili", {"渠修好了"}),
        ("?tag=甲", {"一句话"}),
        ("?q=修好", {"渠修好了"}),
        ("?q=别的文章", set()),  # in the paragraph, not in the passage
        ("?state=untagged", {"渠修好了"}),
    ]:
        html = client.get(ALL + query).text
        assert set(re.findall(r"<blockquote[^>]*>([^<]+)<", html)) == found, query
    assert 'topic=shuili"' in client.get(ALL).text


def test_a_passage_that_is_gone_waits_and_is_confirmed(
    client: Client, article: Article
) -> None:
    take(client, article, "大家都来看")
    highlight = Highlight.objects.get()
    text = "河水流过村子。渠修好了，大伙都来看。"
    Block.objects.filter(anchor="p1").update(text=text)
    assert marks(client, article)["highlights"] == []
    html = client.get(f"{ALL}?state=lost").text
    assert f"{ALL}{highlight.pk}/place/" in html and "大家都来看" in html
    page = client.get(f"{ALL}{highlight.pk}/place/").text
    found = dict(re.findall(r'name="(block|start|end)" value="(\d+)"', page))
    client.post(f"{ALL}{highlight.pk}/place/confirm/", {**found, "start": "0"})
    assert Highlight.objects.get().exact == "大家都来看"
    client.post(f"{ALL}{highlight.pk}/place/confirm/", found)
    assert Highlight.objects.get().exact == "大伙都来看"
    assert [h["text"] for h in marks(client, article)["highlights"]] == ["大伙都来看"]


# ---- The place where the reader stopped


def remember(client: Client, article: Article, block: str) -> int:
    form = {"article": article.public_id, "block": block}
    return client.post("/bookmarks/place/", form).status_code


def test_reading_goes_on_where_it_stopped(client: Client, article: Article) -> None:
    client.force_login(User.objects.create_user("若川"))
    assert remember(client, article, "p5") == 204
    assert 'class="resume"' in client.get(article.get_absolute_url()).text
    assert f"{article.get_absolute_url()}#p5" in client.get("/bookmarks/").text
    remember(client, article, "p1")
    assert ReadingPlace.objects.get().block.anchor == "p1"
    assert remember(client, article, "p99") == 404


def test_at_the_end_there_is_nothing_to_go_on_with(
    client: Client, article: Article
) -> None:
    user = User.objects.create_user("若川")
    client.force_login(user)
    put_on(shelf_of(user), article)
    remember(client, article, "p5")
    remember(client, article, "p7")
    assert not ReadingPlace.objects.exists()
    assert Bookmark.objects.get().read is not None


def test_nothing_is_remembered_of_who_keeps_nothing(
    client: Client, article: Article
) -> None:
    assert remember(client, article, "p5") == 204
    assert not Bookshelf.objects.exists() and "sessionid" not in client.cookies
    assert "data-remember" not in client.get(article.get_absolute_url()).text
    take(client, article, "渠修好了")
    assert "data-remember" in client.get(article.get_absolute_url()).text
    remember(client, article, "p5")
    assert ReadingPlace.objects.get().block.anchor == "p5"

"""The shelf's page: what a filter finds, what a press does to all of it, what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.bookmarks.shelf import shelf_of
from articles.bookmarks.tags import split_tags
from articles.models import Article, Bookmark, Bookshelf
from tests.bookmarks.shelves import contents, mark, put_on
from tests.factories import give_topic, make_article, make_issue, make_topic

SHELF, BULK = "/bookmarks/", "/bookmarks/bulk/"
DAY = datetime(2021, 5, 1, tzinfo=UTC)


@pytest.fixture
def owner(client: Client, db: None) -> Bookshelf:
    user = User.objects.create_user("若川")
    client.force_login(user)
    return shelf_of(user)


@pytest.fixture
def three(owner: Bookshelf) -> list[Article]:
    old, new = make_issue(year=2001, number=1), make_issue(year=2021, number=2)
    articles = [
        make_article(new, title="修渠的人", authors=["苏若川"]),
        make_article(old, title="末班渡船"),
        make_article(old, title="慢交通"),
    ]
    give_topic(articles[1], make_topic("交通", slug="jiaotong"))
    put_on(owner, articles[0], note="说得真好", tags="水利 待读", created=DAY)
    put_on(owner, articles[1], tags="待读", created=DAY + timedelta(days=2), read=DAY)
    put_on(
        owner,
        articles[2],
        block=articles[2].blocks.get(),
        created=DAY + timedelta(days=1),
    )
    return articles


def titles(client: Client, query: str = "") -> list[str]:
    html = client.get(SHELF + query).text
    return re.findall(r'class="title[^>]*>([^<]+)</a>', html)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["末班渡船", "慢交通", "修渠的人"]),
        ("?order=oldest", ["修渠的人", "慢交通", "末班渡船"]),
        ("?order=issue", ["修渠的人", "末班渡船", "慢交通"]),
        ("?order=printed", ["末班渡船", "慢交通", "修渠的人"]),
        ("?q=渠", ["修渠的人"]),
        ("?q=真好", ["修渠的人"]),
        ("?q=若川", ["修渠的人"]),
        ("?q=水利", ["修渠的人"]),
        ("?q=待读+末班", ["末班渡船"]),
        ("?q=虚构", ["慢交通"]),
        ("?tag=待读", ["末班渡船", "修渠的人"]),
        ("?tag=待读&tag=水利", ["修渠的人"]),
        ("?tag=没有的", []),
        ("?state=read", ["末班渡船"]),
        ("?state=unread", ["慢交通", "修渠的人"]),
        ("?state=noted", ["修渠的人"]),
        ("?state=untagged", ["慢交通"]),
        ("?state=lost", []),
        ("?topic=jiaotong", ["末班渡船"]),
        ("?q=%00&tag=%00&state='&order=password&after=x&topic=%00", ["末班渡船", "慢交通", "修渠的人"]),
    ],
)  # fmt: skip
def test_filters(
    client: Client, three: list[Article], query: str, found: list[str]
) -> None:
    assert titles(client, query) == found


def test_a_paragraph_that_lost_its_place_is_listed_with_its_words(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    bookmark = owner.bookmarks.exclude(quote="").get()
    bookmark.block.delete()
    html = client.get(f"{SHELF}?state=lost").text
    assert bookmark.quote in html and f"/bookmarks/{bookmark.pk}/place/" in html


def test_the_reader_says_where_the_paragraph_is(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    bookmark = owner.bookmarks.exclude(quote="").get()
    Bookmark.objects.update(note="留着")
    block = three[2].blocks.get()
    Bookmark.objects.filter(pk=bookmark.pk).update(block=None)
    page = client.get(f"/bookmarks/{bookmark.pk}/place/").text
    assert f'value="{block.pk}"' in page
    other = three[0].blocks.get()
    client.post(f"/bookmarks/{bookmark.pk}/place/confirm/", {"block": other.pk})
    assert owner.bookmarks.filter(block=None, article=three[2]).exists()
    client.post(f"/bookmarks/{bookmark.pk}/place/confirm/", {"block": block.pk})
    assert owner.bookmarks.get(block=block).note == "留着"


def bulk(client: Client, action: str, **fields: object) -> None:
    client.post(BULK, {"action": action, **fields})


def test_bulk_on_the_chosen(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    chosen = [b.pk for b in owner.bookmarks.filter(article__in=three[:2])]
    bulk(client, "tag", id=chosen, tags="渡口，待读")
    assert owner.bookmarks.filter(tags__name="渡口").count() == 2
    bulk(client, "untag", id=chosen[:1], untag="渡口")
    assert owner.bookmarks.filter(tags__name="渡口").count() == 1
    bulk(client, "read", id=chosen)
    assert owner.bookmarks.filter(read__isnull=False).count() == 2
    assert owner.bookmarks.get(article=three[1]).read == DAY
    bulk(client, "unread", id=chosen)
    assert not owner.bookmarks.filter(read__isnull=False).exists()
    bulk(client, "remove", id=chosen)
    assert titles(client) == ["慢交通"]


def test_bulk_on_everything_the_filter_finds(client: Client, owner: Bookshelf) -> None:
    """Also what is on other pages; and it can be undone in one press."""
    issue = make_issue()
    for n in range(120):
        put_on(
            owner, make_article(issue), tags="甲" if n % 2 else "乙", note=f"号{n}。"
        )
    before = contents(owner)
    bulk(client, "read", all="1", filter="tag=甲")
    assert owner.bookmarks.filter(read__isnull=False).count() == 60
    bulk(client, "unread", all="1", filter="tag=甲")
    bulk(client, "remove", all="1", filter="tag=甲&q=号1")
    left = owner.bookmarks.count()
    assert 60 < left < 120
    discard = owner.discards.get()
    client.post("/bookmarks/undo/", {"discard": discard.pk})
    assert contents(owner) == before


def test_nothing_chosen_does_nothing(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    before = contents(owner)
    for fields in ({}, {"id": ["x", "0", "9" * 30]}, {"all": "1", "filter": "q=没有"}):
        bulk(client, "remove", **fields)
    bulk(client, "nonsense", all="1")
    bulk(client, "untag", all="1", untag="没有的")
    bulk(client, "tag", all="1", tags=" ，, ")
    assert contents(owner) == before


def test_one_press_on_a_row(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    row = owner.bookmarks.get(article=three[0])
    client.post(BULK, {"one": f"read-{row.pk}"})
    row.refresh_from_db()
    assert row.read is not None
    client.post(BULK, {"one": f"remove-{row.pk}"})
    assert not owner.bookmarks.filter(pk=row.pk).exists()
    assert three[0].title in client.get("/bookmarks/taken-off/").text


def test_another_readers_things_are_out_of_reach(
    owner: Bookshelf, three: list[Article]
) -> None:
    highlight = mark(owner, three[0].blocks.get(), "虚构")
    bookmark, tag = owner.bookmarks.first(), owner.tags.first()
    before = contents(owner)
    for stranger in (Client(), Client()):
        stranger.post("/bookmarks/add/", {"article": three[0].public_id})
        for path in (f"{bookmark.pk}/", f"{bookmark.pk}/place/confirm/", f"tags/{tag.pk}/rename/",
                     f"tags/{tag.pk}/remove/", f"highlights/{highlight.pk}/",
                     f"highlights/{highlight.pk}/remove/", f"highlights/{highlight.pk}/place/confirm/"):  # fmt: skip
            stranger.post(f"/bookmarks/{path}", {"note": "x", "name": "x", "block": 1})
        for path in (f"{bookmark.pk}/place/", f"highlights/{highlight.pk}/place/"):
            assert stranger.get(f"/bookmarks/{path}").status_code == 404
        bulk(stranger, "remove", id=[bookmark.pk])
        bulk(stranger, "remove", all="1")
        assert "说得真好" not in stranger.get("/bookmarks/files/export.json").text
    assert contents(owner) == before


def test_notes_and_tags_of_one(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    row = owner.bookmarks.get(article=three[0])
    client.post(
        f"/bookmarks/{row.pk}/", {"note": "一\r\n二", "tags": "水利，ＡＩ、ai，<b>"}
    )
    row.refresh_from_db()
    assert row.note == "一\n二"
    assert {tag.name for tag in row.tags.all()} == {"<b>", "ＡＩ", "水利"}
    assert "<b>" not in client.get(SHELF).text
    assert titles(client, "?tag=<b>") == titles(client, "?tag=AI") == ["修渠的人"]


def test_tags_are_renamed_and_merged(
    client: Client, owner: Bookshelf, three: list[Article]
) -> None:
    mark(owner, three[0].blocks.get(), "虚构").tags.set(owner.tags.filter(name="水利"))
    tag = owner.tags.get(name="水利")
    client.post(f"/bookmarks/tags/{tag.pk}/rename/", {"name": "  "})
    client.post(f"/bookmarks/tags/{tag.pk}/rename/", {"name": "河渠"})
    assert titles(client, "?tag=河渠") == ["修渠的人"]
    client.post(f"/bookmarks/tags/{tag.pk}/rename/", {"name": "待读"})
    assert [t.name for t in owner.tags.all()] == ["待读"]
    assert owner.bookmarks.filter(tags__name="待读").count() == 2
    assert owner.highlights.get().tags.get().name == "待读"
    client.post(f"/bookmarks/tags/{owner.tags.get().pk}/remove/")
    assert owner.bookmarks.count() == 3 and not owner.tags.exists()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("党史， AI,ai；\n水", ["党史", "AI", "水"]),
        (" , ，", []),
        ("长" * 99, ["长" * 40]),
        ("a\x00b\u202ec", ["a b c"]),
    ],
)
def test_tags_as_typed(typed: str, names: list[str]) -> None:
    assert split_tags(typed) == names


def fill(shelf: Bookshelf, number: int) -> None:
    issue = make_issue()
    topic = make_topic()
    for n in range(number):
        article = make_article(issue, authors=[f"作者{n}"], topics=[topic])
        put_on(shelf, article, note="好", tags=f"甲{n % 7} 乙")
        block = article.blocks.get()
        put_on(shelf, article, block=block)
        mark(shelf, block, "虚构", "好")


@pytest.mark.parametrize(
    "path",
    [SHELF, f"{SHELF}?q=好&tag=乙&state=unread&order=issue", "/bookmarks/highlights/",
     "/bookmarks/highlights/?q=虚构&tag=乙", "/bookmarks/tags/", "/bookmarks/files/export.json",
     "/bookmarks/files/export.md", "/bookmarks/taken-off/", "/bookmarks/share/"],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow(
    client: Client, owner: Bookshelf, path: str
) -> None:
    counts = []
    for number in (2, 12):
        fill(owner, number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_a_press_costs_the_same_on_a_long_shelf(
    client: Client, owner: Bookshelf
) -> None:
    counts = []
    for number in (2, 30):
        fill(owner, number)
        article = make_article()
        with CaptureQueriesContext(connection) as queries:
            client.post("/bookmarks/add/", {"article": article.public_id})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_looking_at_a_shelf_makes_none(client: Client, db: None) -> None:
    for path in ("", "highlights/", "tags/", "files/", "share/", "taken-off/"):
        answer = client.get(f"/bookmarks/{path}")
        assert answer.status_code == 200 and "sessionid" not in answer.cookies
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert not Bookshelf.objects.exists()

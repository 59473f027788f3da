"""An anonymous shelf becomes the account's: a union, once and for all."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles.bookmarks import joining
from articles.bookmarks.joining import merge_into_account, put
from articles.bookmarks.records import records_of, union_of_notes
from articles.bookmarks.shelf import MAX_KEPT, ShelfFull, shelf_of
from articles.models import Bookmark, Bookshelf, ReadingPlace
from tests.accounts.conftest import PASSWORD, sign_in, sign_up
from tests.bookmarks.shelves import contents, mark, put_on
from tests.factories import make_article

DAY = datetime(2021, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("若川", password=PASSWORD)


def test_union_of_two_shelves(reader: User, shelf: Bookshelf) -> None:
    account = shelf_of(reader)
    both, here, there = make_article(), make_article(), make_article()
    passage = both.blocks.get()
    put_on(
        account, both, note="账号里写的", tags="水 渠", created=DAY + timedelta(days=3)
    )
    put_on(account, there, block=there.blocks.get(), created=DAY)
    mark(account, passage, "虚构", "甲")
    put_on(shelf, both, note="手机上写的", tags="渠 路", created=DAY, read=DAY)
    put_on(shelf, here, created=DAY)
    mark(shelf, passage, "虚构", "乙")
    mark(shelf, passage, "正文")
    ReadingPlace.objects.create(shelf=shelf, article=both, block=passage)
    merge_into_account(str(shelf.pk), reader)
    assert not Bookshelf.objects.filter(pk=shelf.pk).exists()
    whole = contents(account)
    joined = [b for b in whole["bookmarks"] if b[0] == both.pk]
    assert joined == [
        (
            both.pk,
            0,
            "",
            "账号里写的\n\n手机上写的",
            str(DAY),
            str(DAY),
            ("水", "渠", "路"),
        )
    ]
    assert {b[0] for b in whole["bookmarks"]} == {both.pk, here.pk, there.pk}
    assert [(h[2][h[3] : h[4]], h[5]) for h in whole["highlights"]] == [
        ("虚构", "甲\n\n乙"), ("正文", ""),
    ]  # fmt: skip
    assert len(whole["places"]) == 1
    assert account.tags.count() == 3


@pytest.mark.parametrize("seed", range(8))
def test_merging_is_a_union_and_merging_again_changes_nothing(
    reader: User, seed: int
) -> None:
    """Random shelves with a large overlap; whatever comes first, nothing is lost."""
    chance = random.Random(seed)
    articles = [make_article() for _ in range(6)]
    shelves = [_random_shelf(chance, articles) for _ in range(3)]
    expected = [contents(shelf) for shelf in shelves]
    copies = [records_of(shelf) for shelf in shelves]
    for shelf in shelves:
        merge_into_account(str(shelf.pk), reader)
    account = shelf_of(reader)
    once = contents(account)
    for before in expected:
        _is_contained(before, once)
    for shelf, copy in zip(shelves, copies, strict=True):
        merge_into_account(str(shelf.pk), reader)  # the second login of one session
        put(account, copy)  # a file of the same things
    assert contents(account) == once


def _random_shelf(chance: random.Random, articles: list) -> Bookshelf:
    shelf = Bookshelf.objects.create()
    for article in articles:
        block = article.blocks.get()
        moment = DAY + timedelta(hours=chance.randrange(1000))
        fields = {
            "note": chance.choice(["", "一", "二", "一\n\n二"]),
            "tags": " ".join(chance.sample(["甲", "乙", "丙"], chance.randrange(3))),
            "created": moment,
            "read": chance.choice([None, moment]),
        }
        if chance.random() < 0.6:
            put_on(shelf, article, **fields)
        if chance.random() < 0.6:
            put_on(shelf, article, block=block, **fields)
        if chance.random() < 0.6:
            mark(shelf, block, chance.choice(["虚构", "正文", "一段"]), fields["note"])
    return shelf


def _is_contained(before: dict, after: dict) -> None:
    now = {row[:3]: row for row in after["bookmarks"]}
    for row in before["bookmarks"]:
        twin = now[row[:3]]
        assert set(filter(None, row[3].split("\n\n"))) <= set(twin[3].split("\n\n"))
        assert twin[4] <= row[4] and set(row[6]) <= set(twin[6])
        assert row[5] == "None" or (twin[5] != "None" and twin[5] <= row[5])
    found = {row[:5]: row for row in after["highlights"]}
    for row in before["highlights"]:
        assert set(filter(None, row[5].split("\n\n"))) <= set(
            found[row[:5]][5].split("\n\n")
        )


def test_notes_are_joined_once() -> None:
    assert union_of_notes("", "甲") == "甲"
    assert union_of_notes("甲", "") == "甲"
    assert union_of_notes("甲\n\n乙", "乙\n\n丙") == "甲\n\n乙\n\n丙"
    assert union_of_notes("好文章", "好") == "好文章\n\n好"
    assert union_of_notes("  留着空格\n\n\n", "留着空格") == "  留着空格\n\n\n"


def test_nobody_takes_an_accounts_shelf(reader: User) -> None:
    other = shelf_of(User.objects.create_user("别人"))
    put_on(other, make_article())
    for stored in (str(other.pk), "", "nonsense", None, "' or 1=1"):
        merge_into_account(stored, reader)
    assert other.bookmarks.count() == 1
    assert shelf_of(reader).bookmarks.count() == 0


def test_a_full_account_still_signs_in(
    reader: User, shelf: Bookshelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert joining.Room().things == MAX_KEPT
    few = 20  # rather than twenty thousand
    room = joining.Room(things=few)
    monkeypatch.setattr(joining, "Room", lambda: room)
    account = shelf_of(reader)
    article = make_article()
    Bookmark.objects.bulk_create(
        Bookmark(shelf=account, article=article, quote=f"{n}") for n in range(few)
    )
    put_on(shelf, article)
    with pytest.raises(ShelfFull):
        put(account, records_of(shelf))
    merge_into_account(str(shelf.pk), reader)
    assert account.bookmarks.count() == few + 1


def test_signing_in_brings_the_shelf_and_signing_out_leaves_nothing(
    reader: User,
) -> None:
    first, second = make_article(), make_article()
    shared = Client()
    shared.post("/bookmarks/add/", {"article": first.public_id})
    sign_in(shared, reader.username)
    shared.post("/bookmarks/add/", {"article": second.public_id})
    assert first.title in shared.get("/bookmarks/").text
    shared.post("/accounts/sign-out/")
    page = shared.get("/bookmarks/").text
    assert first.title not in page and second.title not in page
    assert not Bookshelf.objects.filter(user=None).exists()
    shared.post("/bookmarks/add/", {"article": second.public_id})
    assert first.title not in shared.get("/bookmarks/").text
    home = Client()
    sign_in(home, reader.username)
    assert first.title in home.get("/bookmarks/").text


def test_signing_up_brings_the_shelf(client: Client, db: None) -> None:
    article = make_article()
    client.post("/bookmarks/add/", {"article": article.public_id})
    sign_up(client, "新读者")
    sign_in(client, "新读者")
    assert Bookmark.objects.get().shelf.user.username == "新读者"


def test_another_account_on_the_same_machine_gets_nothing(reader: User) -> None:
    article = make_article()
    User.objects.create_user("别人", password=PASSWORD)
    machine = Client()
    sign_in(machine, reader.username)
    machine.post("/bookmarks/add/", {"article": article.public_id})
    sign_in(machine, "别人")  # without signing out
    assert Bookmark.objects.get().shelf.user == reader
    assert article.title not in machine.get("/bookmarks/").text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once(tmp_path: Path) -> None:
    """Two sign-ins of one account, each with a shelf, and both sign-ins of one session,
    all in the same moment, on the real database: one shelf, nothing twice, nothing lost."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bookmarks.race"],
        env={**os.environ, **_database(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _database(tmp_path: Path) -> dict[str, str]:
    """The test's own PostgreSQL database; for SQLite a file, as in life."""
    if connection.vendor != "postgresql":
        return {"SQLITE_PATH": str(tmp_path / "race.sqlite3"), "DATABASE_URL": ""}
    old, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    head, _, query = old.partition("?")
    return {
        "DATABASE_URL": f"{head.rpartition('/')[0]}/{name}"
        + (f"?{query}" if query else "")
    }

"""What somebody can find out, or break, who is not the reader."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from portal.accounts.models import Tally
from portal.accounts.throttle import Limit, address, count
from tests.accounts.conftest import OTHER, PASSWORD, is_signed_in, sign_in, sign_up


def seen(answer, *names: str) -> tuple:
    """All of an answer but what changes with every request, and the name typed."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.text)
    for name in names:
        text = text.replace(name, "NAME")
    headers = {
        k: v
        for k, v in answer.headers.items()
        if k not in ("Content-Length", "Expires")
    }
    return answer.status_code, text, headers, sorted(answer.cookies)


@pytest.fixture
def names(reader: User) -> dict[str, str]:
    User.objects.create_user("停职", password=PASSWORD, is_active=False)
    return {"known": reader.username, "disabled": "停职", "free": "无此人"}


def test_sign_in_tells_no_name(names: dict[str, str]) -> None:
    answers = {
        kind: seen(sign_in(Client(), name, OTHER), name) for kind, name in names.items()
    }
    assert answers["known"] == answers["disabled"] == answers["free"]


def test_a_disabled_account_looks_like_none(names: dict[str, str]) -> None:
    disabled = sign_in(Client(), names["disabled"], PASSWORD)
    assert seen(disabled, names["disabled"]) == seen(
        sign_in(Client(), names["free"], PASSWORD), names["free"]
    )


def test_sign_up_tells_no_name(names: dict[str, str]) -> None:
    answers = []
    for name in (names["known"], names["free"]):
        client = Client()
        first = sign_up(client, name, OTHER)
        second = client.get(first.headers["Location"])
        answers.append((seen(first, name), seen(second, name)))
    assert answers[0] == answers[1]


def test_reset_tells_no_name(names: dict[str, str], mail_server: None) -> None:
    User.objects.filter(username=names["known"]).update(email="r@example.org")
    answers = [
        seen(Client().post("/accounts/password/reset/", {"name": name}), name)
        for name in [*names.values(), "r@example.org", "nobody@example.org"]
    ]
    assert all(answer == answers[0] for answer in answers)
    assert [letter.to for letter in mail.outbox] == [["r@example.org"]] * 2


@pytest.mark.parametrize("ask", [sign_in, sign_up])
def test_no_name_can_be_timed(
    reader: User, monkeypatch: pytest.MonkeyPatch, ask
) -> None:
    """The one slow step, hashing, is done as often for a known name as for a free one."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, *args: object) -> str:
        hashed.append(password)
        return encode(self, password, *args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    times = []
    for name in (reader.username, "无此人"):
        hashed.clear()
        ask(Client(), name, OTHER)
        times.append(len(hashed))
    assert times[0] == times[1] > 0


def test_guessing_at_one_reader_is_stopped(reader: User) -> None:
    """For the guesser's address alone, and whatever addresses it claims to have."""
    guesser = Client(REMOTE_ADDR="10.0.0.1")
    for n in range(10):
        sign_in(guesser, reader.username, f"guess {n}")
    for n in range(50):
        answer = guesser.post(
            "/accounts/sign-in/",
            {"username": reader.username, "password": PASSWORD},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )
        assert answer.status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.2")
    sign_in(elsewhere, reader.username)
    assert is_signed_in(elsewhere)


def test_one_password_on_every_reader_is_stopped(reader: User) -> None:
    sprayer = Client(REMOTE_ADDR="2001:db8::1")
    for n in range(100):
        sign_in(sprayer, f"reader{n}", "123456")
    sprayer = Client(REMOTE_ADDR="2001:db8::2")  # the same /64
    assert sign_in(sprayer, reader.username).status_code == 429
    assert not is_signed_in(sprayer)


def test_sign_ups_are_few_an_hour(client: Client, db: None) -> None:
    answers = [sign_up(client, f"新读者{n}").status_code for n in range(22)]
    assert answers == [302] * 20 + [429] * 2
    assert User.objects.count() == 20


def test_limits_live_in_the_database_and_name_nobody(db: None, rf) -> None:
    limit = Limit("test", 2, timedelta(hours=1))
    who = address(rf.get("/", REMOTE_ADDR="::ffff:10.1.2.3"))
    assert who == "10.1.2.3"
    assert [count(limit, who) for _ in range(3)] == [True, True, False]
    tally = Tally.objects.get()
    assert who not in str(tally.key)
    tally.since -= timedelta(hours=2)
    tally.save()
    assert count(limit, who)


def test_a_password_is_not_guessed_at_an_open_machine(
    client: Client, reader: User
) -> None:
    client.force_login(reader)
    for _ in range(10):
        client.post("/accounts/delete/", {"password": "guess"})
    assert client.post("/accounts/delete/", {"password": PASSWORD}).status_code == 429
    form = {"old_password": PASSWORD, "new_password1": OTHER, "new_password2": OTHER}
    assert client.post("/accounts/password/", form).status_code == 429
    assert User.objects.filter(pk=reader.pk).exists()

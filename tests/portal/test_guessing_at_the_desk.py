"""Guessing a password at the admin's door: ten tries, and the owner is not shut out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client, RequestFactory

from portal.client import client_ip

pytestmark = pytest.mark.django_db

PASSWORD = "right-and-long-enough"
LIMIT = 10


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("bianji", password=PASSWORD, is_staff=True)


def sign_in(password: str, name: str = "bianji", **extra: Any):
    return Client().post(
        "/admin/login/", {"username": name, "password": password}, **extra
    )


def guess(times: int, **extra: Any) -> list[int]:
    return [sign_in(f"wrong-{n}", **extra).status_code for n in range(times)]


def test_ten_wrong_passwords_close_the_door(editor: User) -> None:
    assert guess(LIMIT + 5) == [200] * (LIMIT - 1) + [429] * 6
    assert sign_in(PASSWORD).status_code == 429


def test_it_says_so_in_the_readers_language_and_tells_no_name(editor: User) -> None:
    guess(LIMIT)
    answer = sign_in(PASSWORD).content.decode()
    assert "暂停登录" in answer
    assert "bianji" not in answer


def test_the_owner_gets_in_from_elsewhere(editor: User) -> None:
    guess(LIMIT, REMOTE_ADDR="203.0.113.5")
    assert sign_in(PASSWORD, REMOTE_ADDR="203.0.113.6").status_code == 302


def test_the_owner_gets_in_half_an_hour_later(editor: User) -> None:
    guess(LIMIT)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=31))
    assert sign_in(PASSWORD).status_code == 302


def test_guessing_on_does_not_prolong_it(editor: User) -> None:
    guess(LIMIT)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=20))
    guess(5)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=11))
    assert sign_in(PASSWORD).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(editor: User) -> None:
    guess(LIMIT - 1)
    assert sign_in(PASSWORD).status_code == 302
    guess(LIMIT - 1)
    assert sign_in(PASSWORD).status_code == 302


def test_who_is_signed_in_stays_so(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    guess(LIMIT)
    assert client.get("/admin/").status_code == 200


def test_forged_headers_and_browsers_do_not_help(editor: User) -> None:
    statuses = [
        sign_in(
            f"wrong-{n}",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{n}",
            HTTP_USER_AGENT=f"browser {n}",
        ).status_code
        for n in range(LIMIT + 20)
    ]
    assert statuses[LIMIT:] == [429] * 20


def test_no_name_that_is_there_answers_otherwise_than_one_that_is_not(
    editor: User,
) -> None:
    there = [sign_in("wrong").status_code for _ in range(LIMIT + 2)]
    assert there == [
        sign_in("wrong", name="nobody").status_code for _ in range(LIMIT + 2)
    ]


@pytest.mark.parametrize(
    ("behind", "forwarded", "seen"),
    [
        (False, "198.51.100.7", "203.0.113.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (True, "", "203.0.113.1"),
        (True, "rubbish", "203.0.113.1"),
        (True, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxy_is_believed(
    settings: LazySettings, behind: bool, forwarded: str, seen: str
) -> None:
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get(
        "/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="203.0.113.1"
    )
    assert client_ip(request) == seen

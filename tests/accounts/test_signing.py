"""Signing up, in and out: who is let in, where to, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Reader, ReaderSession
from portal.accounts.sessions import SHARED_MACHINE_AGE
from tests.accounts.conftest import OTHER, PASSWORD, is_signed_in, sign_in, sign_up

OFF_SITE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "//testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://testserver@evil.example/",
    "ftp://testserver/",
    "\x00//evil.example",
]


def test_name_and_password_are_enough(client: Client, db: None) -> None:
    answer = sign_up(client, "苏若川", next="/topics/?after=3")
    assert (
        answer.headers["Location"] == "/accounts/sign-in/?next=%2Ftopics%2F%3Fafter%3D3"
    )
    assert "苏若川" in client.get(answer.headers["Location"]).text
    answer = sign_in(client, "苏若川", next="/topics/?after=3")
    assert answer.headers["Location"] == "/topics/?after=3"
    assert is_signed_in(client)
    assert User.objects.get().email == ""


@pytest.mark.parametrize("target", OFF_SITE)
def test_next_stays_on_the_site(client: Client, reader: User, target: str) -> None:
    answer = sign_up(client, "别人", next=target)
    assert answer.headers["Location"] == "/accounts/sign-in/"
    answer = sign_in(client, reader.username, next=target)
    assert answer.headers["Location"] == "/bookmarks/"


@pytest.mark.parametrize(
    "form",
    [
        {"username": "a"},
        {"username": "名" * 61},
        {"username": "a b"},
        {"username": "a\x00b"},
        {"username": "<b>x</b>"},
        {"password1": "12345678901", "password2": "12345678901"},
        {"password1": "短", "password2": "短"},
        {"password2": "另一个密码也很长"},
        {"password1": "长" * 1025, "password2": "长" * 1025},
        {"username": ""},
    ],
)
def test_a_bad_form_makes_no_account(
    client: Client, db: None, form: dict[str, str]
) -> None:
    whole = {"username": "苏若川", "password1": PASSWORD, "password2": PASSWORD, **form}
    answer = client.post("/accounts/sign-up/", whole)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert PASSWORD not in answer.text
    assert not User.objects.exists()


def test_a_taken_name_keeps_its_password(client: Client, reader: User) -> None:
    sign_up(client, reader.username, OTHER)
    sign_in(client, reader.username, OTHER)
    assert not is_signed_in(client)
    sign_in(client, reader.username, PASSWORD)
    assert is_signed_in(client)


def test_session_changes_at_sign_in_and_dies_at_sign_out(
    client: Client, reader: User
) -> None:
    sign_up(client, reader.username)  # an anonymous session
    before = client.cookies["sessionid"].value
    sign_in(client, reader.username)
    after = client.cookies["sessionid"].value
    assert after != before
    client.post("/accounts/sign-out/")
    assert not ReaderSession.objects.filter(session_key__in=[before, after]).exists()
    client.cookies["sessionid"] = after
    assert not is_signed_in(client)


def test_signing_out_takes_a_post(signed_in: Callable[[], Client]) -> None:
    client = signed_in()
    for path in ("/accounts/sign-out/", "/accounts/sign-out-everywhere/"):
        assert client.get(path).status_code == 405
    assert is_signed_in(client)


def test_sign_out_everywhere(signed_in: Callable[[], Client]) -> None:
    stranger = Client()
    sign_up(stranger, "生客")
    sign_in(stranger, "生客")
    browsers = [signed_in() for _ in range(3)]
    browsers[0].post("/accounts/sign-out-everywhere/")
    assert not any(map(is_signed_in, browsers))
    assert is_signed_in(stranger)


def test_a_new_password_ends_every_other_session(
    signed_in: Callable[[], Client],
) -> None:
    here, elsewhere = signed_in(), signed_in()
    copied = here.cookies["sessionid"].value
    form = {"old_password": PASSWORD, "new_password1": OTHER, "new_password2": OTHER}
    here.post("/accounts/password/", form)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    elsewhere.cookies["sessionid"] = copied
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize("row", [User, Reader])
def test_disabling_ends_the_sessions_for_good(
    signed_in: Callable[[], Client], reader: User, row: type[User]
) -> None:
    client = signed_in()
    shown = row.objects.get(pk=reader.pk)
    shown.is_active = False
    shown.save()
    assert not is_signed_in(client)
    shown.is_active = True
    shown.save()
    assert not is_signed_in(client)


def test_a_shared_machine_is_forgotten(client: Client, reader: User) -> None:
    sign_in(client, reader.username, shared="on")
    assert client.cookies["sessionid"]["max-age"] == ""
    session = ReaderSession.objects.get(user=reader)
    assert session.expire_date <= timezone.now() + SHARED_MACHINE_AGE
    session.expire_date = timezone.now() - timedelta(seconds=1)
    session.save()
    assert not is_signed_in(client)


def test_pages_of_a_reader_are_stored_nowhere(signed_in: Callable[[], Client]) -> None:
    for client in (signed_in(), Client()):
        for path in (
            "",
            "sign-in/",
            "sign-up/",
            "password/",
            "password/reset/",
            "delete/",
        ):
            answer = client.get(f"/accounts/{path}")
            assert answer.headers["Cache-Control"] == "private, no-store", path


def test_looking_writes_nothing(client: Client, db: None) -> None:
    for path in ("sign-in/", "sign-up/", "password/reset/"):
        assert "sessionid" not in client.get(f"/accounts/{path}").cookies
    assert not ReaderSession.objects.exists()


def test_every_form_asks_for_its_token(reader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    for path in ("sign-in/", "sign-up/", "sign-out/", "sign-out-everywhere/"):
        assert client.post(f"/accounts/{path}", {}).status_code == 403, path
    for path in ("password/", "email/", "delete/", "password/reset/"):
        assert client.post(f"/accounts/{path}", {}).status_code == 403, path

"""Readers to sign in with, and letters that are sent at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "槐树底下有一盘棋"
OTHER = "河边又摆了一盘棋"


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("若川", password=PASSWORD)


@pytest.fixture
def signed_in(reader: User) -> Callable[[], Client]:
    """A new browser each time, in which the reader has signed in through the form."""

    def browser() -> Client:
        client = Client()
        sign_in(client, reader.username)
        return client

    return browser


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str):
    return client.post(
        "/accounts/sign-in/", {"username": name, "password": password, **more}
    )


def sign_up(client: Client, name: str, password: str = PASSWORD, **more: str):
    form = {"username": name, "password1": password, "password2": password, **more}
    return client.post("/accounts/sign-up/", form)


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


@pytest.fixture
def mail_server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal that sends letters, without their second's delay."""
    settings.HAS_MAIL_SERVER = True
    for module in ("account", "passwords"):
        monkeypatch.setattr(
            f"portal.accounts.views.{module}.soon", lambda work, *args: work(*args)
        )

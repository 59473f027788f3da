"""A new password: by letter, by an editor; a mailbox confirmed; the server's address."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from articles.roles import ensure_roles
from portal.mail import mail_server as read_url
from tests.accounts.conftest import OTHER, is_signed_in, sign_in


def link_in(text: str) -> str:
    return re.search(r"https?://testserver(/accounts/[^\s\"]+)", text)[1]


def set_new_password(link: str, password: str = OTHER):
    client = Client()
    form = client.get(link, follow=True)
    path = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(path, {"new_password1": password, "new_password2": password})


def test_a_letter_sets_a_new_password_once(reader: User, mail_server: None) -> None:
    reader.email = "r@example.org"
    reader.save()
    open_elsewhere = Client()
    sign_in(open_elsewhere, reader.username)
    for _ in range(10):
        sign_in(Client(), reader.username, "forgotten")  # shut out by now
    Client().post("/accounts/password/reset/", {"name": reader.username})
    link = link_in(mail.outbox[0].body)
    assert set_new_password(link).status_code == 302
    assert not is_signed_in(open_elsewhere)
    client = Client()
    sign_in(client, reader.username, OTHER)
    assert is_signed_in(client)
    assert set_new_password(link, "再改一次的密码").status_code == 200
    client.logout()
    sign_in(client, reader.username, OTHER)
    assert is_signed_in(client)


def test_one_mailbox_is_not_flooded(reader: User, mail_server: None) -> None:
    User.objects.update(email="r@example.org")
    for n in range(9):
        client = Client(REMOTE_ADDR=f"10.0.0.{n}")
        client.post("/accounts/password/reset/", {"name": "r@example.org"})
    assert len(mail.outbox) == 3


def test_without_a_mail_server_the_page_says_whom_to_ask(
    client: Client, settings
) -> None:
    settings.CONTACT = "资料室 周敏 1234567"
    assert "资料室 周敏 1234567" in client.get("/accounts/password/reset/").text


def test_an_editor_gives_a_link_and_learns_no_password(reader: User) -> None:
    editor = User.objects.create_user("校对员", is_staff=True)
    editor.groups.add(ensure_roles())
    desk = Client()
    desk.force_login(editor)
    page = f"/admin/accounts/reader/{reader.pk}/"
    assert "new-password" in desk.get(f"{page}change/").text
    answer = desk.post(f"{page}new-password/")
    assert set_new_password(link_in(answer.text)).status_code == 302
    client = Client()
    sign_in(client, reader.username, OTHER)
    assert is_signed_in(client)


def test_an_editor_reaches_no_other_editor(reader: User) -> None:
    editor = User.objects.create_user("校对员", is_staff=True)
    editor.groups.add(ensure_roles())
    chief = User.objects.create_superuser("主编")
    desk = Client()
    desk.force_login(editor)
    for target in (editor, chief):
        page = f"/admin/accounts/reader/{target.pk}/"
        assert desk.post(f"{page}new-password/").status_code == 404
        assert desk.get(f"{page}change/").status_code == 302
    desk.post(
        f"/admin/accounts/reader/{reader.pk}/change/",
        {"is_active": "on", "is_staff": "on", "is_superuser": "on", "username": "改名"},
    )
    reader.refresh_from_db()
    assert (reader.username, reader.is_staff, reader.is_superuser) == (
        "若川",
        False,
        False,
    )
    client = Client()
    client.force_login(reader)
    assert (
        client.post(f"/admin/accounts/reader/{reader.pk}/new-password/").status_code
        == 302
    )


def test_a_mailbox_counts_once_its_letter_came_back(
    client: Client, reader: User, mail_server: None
) -> None:
    client.force_login(reader)
    client.post("/accounts/email/", {"email": "r@example.org"})
    link = link_in(mail.outbox[0].body)
    client.get(link)
    reader.refresh_from_db()
    assert reader.email == ""
    other = Client()
    other.force_login(User.objects.create_user("别人"))
    other.post(link)
    client.post(link)
    assert list(User.objects.order_by("pk").values_list("email", flat=True)) == [
        "r@example.org",
        "",
    ]
    client.post("/accounts/email/", {"email": ""})
    reader.refresh_from_db()
    assert reader.email == ""
    assert client.post(f"{link[:-1]}x/").status_code == 200


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False)),
        ("smtp+tls://a%40b:p%2Fw@h", ("h", 587, "a@b", "p/w", True, False)),
        ("smtps://u:p@h:4650", ("h", 4650, "u", "p", False, True)),
    ],
)
def test_a_mail_server_is_one_address(url: str, expected: tuple) -> None:
    server = read_url(url)
    assert server.exists
    assert expected == (
        server.host, server.port, server.user, server.password, server.tls, server.ssl,
    )  # fmt: skip


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://h", "smtp://", "smtp://h:x"]
)
def test_a_bad_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        read_url(url)

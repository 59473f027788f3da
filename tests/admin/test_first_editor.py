"""The account that a new portal begins with."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from articles.roles import EDITORS

pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    call_command("create_first_editor", stdout=out)
    return out.getvalue()


def password_in(told: str) -> str:
    return told.split("密码 ")[1].split()[0]


def test_it_prints_a_password_that_opens_the_admin() -> None:
    client = Client()
    typed = {"username": "editor", "password": password_in(run()), "next": "/admin/"}
    assert client.post("/admin/login/", typed).status_code == 302
    assert client.get("/admin/articles/article/").status_code == 200


def test_the_account_is_an_editor_and_no_superuser() -> None:
    run()
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == [EDITORS]


def test_the_password_is_another_one_everywhere() -> None:
    first = password_in(run())
    User.objects.all().delete()
    assert password_in(run()) != first


def test_the_second_time_nothing_changes() -> None:
    run()
    before = User.objects.values().get()
    told = run()
    assert User.objects.values().get() == before
    assert "已有编辑账号" in told
    assert "changepassword editor" in told


def test_a_portal_that_has_another_editor_gets_none() -> None:
    User.objects.create_user("zhubian", is_staff=True)
    assert "changepassword zhubian" in run()
    assert User.objects.count() == 1


def test_a_reader_of_that_name_stays_a_reader() -> None:
    reader = User.objects.create_user("editor", password="mine")
    told = run()
    reader.refresh_from_db()
    assert (reader.is_staff, reader.check_password("mine")) == (False, True)
    assert "editor2" in told

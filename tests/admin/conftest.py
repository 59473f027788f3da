"""An editor as ``create_first_editor`` makes one: no superuser, signed in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.roles import ensure_roles
from tests.indexed import index_goes_along

__all__ = ["index_goes_along"]


@pytest.fixture
def editor(db: None) -> User:
    return make_editor("bianji")


@pytest.fixture
def desk(editor: User) -> Client:
    """A browser in which the editor is signed in."""
    client = Client()
    client.force_login(editor)
    return client


def make_editor(name: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(ensure_roles())
    return user

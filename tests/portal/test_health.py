"""/healthz: 200 when the database answers, 503 when it does not."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_is_well_while_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (200, "ok")
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_says_so_when_the_database_does_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> None:
        raise OperationalError("connection refused at db.internal:5432")

    monkeypatch.setattr(connection, "cursor", unreachable)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert "db.internal" not in answer.content.decode()


def test_it_does_nothing_but_tell(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200

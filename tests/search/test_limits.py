"""A search that takes too long is stopped, and nothing else suffers."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from articles.search import get_index
from articles.search.limits import SearchTookTooLong, time_limit
from tests import factories as make

# Half a minute of work on either engine, and more on a busy machine.
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000000) "
    "SELECT count(*) FROM n"
)


def run(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def timeout() -> Any:
    return run("SHOW statement_timeout") if connection.vendor == "postgresql" else "0"


@pytest.mark.django_db(transaction=True)
def test_it_is_stopped_and_the_connection_is_usable() -> None:
    with pytest.raises(SearchTookTooLong), time_limit(connection, 0.2):
        run(ENDLESS)
    assert run("SELECT 1") == 1
    assert timeout() == "0"


@pytest.mark.django_db
def test_within_a_transaction_only_the_search_is_undone() -> None:
    with transaction.atomic():
        with pytest.raises(SearchTookTooLong), time_limit(connection, 0.1):
            run(ENDLESS)
        assert run("SELECT 1") == 1
        assert timeout() == "0"
        with time_limit(connection, 5):
            assert run("SELECT 2") == 2
        assert timeout() == "0"


@pytest.mark.django_db
def test_no_statement_begins_too_late() -> None:
    with pytest.raises(SearchTookTooLong), time_limit(connection, 0.01):
        time.sleep(0.02)
        run("SELECT 1")
    assert run("SELECT 1") == 1


@pytest.mark.django_db
def test_other_errors_stay_what_they_are() -> None:
    with (
        transaction.atomic(),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        time_limit(connection, 5),
    ):
        run("SELECT nonsense FROM nowhere")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/search/", "/search.json", "/feeds/search.atom"])
def test_the_reader_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("articles.search.finder.newest", lambda *args: run(ENDLESS))
    monkeypatch.setattr("articles.search.limits.SECONDS", 0.1)
    answer = client.get(path, {"q": "发展"})
    assert answer.status_code == 400
    says = {"/search/": "这次检索太费时", "/search.json": "too long"}.get(
        path, "too long"
    )
    assert says in answer.content.decode()
    assert client.get("/search/").status_code == 200


@pytest.mark.django_db
def test_what_was_found_is_shown_without_other_searches(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An offer that would take too long is left out; the results are not."""
    article = make.make_article(text="未来可期")
    get_index().put_many([article.pk])
    monkeypatch.setattr("articles.views.search.lookalikes", lambda *args: run(ENDLESS))
    monkeypatch.setattr("articles.views.search.OFFERED_WITHIN", 0.1)
    answer = client.get("/search/", {"q": "未来"})
    assert answer.status_code == 200
    assert article.get_absolute_url() in answer.content.decode()

"""Databases that cannot do it are refused; the others work in any locale."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

from articles import checks

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's encodings"
)


@pytest.fixture
def other(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """The alias of a new, empty database made with the given options."""
    import psycopg

    name = f"yuelan_other_{os.getpid()}"
    with django_db_blocker.unblock():
        params = connection.get_connection_params()
    params = {
        key: params[key]
        for key in ("dbname", "user", "password", "host", "port")
        if key in params
    }
    with psycopg.connect(**params, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 {request.param}")
        connections.databases["other"] = {
            **connections.databases["default"],
            "NAME": name,
        }
        try:
            with django_db_blocker.unblock():
                yield "other"
        finally:
            with django_db_blocker.unblock():
                connections["other"].close()
            del connections["other"]
            del connections.databases["other"]
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "other",
    ["ENCODING 'SQL_ASCII' LOCALE 'C'", "ENCODING 'LATIN1' LOCALE 'C'"],
    indirect=True,
)
def test_an_encoding_without_chinese_is_refused_with_the_remedy(other: str) -> None:
    [error] = checks.database_knows_chinese(databases=[other])
    assert error.is_serious()
    assert "CREATE DATABASE" in error.hint
    assert "UTF8" in error.hint


@pytest.mark.parametrize(
    "other",
    ["ENCODING 'UTF8' LOCALE 'C'", "ENCODING 'UTF8' LOCALE 'C.UTF-8'"],
    indirect=True,
)
def test_any_locale_in_utf8_indexes_chinese(other: str) -> None:
    """Where ``pg_trgm`` finds nothing in a C locale, pairs of code points do."""
    found = checks.database_knows_chinese(databases=[other])
    found += checks.search_can_index_chinese(databases=[other])
    found += checks.search_index_is_sound(databases=[other])
    assert found == []

"""A search may take so long and no longer; the database stops it, not the reader.

PostgreSQL stops a statement by ``statement_timeout``; SQLite asks a progress handler
while it works.  Either way the connection is fit for use afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SECONDS = 0.8
_STEPS = 20_000  # of SQLite's machine between two looks at the clock: about 1 ms


class SearchTookTooLong(Exception):
    """The search was stopped."""


@contextmanager
def time_limit(
    connection: BaseDatabaseWrapper, seconds: float | None = None
) -> Iterator[None]:
    """Raises SearchTookTooLong from the statement that is running when time is up."""
    deadline = time.monotonic() + (SECONDS if seconds is None else seconds)
    guard = _sqlite_guard if connection.vendor == "sqlite" else _postgres_guard
    try:
        # The guard outside: what it does at the end is not refused for being late.
        with (
            guard(connection, deadline),
            connection.execute_wrapper(_refusing_after(deadline)),
        ):
            yield
    except DatabaseError as error:
        if time.monotonic() < deadline:
            raise
        raise SearchTookTooLong from error


def _refusing_after(deadline: float) -> Any:
    """No statement begins when the time is up."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if time.monotonic() >= deadline:
            raise SearchTookTooLong
        return execute(sql, params, many, context)

    return wrapper


@contextmanager
def _sqlite_guard(connection: BaseDatabaseWrapper, deadline: float) -> Iterator[None]:
    connection.ensure_connection()
    raw = connection.connection
    raw.set_progress_handler(lambda: time.monotonic() >= deadline, _STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def _postgres_guard(connection: BaseDatabaseWrapper, deadline: float) -> Iterator[None]:
    """A transaction (inside another one a savepoint), so that a stop undoes only itself."""
    with transaction.atomic(using=connection.alias):
        before = _set_local(
            connection, max(1, int((deadline - time.monotonic()) * 1000))
        )
        yield
        _set_local(connection, before)


def _set_local(connection: BaseDatabaseWrapper, milliseconds: int | str) -> str:
    """Sets the limit for this transaction; what it was before."""
    with connection.connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT current_setting('statement_timeout'), "
            "set_config('statement_timeout', %s, true)",
            (str(milliseconds),),
        ).fetchone()
    return str(row[0])

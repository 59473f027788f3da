"""Databases of a benchmark's own: empty when it begins, gone when it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

_number = count(1)
_NAME = re.compile(r"(?<=/)[^/?]*(?=\?|\Z)")
_LOCALE = "ENCODING 'UTF8' LOCALE 'C.UTF-8'"


@contextmanager
def empty_database(
    folder: Path, copy_of: dict[str, str] | None = None
) -> Iterator[dict[str, str]]:
    """The environment that names a new database, on the engine that ours names.

    It is empty, or a copy of another one that this function made.
    """
    if os.environ.get("DATABASE_URL"):
        yield from _on_postgresql(os.environ["DATABASE_URL"], copy_of)
    else:
        yield from _on_sqlite(folder, copy_of)


def _on_sqlite(
    folder: Path, copy_of: dict[str, str] | None
) -> Iterator[dict[str, str]]:
    import sqlite3

    path = folder / f"{next(_number)}.sqlite3"
    if copy_of:
        with (
            sqlite3.connect(copy_of["SQLITE_PATH"]) as source,
            sqlite3.connect(path) as target,
        ):
            source.backup(target)
        source.close()
        target.close()
    yield {"SQLITE_PATH": str(path), "DATABASE_URL": ""}
    for left in folder.glob(f"{path.name}*"):
        left.unlink()


def _on_postgresql(
    url: str, copy_of: dict[str, str] | None
) -> Iterator[dict[str, str]]:
    import psycopg

    name = f"yuelan_bench_{os.getpid()}_{next(_number)}"
    template = _NAME.search(copy_of["DATABASE_URL"])[0] if copy_of else "template0"  # type: ignore[index]
    with psycopg.connect(url, autocommit=True) as server:
        locale = "" if copy_of else _LOCALE
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template} {locale}")  # type: ignore[arg-type]
        try:
            yield {"DATABASE_URL": _NAME.sub(name, url, count=1)}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@contextmanager
def kept_database(
    folder: Path, name: str, *, filled: str, anew: bool
) -> Iterator[tuple[dict[str, str], Path]]:
    """As ``empty_database``, but it stays for the next run, with a folder of its own.

    Who has filled it says so with a file ``filled`` in the folder; without, it is empty.
    """
    url = os.environ.get("DATABASE_URL", "")
    own = folder / f"{'postgresql' if url else 'sqlite'}_{name}"
    anew |= not (own / filled).exists()
    if anew:
        shutil.rmtree(own, ignore_errors=True)
    own.mkdir(exist_ok=True)
    if not url:
        yield {"SQLITE_PATH": str(own / "db.sqlite3"), "DATABASE_URL": ""}, own
        return
    database = f"yuelan_bench_{name}"
    _ensure_database(url, database, anew=anew)
    yield {"DATABASE_URL": _NAME.sub(database, url, count=1)}, own


def _ensure_database(url: str, name: str, *, anew: bool) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        if anew:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not server.execute(known, (name,)).fetchone():
            server.execute(f"CREATE DATABASE {name} TEMPLATE template0 {_LOCALE}")  # type: ignore[arg-type]


def measured(
    module: str, arguments: list[str], environment: dict[str, str]
) -> dict[str, Any]:
    """The last line that a benchmark prints in a process of its own, read as JSON.

    Ends this process with the child's status when the child fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "LOG_LEVEL": "ERROR", **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(done.returncode)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result

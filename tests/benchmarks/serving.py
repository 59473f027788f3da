"""A granian worker of one thread, and how many requests a second it answers.

A second is one of the worker's own processor time: it does nothing else, so this is the
rate it has on a machine to itself, also where other work takes turns with it.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

SECONDS = 2.0
PORTAL = "portal.wsgi:application"


class Server(NamedTuple):
    port: int
    pid: int


def rate(
    server: Server, addresses: list[str], tags: dict[str, str] | None = None
) -> float:
    """With ``wrk`` where it is installed.  ``tags``: the ETag that a reader of each
    address has already."""
    tags = tags or {}
    client = http.client.HTTPConnection("127.0.0.1", server.port)
    for address in addresses:  # a first round warms up
        get(client, address, tags.get(address))
    ask = _with_wrk if shutil.which("wrk") else _in_turn
    before = _processor_time(server.pid)
    count = ask(server.port, addresses, tags)
    return count / (_processor_time(server.pid) - before)


def _processor_time(pid: int) -> float:
    """Seconds that the workers started by ``pid`` have been at work."""
    import psutil

    times = [w.cpu_times() for w in psutil.Process(pid).children(recursive=True)]
    return sum(t.user + t.system for t in times)


def _in_turn(port: int, addresses: list[str], tags: dict[str, str]) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port)
    count, end = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        address = addresses[count % len(addresses)]
        get(client, address, tags.get(address))
        count += 1
    return count


def _with_wrk(port: int, addresses: list[str], tags: dict[str, str]) -> int:
    """Four connections that ask for the addresses in turn."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        paths = ", ".join(f'"{address}"' for address in addresses)
        known = ", ".join(f"'{tags.get(address, '')}'" for address in addresses)
        script.write(f"local paths, tags, n = {{{paths}}}, {{{known}}}, 0\n")
        script.write("request = function() n = n % #paths + 1\n")
        script.write("  local headers = {['If-None-Match'] = tags[n]}\n")
        script.write("  return wrk.format('GET', paths[n], headers) end\n")
        script.flush()
        command = ["wrk", "-t1", "-c4", f"-d{SECONDS:.0f}s", "-s", script.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True
        )
    found = re.search(r"(\d+) requests in", done.stdout)
    assert found and "Non-2xx" not in done.stdout, done.stdout + done.stderr
    return int(found[1])


def get(
    client: http.client.HTTPConnection, address: str, tag: str | None = None
) -> tuple[bytes, str]:
    """Body and ETag."""
    client.request("GET", address, headers={"If-None-Match": tag} if tag else {})
    answer = client.getresponse()
    body = answer.read()
    assert answer.status == (304 if tag else 200), (address, answer.status)
    return body, answer.headers.get("ETag", "")


@contextmanager
def server(environment: dict[str, str], application: str = PORTAL) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--workers", "1", "--blocking-threads", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(
        [*command, application], env={**os.environ, **environment}
    )
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Requests a second of the search page and of an empty view, on one granian worker."""

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
from urllib.parse import quote

SECONDS = 4.0


def requests_a_second(strings: list[str]) -> dict[str, float]:
    """``kept``: pages that the portal keeps for a minute; ``anew``: it may keep none."""
    pages = [f"/search/?q={quote(string)}" for string in strings]
    with _server({}) as port:
        empty = _rate(port, ["/empty"])
        kept = _rate(port, pages)
        again = _rate(port, ["/empty"])
    with _server({"KEEP_NO_PAGES": "1"}) as port:
        anew = _rate(port, pages)
    return {"empty": max(empty, again), "kept": kept, "anew": anew}


def _rate(port: int, addresses: list[str]) -> float:
    """With ``wrk`` where it is installed, whose own work costs next to nothing."""
    client = http.client.HTTPConnection("127.0.0.1", port)
    for address in addresses:  # a first round warms up
        _get(client, address)
    if shutil.which("wrk"):
        return _with_wrk(port, addresses)
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS:
        _get(client, addresses[count % len(addresses)])
        count += 1
    return count / spent


def _with_wrk(port: int, addresses: list[str]) -> float:
    """Four connections that ask for the addresses in turn."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        paths = ", ".join(f'"{address}"' for address in addresses)
        script.write(f"local paths, n = {{{paths}}}, 0\n")
        script.write("request = function() n = n % #paths + 1\n")
        script.write("  return wrk.format('GET', paths[n]) end\n")
        script.flush()
        command = ["wrk", "-t1", "-c4", f"-d{SECONDS:.0f}s", "-s", script.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True
        )
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found and "Non-2xx" not in done.stdout, done.stdout + done.stderr
    return float(found[1])


def _get(client: http.client.HTTPConnection, address: str) -> None:
    client.request("GET", address)
    answer = client.getresponse()
    answer.read()
    assert answer.status == 200, (address, answer.status)


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(
        [*command, "portal.wsgi:application"], env={**os.environ, **environment}
    )
    try:
        _wait_for(port)
        yield port
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

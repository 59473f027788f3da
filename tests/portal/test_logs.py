"""One record is one line: nobody writes a line of the log by what they type."""

from __future__ import annotations

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client

FORGED = "x\n2026-01-01 00:00:00,000 INFO portal: all is well\r\x1b[2J\u2028\u0085end"


@pytest.fixture
def log() -> io.StringIO:
    """What the configured handler writes."""
    formatter = dict(settings.LOGGING["formatters"]["line"])
    handler = logging.StreamHandler(stream := io.StringIO())
    factory = logging.config.DictConfigurator({"version": 1}).resolve(
        formatter.pop("()")
    )
    handler.setFormatter(factory(formatter["format"], style=formatter["style"]))
    logger = logging.getLogger()
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def lines(stream: io.StringIO) -> list[str]:
    return stream.getvalue().split("\n")[:-1]


def test_a_message_is_one_line(log: io.StringIO) -> None:
    logging.getLogger("portal").warning("name: %s", FORGED)
    (line,) = lines(log)
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert "\\x1b" in line


def test_the_lines_of_a_traceback_do_not_begin_like_records(log: io.StringIO) -> None:
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("portal").exception("failed: %s", FORGED)
    head, *rest = lines(log)
    assert head.isprintable()
    assert rest and all(line.startswith("    ") for line in rest)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/%0A2026-01-01 INFO x/", "/a%1b%5b2Jb/", "/%e2%80%a8/"]
)
def test_an_address_writes_no_second_line(log: io.StringIO, address: str) -> None:
    Client().get(address)
    assert lines(log)
    assert all(line.isprintable() for line in lines(log))


@pytest.mark.django_db
def test_a_wrong_password_is_not_in_the_log(log: io.StringIO) -> None:
    typed = {"username": "a-name-or-a-password", "password": "a-secret-of-mine"}
    Client().post("/admin/login/", typed)
    assert "login failure" in log.getvalue()
    assert "a-secret-of-mine" not in log.getvalue()
    assert "a-name-or-a-password" not in log.getvalue()

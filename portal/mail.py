"""A mail server in one variable, and letters that no request waits for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

logger = logging.getLogger(__name__)

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
DELAY = 1.0  # seconds; the answer is out of the door before the letter's work begins


@dataclass(frozen=True)
class MailServer:
    """Django's EMAIL_… settings.  ``exists`` is false where no letter can leave."""

    exists: bool = False
    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail_server(url: str) -> MailServer:
    """``smtp://``, ``smtp+tls://`` (STARTTLS) or ``smtps://``, each with
    ``user:password@host:port``; ``console:`` prints letters; empty is none.

    Raises ImproperlyConfigured for anything else.
    """
    if not url:
        return MailServer()
    if url == "console:":
        return MailServer(
            exists=True, backend="django.core.mail.backends.console.EmailBackend"
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL should look like smtp+tls://user:password@mail.example.org "
            f"({', '.join(PORTS)} or console:)."
        )
    return MailServer(
        exists=True,
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def soon(work: Callable[..., None], *args: Any) -> None:
    """Does ``work`` shortly after the answer has been sent, in a thread of its own.

    So no answer takes longer because there was a letter to send: whether a mailbox
    is known cannot be measured.  A failure is logged; nobody waits for it.
    """
    thread = Timer(DELAY, _run, (work, args))
    thread.daemon = True
    thread.start()


def _run(work: Callable[..., None], args: tuple[Any, ...]) -> None:
    try:
        work(*args)
    except Exception:
        logger.exception("A letter could not be sent")
    finally:
        connection.close()

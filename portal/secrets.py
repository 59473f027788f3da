"""The signing key: strong and given in production, made and kept otherwise."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

MIN_LENGTH, MIN_DISTINCT = 50, 10


def production_secret(*, debug: bool) -> str:
    """``SECRET_KEY``, or the contents of the file ``SECRET_KEY_FILE`` names.

    Raises ImproperlyConfigured when it is missing or weak (Django's own measure,
    security.W009), or when DEBUG is on as well.
    """
    if debug:
        raise ImproperlyConfigured(
            "PRODUCTION=1 and DEBUG=1 exclude each other; unset DEBUG."
        )
    secret = os.environ.get("SECRET_KEY", "")
    if path := os.environ.get("SECRET_KEY_FILE"):
        secret = _read(path)
    if not secret:
        raise ImproperlyConfigured(
            "PRODUCTION=1 needs SECRET_KEY or SECRET_KEY_FILE; make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    if (
        len(secret) < MIN_LENGTH
        or len(set(secret)) < MIN_DISTINCT
        or secret.startswith("django-insecure-")
    ):
        raise ImproperlyConfigured(
            f"SECRET_KEY is weak: it needs {MIN_LENGTH} characters or more, of which "
            f"{MIN_DISTINCT} differ, and must not be a sample key."
        )
    return secret


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}") from None


def stored_secret(folder: Path) -> str:
    """This machine's own key, made on first use and readable by its owner only."""
    if secret := os.environ.get("SECRET_KEY"):
        return secret
    folder.mkdir(exist_ok=True)
    path = folder / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        secret = get_random_secret_key()
        file.write(secret)
    return secret

"""What every test shares: the folder of sample dumps, cheap passwords."""

from pathlib import Path

import pytest
from django.conf import LazySettings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sample_dumps() -> Path:
    """The invented publication's dumps."""
    return ROOT / "fixtures" / "dumps"


@pytest.fixture(autouse=True)
def cheap_passwords(settings: LazySettings) -> None:
    """Hashing is made slow on purpose; tests that sign in should not pay for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

"""What every test shares: the folder of sample dumps, cheap passwords."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, settings

from tests.parsed import parse_dump

# A busy machine is slow; what is tested is not.  The same examples each time, so that a
# change is judged by what it does; pytest --hypothesis-profile=wide looks for new ones.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", patient, derandomize=True)
settings.register_profile("wide", patient)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sample_dumps() -> Path:
    """The invented publication's dumps."""
    return ROOT / "fixtures" / "dumps"


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """The samples are brought in by a hundred tests, and always say the same."""
    with mock.patch("articles.importing.work.parse_dump", parse_dump):
        yield


@pytest.fixture(autouse=True)
def cheap_passwords(settings: LazySettings) -> None:
    """Hashing is made slow on purpose; tests that sign in should not pay for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

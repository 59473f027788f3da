"""The library is built once a module, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.search.library import Library, build_library


@pytest.fixture(autouse=True)
def patient_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found must not depend on how busy the machine is; test_limits sets its own."""
    monkeypatch.setattr("articles.search.limits.SECONDS", 60)
    monkeypatch.setattr("articles.search.spelling.SECONDS", 60)
    monkeypatch.setattr("articles.views.search.OFFERED_WITHIN", 60)


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """A test changes settings that no stamp of a kept page knows of."""
    cache.clear()


@pytest.fixture(scope="module")
def library(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Library]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_library()
        transaction.set_rollback(True)

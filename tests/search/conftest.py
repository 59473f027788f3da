"""The library is built once a module, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.search.library import Library, build_library


@pytest.fixture(scope="module")
def library(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Library]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_library()
        transaction.set_rollback(True)

"""The pages' collection, and shelves to put it on."""

from __future__ import annotations

import pytest

from articles.models import Bookshelf
from tests.views.conftest import collection  # noqa: F401


@pytest.fixture
def shelf(db: None) -> Bookshelf:
    return Bookshelf.objects.create()

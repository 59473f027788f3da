"""What every test that changes articles checks in passing: the search index went along.

from tests.indexed import index_goes_along     # in the conftest.py of a folder
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def index_goes_along(request: pytest.FixtureRequest) -> Iterator[None]:
    """At the end no entry says something else than its article, no name than its row.

    Articles that a test made without indexing them have no entry, and do not count.
    """
    yield
    if request.node.get_closest_marker("django_db"):
        assert stale_entries() == []
        assert stale_names() == []


def stale_entries() -> list[int]:
    from articles.models import SearchEntry
    from articles.search.upkeep import differing

    return differing(list(SearchEntry.objects.values_list("article_id", flat=True)))


def stale_names() -> list[tuple[str, int]]:
    """Authors and topics that are suggested by other keys than they have now."""
    from articles.models import Author, NameKey, Topic
    from articles.search.names import author_keys, topic_keys

    there: dict[tuple[str, int], set[bytes]] = {}
    for kind, target, key in NameKey.objects.values_list("kind", "target", "key"):
        there.setdefault((kind, target), set()).add(bytes(key))
    wanted = author_keys(Author.objects.all()) | topic_keys(Topic.objects.all())
    return [of for of in wanted if of in there and wanted[of] != there[of]]

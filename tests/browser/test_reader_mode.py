"""Firefox's reader mode takes the article whole, with its author, and nothing else."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from articles.models import Article, Role
from tests.browser.conftest import DESK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.one_engine,
    pytest.mark.django_db(transaction=True),
]

# @mozilla/readability 0.6.0, unchanged.
READABILITY = Path(__file__).parent / "vendor" / "Readability.js"
READ = "() => {%s\nreturn new Readability(document.cloneNode(true)).parse(); }"
HEAD = (Role.TITLE, Role.KICKER, Role.BYLINE)
LONG = 600  # reader mode offers itself for texts, not for notices


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def _read(page: Page) -> dict:
    parsed = page.evaluate(READ % READABILITY.read_text(encoding="utf-8"))
    assert parsed is not None, page.url
    return parsed


def test_an_article_is_taken_whole_and_alone(sample_dumps: Path, make_reader) -> None:
    call_command("import_dumps", str(sample_dumps), verbosity=0, workers=1)
    reader = make_reader(viewport=DESK)
    articles = Article.objects.filter(characters__gte=LONG, kind="article")
    assert articles.count() >= 5
    for article in articles[:12]:
        blocks = article.blocks.exclude(role__in=HEAD).order_by("position", "id")
        wanted = _letters("".join(blocks.values_list("text", flat=True)))
        parsed = _read(reader.open(article.get_absolute_url()))
        got = _letters(parsed["textContent"])
        same = sum(
            piece.size
            for piece in difflib.SequenceMatcher(
                None, wanted, got, autojunk=False
            ).get_matching_blocks()
        )
        assert same >= 0.99 * len(wanted), (article.title, same, len(wanted))
        assert len(got) - same <= 0.01 * len(wanted) + 5, (article.title, got[-300:])
        assert parsed["title"].startswith(article.title)
        names = [signed.author.name for signed in article.authorships.all()]
        for name in names:
            assert name in (parsed["byline"] or ""), (article.title, parsed["byline"])

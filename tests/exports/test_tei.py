"""An issue as TEI: every word, each paragraph once, with its lines."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client

from articles.exports.epub import issue_book
from articles.exports.tei import book_as_tei
from articles.models import Block, Issue
from tests import factories as make

pytestmark = pytest.mark.django_db

T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
HEAD = ["title", "kicker", "byline"]


def words(element: ElementTree.Element) -> str:
    return re.sub(r"[\s|-]", "", "".join(element.itertext()))


def test_every_paragraph_stands_once_with_its_lines(sample_dumps: Path) -> None:
    call_command("import_dumps", str(sample_dumps), verbosity=0, workers=1)
    for issue in Issue.objects.all():
        root = ElementTree.fromstring(book_as_tei(issue_book(issue)))
        marked = [one for one in root.iter() if one.get(ID) and one.get("n")]
        by_id = {one.get(ID): one for one in marked}
        assert len(by_id) == len(marked)
        blocks = Block.objects.filter(article__issue=issue).exclude(role__in=HEAD)
        assert len(by_id) == blocks.count()
        for block in blocks.select_related("article"):
            found = by_id[f"a{block.article.public_id}-{block.anchor}"]
            assert found.get("n").split() == [str(line) for line in block.lines]
            assert words(found) == re.sub(r"[\s|-]", "", block.text)


def test_doubt_and_printed_pages_are_marked() -> None:
    issue = make.make_issue(make.make_publication("河石月刊"), total_number=212)
    article = make.make_article(issue, page=4, section="乡野", authors=["王军", "李明"])
    make.add_block(article, "存疑的一段。", confidence=0.62)
    root = ElementTree.fromstring(book_as_tei(issue_book(issue)))
    [section] = root.iter(f"{T}body")
    assert section.find(f"{T}div/{T}head").text == "乡野"
    [page] = root.iter(f"{T}pb")
    assert page.get("n") == "4"
    assert [one.text for one in root.iter(f"{T}docAuthor")] == ["王军", "李明"]
    assert [one.get("cert") for one in root.iter(f"{T}p") if one.get(ID)] == [
        None,
        "0.62",
    ]


def test_hostile_text_stays_text(client: Client) -> None:
    evil = '</p><x y="&\x0b]]>'
    issue = make.make_issue(make.make_publication(evil, slug="e"), number=5)
    article = make.make_article(
        issue, title=evil, kicker=evil, authors=[evil], section=evil
    )
    for role in ("heading", "verse", "list_item", "note"):
        make.add_block(article, evil, role=role)
    answer = client.get("/issues/e/2021/5.tei.xml")
    assert answer["Content-Type"] == "application/tei+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert not list(root.iter(f"{T}x"))
    call_command("export_issue", "e/2021/5", format="tei", output=Path("/dev/null"))


def test_an_issue_without_articles_is_a_document() -> None:
    ElementTree.fromstring(book_as_tei(issue_book(make.make_issue())))

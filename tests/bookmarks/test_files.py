"""A shelf as a file: out and in again it is the same shelf; nothing in it runs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.bookmarks.formats.reading import read_file
from articles.bookmarks.formats.sheet import BadFile
from articles.bookmarks.formats.table import RUNNABLE, neutral, original
from articles.bookmarks.shelf import shelf_of
from articles.models import Article, Bookshelf, ReadingPlace
from tests.bookmarks.shelves import contents, mark, put_on
from tests.factories import add_block, make_article

MOMENT = datetime(2021, 5, 4, 8, 30, 5, tzinfo=UTC)
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＠x",
    "'already",
    "</A><script>alert(1)</script>",
    "# 不是标题 [链接](javascript:alert(1)) `码` <b>",
    '"引号", 逗号\n\n换行',
    "1. 不是列表\n- 也不是",
]


@pytest.fixture
def owner(client: Client, db: None) -> Bookshelf:
    """The shelf of the client's reader."""
    user = User.objects.create_user("若川")
    client.force_login(user)
    return shelf_of(user)


@pytest.fixture
def article(db: None) -> Article:
    article = make_article(
        authors=["苏若川"], title="修渠的人 & <水>", text="河水流过村子。"
    )
    add_block(article, "渠修好了，大家都来看，看了一整天。", lines=[5])
    return article


@pytest.fixture
def full(owner: Bookshelf, article: Article) -> Bookshelf:
    """One of everything, and everything that could go wrong in a file."""
    first, second = article.blocks.order_by("position")
    put_on(
        owner, article, note="两行\n\n第二段", tags="水 AI", created=MOMENT, read=MOMENT
    )
    put_on(owner, article, block=first, created=MOMENT)
    lost = put_on(
        owner, article, block=second, note="不在了", tags="水", created=MOMENT
    )
    lost.block = None
    lost.save()
    for note in HOSTILE:
        put_on(owner, make_article(title=note[:60]), note=note, created=MOMENT)
    mark(owner, second, "大家都来看", "好\n\n很好").tags.set(owner.tags.all())
    gone = mark(owner, second, "看了一整天")
    gone.paragraph = gone.paragraph.replace("一整天", "两整天")
    gone.save()
    owner.highlights.update(created=MOMENT)
    ReadingPlace.objects.create(
        shelf=owner, article=article, block=second, updated=MOMENT
    )
    return owner


def export(client: Client, form: str) -> bytes:
    answer = client.get(f"/bookmarks/files/export.{form}")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    return answer.content


def bring(client: Client, content: bytes, name: str = "shelf"):
    upload = SimpleUploadedFile(name, content)
    return client.post("/bookmarks/files/import/", {"file": upload})


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_out_and_in_again_changes_nothing(
    client: Client, full: Bookshelf, form: str
) -> None:
    before = contents(full)
    answer = bring(client, export(client, form))
    assert answer.status_code == 200
    assert contents(full) == before


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("json", ["bookmarks", "highlights", "places"]),
        ("csv", ["bookmarks", "highlights"]),
        ("html", ["bookmarks"]),
    ],
)
def test_into_an_empty_shelf(
    client: Client, full: Bookshelf, form: str, kinds: list[str]
) -> None:
    before, content = contents(full), export(client, form)
    other = Client()
    other.force_login(User.objects.create_user("别人"))
    bring(other, content)
    after = contents(shelf_of(User.objects.get(username="别人")))
    for kind in kinds:
        assert after[kind] == before[kind]


def test_highlights_are_web_annotations(client: Client, full: Bookshelf) -> None:
    data = json.loads(export(client, "json"))
    found = [a for a in data["highlights"] if a["body"]]
    quote, position = found[0]["target"]["selector"]
    assert (quote["type"], position["type"]) == (
        "TextQuoteSelector",
        "TextPositionSelector",
    )
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == (
        "渠修好了，", "大家都来看", "，看了一整天。",
    )  # fmt: skip
    assert found[0]["target"]["source"].endswith("#p5")
    for annotation in data["highlights"]:  # as another program would send it
        del annotation["paragraphText"], annotation["printed"]
    before = contents(full)
    bring(client, json.dumps(data).encode())
    assert contents(full)["bookmarks"] == before["bookmarks"]
    assert (
        len(contents(full)["highlights"]) <= len(before["highlights"]) + 1
    )  # the lost one


def test_no_cell_runs(client: Client, full: Bookshelf) -> None:
    content = export(client, "csv")
    assert content.startswith(b"\xef\xbb\xbfkind,")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(tuple("=+-@\t\r＝＋－＠"))
    assert all(
        original(neutral(text)) == text for text in [*HOSTILE, "", "'", "''", "水"]
    )
    assert all(neutral(start + "x").startswith("'") for start in RUNNABLE)


class Linkding(HTMLParser):
    """Reads a bookmark file as bookmark programs do: one link, then its description."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.current = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.current = tag
        if tag == "a":
            self.found.append({**{k: v or "" for k, v in attrs}, "title": "", "dd": ""})
        assert tag in ("meta", "title", "h1", "dl", "p", "dt", "a", "dd")

    def handle_data(self, data: str) -> None:
        if self.current == "a":
            self.found[-1]["title"] += data.strip("\n")
        elif self.current == "dd":
            self.found[-1]["dd"] += data


def test_other_programs_read_the_bookmark_file(client: Client, full: Bookshelf) -> None:
    reader = Linkding()
    reader.feed(export(client, "html").decode())
    assert len(reader.found) == full.bookmarks.count()
    whole = next(link for link in reader.found if link.get("tags") == "AI,水")
    assert whole["href"].startswith("http://testserver/articles/")
    assert whole["add_date"] == str(int(MOMENT.timestamp()))
    assert (whole["title"], whole["dd"].strip()) == (
        "修渠的人 & <水>",
        "两行\n\n第二段",
    )
    notes = {link["dd"].strip("\n") for link in reader.found}
    assert {note.strip("\n") for note in HOSTILE if "\r" not in note} <= notes


def test_a_writer_gets_each_quotation_with_its_reference(
    client: Client, full: Bookshelf
) -> None:
    text = export(client, "md").decode()
    quoted = text[text.index("> 大家都来看") :]
    assert "苏若川. 修渠的人" in quoted.split("\n")[2]
    assert "/articles/" in quoted.split("\n")[2] and "#p5>" in quoted.split("\n")[2]
    assert "<script" not in text and not re.search(r"[^\\]\]\(javascript", text)
    assert "\n# 不是标题" not in text


def test_a_browsers_bookmarks_are_sorted_out(client: Client, article: Article) -> None:
    """Links of ours, whatever the host, and a list of all others."""
    content = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p><DT><H3 ADD_DATE="1">文件夹</H3><DL><p>
<DT><A HREF="https://old.example.org/articles/{article.public_id}/" ADD_DATE="1620117005000" ICON="data:,">题</A>
<DT><A HREF="https://old.example.org/articles/{article.public_id}/#p5" TAGS="水，渠">段</A>
<DD>一句话
<DT><A HREF="https://elsewhere.example/x">别处</A>
<DT><A HREF="javascript:alert(1)">x</A>
<DT><A HREF="http://[bad">y</A>
<DT><A HREF="https://old.example.org/articles/nosuch/">没有的</A>
</DL><p></DL><p>""".encode()
    answer = bring(client, content, "书签.html")
    shelf = Bookshelf.objects.get()
    assert [(b.block_id is None, b.note, b.created == MOMENT) for b in shelf.bookmarks.order_by("pk")] == [
        (True, "", True), (False, "一句话", False),
    ]  # fmt: skip
    assert {tag.name for tag in shelf.tags.all()} == {"水", "渠"}
    assert "https://elsewhere.example/x" in answer.text and "nosuch" in answer.text
    assert '<a href="javascript' not in answer.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "第 1 行"),
        (b"{\n\n  bad}", "第 3 行"),
        (b'{"format": "other"}', "yuelan-shelf"),
        (b'{"format": "yuelan-shelf", "version": 9}', "9"),
        (b'{"format": "yuelan-shelf", "version": 1, "bookmarks": [{"note": 1}]}', "bookmarks[0]"),
        (b'{"format": "yuelan-shelf", "version": 1, "bookmarks": [{"article": "a", "created": "soon"}]}', "bookmarks[0]"),
        (b'{"format": "yuelan-shelf", "version": 1, "highlights": [{"article": "a", "target": {"selector": [{"type": "TextQuoteSelector", "exact": ""}]}}]}', "highlights[0]"),
        (b"[" * 100_000, "第 1 行"),
        (b"{" + b'"a":{' * 100_000, "嵌套"),
        (b"kind,article\nbookmark,a\nother,b\n", "第 3 行"),
        (b'kind,article\nbookmark,"a', "第 2 行"),
        (b"kind,article,start,end,paragraph_text\nhighlight,a,5,2,abc\n", "第 2 行"),
        (b"<html><body>no links</body></html>", "链接"),
        (b"kind,article\nbookmark,\xff\xfe\xfd\n", "第 2 行"),
        (b"\x00\x01\x02", "第 1 行"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_with_its_line(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said.replace("[", r"\[")):
        read_file(content)


def test_a_bad_file_changes_nothing_and_says_so(
    client: Client, full: Bookshelf
) -> None:
    before = contents(full)
    content = export(client, "csv").replace(b"highlight,", b"nonsense,", 1)
    answer = bring(client, content, "我的书架.csv")
    assert answer.status_code == 400
    assert "我的书架.csv" in answer.text and 'role="alert"' in answer.text
    assert contents(full) == before
    assert client.post("/bookmarks/files/import/").status_code == 400


def test_our_table_saved_again_by_a_chinese_spreadsheet(
    client: Client, owner: Bookshelf, article: Article
) -> None:
    put_on(owner, article, note="再读", tags="水", created=MOMENT)
    before = contents(owner)
    text = export(client, "csv").decode("utf-8-sig")
    bring(client, text.encode("gb18030"))
    assert contents(owner) == before


def test_a_shelf_is_a_book(client: Client, full: Bookshelf, article: Article) -> None:
    names = zipfile.ZipFile(io.BytesIO(export(client, "epub"))).namelist()
    assert len([n for n in names if re.search(r"a\d{4}\.xhtml$", n)]) == 1 + len(
        HOSTILE
    )
    path = "/bookmarks/files/export.epub"
    assert client.get(path).content == client.get(path).content
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{path}?tag=水").content))
    [chapter] = [n for n in book.namelist() if n.endswith("a0001.xhtml")]
    assert "河水流过村子。" in book.read(chapter).decode()
    assert client.get(f"{path}?tag=没有").status_code == 404
    assert Client().get(path).status_code == 404


def test_an_empty_shelf_can_be_taken_out(client: Client, db: None) -> None:
    for form in ("json", "csv", "html", "md"):
        assert client.get(f"/bookmarks/files/export.{form}").status_code == 200
    assert client.get("/bookmarks/files/export.exe").status_code == 404
    assert not Bookshelf.objects.exists()

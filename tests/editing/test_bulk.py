"""Spreadsheets and replacing: every difference is shown, nothing else is changed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from articles.editing.acting import Refused
from articles.editing.bulk import Wish, carry_out, cell_of, differences
from articles.editing.spreadsheet import FIELDS, as_csv, as_xlsx, read
from articles.editing.undoing import undo
from articles.importing.indexing import index_articles
from articles.importing.plan import Verdict
from articles.models import Article, ArticleKind, Issue, Revision
from tests import factories as make
from tests.editing.conftest import article, block, export, texts
from tests.importing.sheets import village

pytestmark = pytest.mark.django_db
FORMS = {"csv": as_csv, "xlsx": as_xlsx}
# What the lists of such payloads have in common: the first character.
LIVE = [
    f"{lead}{rest}"
    for lead in "=+-@＝＋－＠\t\r|%"
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x")', "SUM(A1)")
]


@pytest.fixture
def reviewer(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("shenjiao"))
    return client


def rows() -> Any:
    return Article.objects.order_by("position").prefetch_related("authorships__author")


def changed(content: bytes, which: str, **cells: str) -> bytes:
    """The CSV as an editor would give it back."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    header = [cell.split(" ")[-1] for cell in lines[0]]
    for line in lines[1:]:
        if line[1] == which:
            for name, value in cells.items():
                line[header.index(name)] = value
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_comes_back_as_it_was_changes_nothing(
    issue: Issue, form: str
) -> None:
    content = FORMS[form](rows())
    assert differences(read(f"a.{form}", content)) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_columns_and_kinds_have_the_names_of_the_pages(
    issue: Issue, language: str
) -> None:
    with override(language):
        content = as_csv(rows())
        header = content.decode("utf-8-sig").split("\r\n")[0]
        assert ("题名 title" if language == "zh-hans" else "Title title") in header
        poem = str(ArticleKind.POEM.label)
    for typed in (poem, "poem"):
        [wish] = read("a.csv", changed(content, "槐下棋局", kind=typed))
        assert (wish.field, wish.seen, wish.typed) == ("kind", "article", "poem")


@pytest.mark.parametrize("payload", LIVE)
def test_no_cell_is_alive_and_all_come_back(issue: Issue, payload: str) -> None:
    Article.objects.filter(title="槐下棋局").update(title=payload, subtitle="'已有")
    index_articles(Article.objects.values_list("pk", flat=True))
    sheet = load_workbook(io.BytesIO(as_xlsx(rows()))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(
        str(cell.value or "").startswith(tuple("=+-@＝＋－＠|%")) for cell in cells
    )
    for line in csv.reader(io.StringIO(as_csv(rows()).decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r|%")) for cell in line)
    for form in FORMS:
        assert differences(read(f"a.{form}", FORMS[form](rows()))) == []


def test_cells_are_taken_in_and_survive_an_import_and_are_undone(
    issue: Issue, reviewer: Client
) -> None:
    before = export()
    content = changed(
        as_csv(rows()), "槐下棋局", title="棋局", authors="苏若川、新人甲", page="8",
        section="风物", kicker="", subtitle="",
    )  # fmt: skip
    url = reverse("desk:spreadsheet")
    page = reviewer.post(url, {"file": SimpleUploadedFile("a.csv", content)})
    html = page.content.decode()
    assert html.count('name="take"') == 4
    wishes = re.search(r'name="wishes" value="([^"]+)"', html)[1]
    data = {"wishes": wishes, "take": ["0", "1", "2", "3"], "why": "校勘"}
    assert reviewer.post(reverse("desk:carry-out"), data).status_code == 302
    row = rows().get(title="棋局")
    assert [cell_of(row, n) for n in ("authors", "page", "section")] == [
        "苏若川、新人甲",
        "8",
        "风物",
    ]
    revision = Revision.objects.get(way="sheet")
    assert (revision.why, revision.user.username) == ("校勘", "shenjiao")
    assert village().load().verdict == Verdict.UNCHANGED
    undo(None, revision)
    assert export() == before


def test_what_somebody_changed_meanwhile_is_shown_and_not_overwritten(
    issue: Issue,
) -> None:
    content = changed(as_csv(rows()), "槐下棋局", title="我的题", page="8")
    row = article("棋局")
    row.title = "别人的题"
    row.save()
    index_articles([row.pk])
    found = differences(read("a.csv", content))
    assert [(d.wish.field, d.overtaken) for d in found] == [
        ("title", True),
        ("page", False),
    ]
    outcome = carry_out(None, [d.wish for d in found])
    assert (outcome.changed, len(outcome.left)) == (1, 1)
    row.refresh_from_db()
    assert (row.title, row.page) == ("别人的题", 8)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", "novel"), ("page", "八"), ("page", "99999"), ("title", "长" * 501),
        ("section", "长" * 101), ("authors", "长" * 101), ("withdrawn", "1"),
    ],
)  # fmt: skip
def test_what_no_column_takes_is_named_and_left(
    issue: Issue, field: str, typed: str
) -> None:
    row = rows().get(title="槐下棋局")
    seen = cell_of(row, field) if field in FIELDS else "False"
    wish = Wish(row.public_id, field, seen, typed)
    if field in FIELDS:
        assert differences([wish])[0].error
    assert carry_out(None, [wish]).changed == 0
    assert not Revision.objects.exclude(way="import").exists()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 90_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe\x00", b"PK\x03\x04junk", "甲,乙\n1,2".encode(), b"id,title\n\"",
        b"x" * 6_000_000,
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused_in_words(
    issue: Issue, reviewer: Client, content: bytes
) -> None:
    upload = SimpleUploadedFile("a.xlsx", content)
    answer = reviewer.post(reverse("desk:spreadsheet"), {"file": upload})
    assert answer.status_code in (200, 422)
    assert not Revision.objects.exclude(way="import").exists()


def test_a_bomb_is_refused() -> None:
    with pytest.raises(Refused, match="太大"):
        read("a.xlsx", bomb())


def test_words_are_replaced_where_ticked(issue: Issue, reviewer: Client) -> None:
    before = export()
    data = {"find": "老井", "instead": "古井", "issue": issue.pk}
    page = reviewer.post(reverse("desk:replace"), data).content.decode()
    assert page.count('name="take"') == 2  # the field and the printed headline
    wishes = re.search(r'name="wishes" value="([^"]+)"', page)[1]
    reviewer.post(reverse("desk:carry-out"), {"wishes": wishes, "take": ["0"]})
    assert article("古井").blocks.filter(text="一眼老井").exists()
    undo(None, Revision.objects.get(way="bulk"))
    assert export() == before


def test_a_forged_preview_changes_nothing(issue: Issue, reviewer: Client) -> None:
    reviewer.post(reverse("desk:carry-out"), {"wishes": "x:y:z", "take": ["0"]})
    assert not Revision.objects.exclude(way="import").exists()


def test_replacing_in_the_whole_collection_asks_the_search(issue: Issue) -> None:
    from articles.editing.replacing import find_all

    make.make_article(title="别处")
    found = find_all("悔子", "悔棋", None)
    assert [w.block for w in found] == [block("悔子").pk]
    carry_out(None, found)
    assert texts("棋局")[2] == "他下棋从不悔棋，也不许别人悔。"

"""Saying what an issue is; looking at a file and taking it home."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.importing.run import import_dump
from articles.models import (
    FormerAddress,
    Issue,
    Publication,
    PublicationKind,
    SourceDump,
)
from tests import factories as make
from tests.admin.forms import submit
from tests.admin.test_saving import page_of
from tests.parsed import parse_dump

pytestmark = pytest.mark.django_db

NAMELESS = "卷首的话\n\n◎ 苏若川\n\n山下有一条河，河边有一棵树，树下有人下棋。\n"


def bring_in(text: str, name: str = "0001.txt") -> Issue:
    content = text.encode()
    import_dump(parse_dump(content, source=name), content)
    return SourceDump.objects.get(name=name, current=True).issue


def identify(desk: Client, issue: Issue, **said: str):
    return submit(desk, reverse("admin:articles_issue_identify", args=[issue.pk]), said)


def test_an_unidentified_issue_gets_its_place_and_keeps_its_links(desk: Client) -> None:
    issue = bring_in(NAMELESS)
    old, article = issue.get_absolute_url(), issue.articles.get()
    assert issue.publication.kind == PublicationKind.UNIDENTIFIED
    answer = identify(desk, issue, title="河石", year="2023", number="4")
    assert answer.url == page_of(issue)
    issue.refresh_from_db()
    assert (issue.publication.title, issue.key) == ("河石", "2023/4")
    assert issue.articles.get().public_id == article.public_id
    former = FormerAddress.objects.get()
    assert f"/issues/{former.publication_slug}/{former.key}/" == old


def test_what_an_editor_said_survives_the_next_import(desk: Client) -> None:
    issue = bring_in(NAMELESS)
    identify(desk, issue, title="河石", year="2023", number="4")
    assert bring_in(NAMELESS + "\n又一行。\n").pk == issue.pk
    issue.refresh_from_db()
    assert (issue.publication.title, issue.year, issue.number) == ("河石", 2023, 4)


def test_a_known_publication_is_chosen_from_the_list(desk: Client) -> None:
    heshi, issue = make.make_publication("河石"), bring_in(NAMELESS)
    identify(desk, issue, publication=str(heshi.pk), date="2023-04")
    issue.refresh_from_db()
    assert (issue.publication, issue.date) == (heshi, "2023-04")


@pytest.mark.parametrize(
    "said",
    [
        {}, {"title": "河石", "date": "四月"}, {"title": "河石", "year": "0"},
        {"title": "河石", "number": "99999999999"}, {"title": "《》"}, {"title": "x" * 201},
        {"title": "\x00"}, {"publication": "999"}, {"title": "河石", "date": "2023-02-30"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_reason(
    desk: Client, said: dict[str, str]
) -> None:
    issue = bring_in(NAMELESS)
    answer = identify(desk, issue, **said)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.publication.kind == PublicationKind.UNIDENTIFIED
    assert Publication.objects.count() == 1


def test_an_issue_that_is_there_already_is_not_overwritten(desk: Client) -> None:
    issue = bring_in(NAMELESS)
    there = make.make_issue(make.make_publication("河石"), year=2023, number=4)
    make.make_dump(there, name="there.txt")
    answer = identify(desk, issue, title="河石", year="2023", number="4")
    assert answer.status_code == 200
    assert "there.txt" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.publication.kind == PublicationKind.UNIDENTIFIED


def test_saying_what_an_issue_is_stands_in_its_history(desk: Client) -> None:
    issue = bring_in(NAMELESS)
    identify(desk, issue, title="河石", year="2023", number="4")
    revision = issue.revisions.get(way="form")
    assert revision.changes[0]["after"]["publication"] == "河石"


@pytest.mark.parametrize(
    "name", ["0001.txt", "河石 第4期.txt", 'a"b\r\nSet-Cookie: x=1.txt']
)
def test_a_dump_goes_home_byte_for_byte(desk: Client, name: str) -> None:
    content = "第一行\r\n第二行\u2028\n".encode("gb18030") + b"\xff\x00<script>"
    dump = make.make_dump(content=content, name=name)
    answer = desk.get(reverse("admin:articles_sourcedump_download", args=[dump.pk]))
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "Set-Cookie" not in answer.headers


def test_a_dumps_page_shows_what_stands_outside_every_article(desk: Client) -> None:
    dump = make.make_dump()
    make.make_article(dump.issue, dump=dump)
    make.add_block(None, "河石　第四期", role="masthead", dump=dump, lines=[40])
    page = desk.get(page_of(dump)).content.decode()
    assert "<b>40</b> <span>河石　第四期</span>" in page


def test_no_list_reads_the_bytes_of_dumps(desk: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    article = make.make_article()
    pages = [
        reverse("admin:articles_sourcedump_changelist"), page_of(article), page_of(article.issue),
        reverse("admin:articles_problem_changelist"), page_of(article.dump),
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as captured:
        for page in pages:
            desk.get(page)
    assert not [
        q["sql"]
        for q in captured
        if '"articles_sourcedump"."content" ' in q["sql"].replace(",", " ")
    ]

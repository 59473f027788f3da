"""Dumps that do not say what they are: a home now, a name later, the same addresses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from articles.dump import IssueKind
from articles.importing.errors import Contradiction, TwinDump
from articles.importing.move import identify_issue
from articles.importing.plan import Verdict
from articles.models import (
    Article,
    FormerAddress,
    Issue,
    Problem,
    Publication,
    PublicationKind,
    SourceDump,
)
from tests.importing.sheets import BOAT, CHESS, WELL, Sheet

pytestmark = pytest.mark.django_db
PAGE = IssueKind.NEWSPAPER_PAGE


def page(text: list, **issue: object) -> Sheet:
    """A newspaper page that prints nothing of itself."""
    nothing = {"kind": PAGE, "publication": None, "year": None, "number": None}
    return Sheet(**{**nothing, **issue}).article(
        f"{text[0][:4]}纪事", text, section="副刊"
    )


def addresses() -> list[str]:
    return sorted(Article.objects.values_list("public_id", flat=True))


def test_unidentified_dumps_have_one_home_and_an_issue_each() -> None:
    page(CHESS).load("1.txt")
    page(WELL).load("2.txt")
    publication = Publication.objects.get()
    assert (publication.slug, publication.kind) == ("unidentified", "unidentified")
    shas = SourceDump.objects.values_list("sha256", flat=True)
    assert {i.key for i in Issue.objects.all()} == {f"undated/{s[:8]}" for s in shas}


def test_two_unidentified_pages_of_one_day_are_two_issues() -> None:
    page(CHESS, date="2023-10-18").load("1.txt")
    page(WELL, date="2023-10-18").load("2.txt")
    assert Issue.objects.count() == 2


def test_the_same_dump_with_options_becomes_the_issue_and_keeps_its_addresses() -> None:
    page(CHESS).load()
    before, old = addresses(), Issue.objects.get().get_absolute_url()
    plan = page(CHESS).load(publication="河石日报", date="2023-10-18")
    assert plan.verdict == Verdict.UPDATED
    issue = Issue.objects.get()
    assert issue.get_absolute_url() == "/issues/heshi-ribao/2023/10-18/"
    assert issue.publication.kind == PublicationKind.NEWSPAPER
    assert addresses() == before
    former = FormerAddress.objects.get()
    assert str(former) == old and former.issue == issue
    assert Article.objects.get().section.publication == issue.publication
    assert page(CHESS).load().verdict == Verdict.UNCHANGED
    again = page(CHESS).load(publication="河石日报", date="2023-10-18")
    assert again.verdict == Verdict.UNCHANGED


def test_an_editor_says_what_an_issue_is() -> None:
    page(CHESS).load()
    before, old = addresses(), Issue.objects.get().get_absolute_url()
    with transaction.atomic():
        issue = identify_issue(Issue.objects.get(), "河石日报", date="2023-10-18")
    assert issue.get_absolute_url() == "/issues/heshi-ribao/2023/10-18/"
    assert addresses() == before
    assert str(FormerAddress.objects.get()) == old
    assert page(CHESS).load().verdict == Verdict.UNCHANGED
    assert Issue.objects.get().publication.title == "河石日报"


def test_what_an_editor_said_outranks_what_a_later_parser_reads() -> None:
    page(CHESS).load()
    identify_issue(Issue.objects.get(), "河石日报", date="2023-10-18")
    page(CHESS, publication="何石日报", date="2023-10-19").load()
    issue = Issue.objects.get()
    assert (issue.publication.title, issue.date) == ("河石日报", "2023-10-18")
    conflict = Problem.objects.get(code="import-conflict")
    assert conflict.detail["field"] == "date" and conflict.detail["new"] == "2023-10-19"


def test_a_parser_that_reads_better_moves_the_issue_itself() -> None:
    page(CHESS).load()
    before = addresses()
    page(CHESS, publication="河石日报", date="2023-10-18").load()
    assert Issue.objects.get().get_absolute_url() == "/issues/heshi-ribao/2023/10-18/"
    assert addresses() == before and FormerAddress.objects.count() == 1


def test_pages_of_one_day_join_one_issue_in_the_order_of_the_pages() -> None:
    known = {"publication": "河石日报", "date": "2023-10-18", "year": 2023}
    page(WELL, page=2, **known).load("2.txt")
    page(CHESS, page=1, **known).load("1.txt")
    issue = Issue.objects.get()
    assert list(issue.dumps.order_by("page").values_list("name", flat=True)) == [
        "1.txt",
        "2.txt",
    ]
    titles = [a.title for a in issue.articles.in_printed_order()]
    assert titles == ["乡里人都纪事", "村口那眼纪事"]


def test_an_identified_page_joins_the_day_that_is_there_already() -> None:
    page(WELL, publication="河石日报", date="2023-10-18", page=1).load("1.txt")
    page(CHESS).load("2.txt")
    before, old = addresses(), Issue.objects.get(key__startswith="undated").key
    page(CHESS).load("2.txt", publication="河石日报", date="2023-10-18", page=2)
    issue = Issue.objects.get()
    assert issue.dumps.count() == 2 and issue.articles.count() == 2
    assert addresses() == before
    assert FormerAddress.objects.get(key=old).issue == issue
    titles = [a.title for a in issue.articles.in_printed_order()]
    assert titles == ["村口那眼纪事", "乡里人都纪事"]


def test_a_page_that_is_taken_is_refused_naming_both_and_nothing_moves() -> None:
    page(WELL, publication="河石日报", date="2023-10-18").load("one.txt")
    page(CHESS).load("two.txt")
    with pytest.raises(TwinDump, match=r"two\.txt.*one\.txt"):
        page(CHESS).load("two.txt", publication="河石日报", date="2023-10-18")
    assert Issue.objects.count() == 2 and not FormerAddress.objects.exists()
    with pytest.raises(TwinDump):
        identify_issue(
            Issue.objects.get(key__startswith="undated"), "河石日报", date="2023-10-18"
        )


def test_a_date_completes_an_issue_that_keeps_its_key() -> None:
    issue = {
        "publication": "槐下月刊",
        "kind": IssueKind.MAGAZINE,
        "year": 2021,
        "number": 5,
    }
    page(CHESS, **issue).load()
    page(CHESS, **issue).load(date="2021-05-10")
    stored = Issue.objects.get()
    assert (stored.key, stored.date, str(stored.sort_date)) == (
        "2021/5", "2021-05-10", "2021-05-10",
    )  # fmt: skip
    assert page(CHESS, **issue).load().verdict == Verdict.UNCHANGED
    assert page(CHESS, **issue).load(date="2021-05-10").verdict == Verdict.UNCHANGED
    assert Issue.objects.get().date == "2021-05-10"


def test_a_date_alone_is_remembered_of_what_is_else_unknown() -> None:
    page(CHESS).load()
    page(CHESS).load(date="2023-10-18")
    stored = Issue.objects.get()
    assert stored.key.startswith("undated/") and stored.year == 2023
    assert (stored.date, str(stored.sort_date)) == ("2023-10-18", "2023-10-18")
    page(CHESS).load(publication="河石日报")
    assert Issue.objects.get().get_absolute_url() == "/issues/heshi-ribao/2023/10-18/"


def test_a_printed_name_outranks_an_option() -> None:
    with pytest.raises(Contradiction):
        page(CHESS, publication="河石日报").load(publication="浦湾周报")
    assert not SourceDump.objects.exists()


def test_a_new_version_of_an_unidentified_file_is_found_by_its_name() -> None:
    page(CHESS).load("scan.txt")
    before = addresses()
    plan = page([*CHESS, "新认出的一段。"]).load("scan.txt")
    assert plan.verdict == Verdict.UPDATED
    assert Issue.objects.count() == 1 and addresses() == before
    page(WELL).load("scan.txt")  # another text that only happens to be called so
    assert Issue.objects.count() == 2


def test_a_different_text_for_the_same_issue_is_refused_naming_both() -> None:
    Sheet().article("槐下棋局", CHESS).load("first.txt")
    other = Sheet().article("一眼老井", [*WELL, *BOAT])
    with pytest.raises(TwinDump, match=r"second\.txt.*first\.txt.*2021年第5期"):
        other.load("second.txt")
    assert SourceDump.objects.count() == 1 and Article.objects.count() == 1
    other.load("second.txt", replace=True)
    assert SourceDump.objects.get(current=True).name == "second.txt"
    assert Article.objects.get(withdrawn=False).title == "一眼老井"


def test_no_database_lets_the_same_issue_in_twice() -> None:
    Sheet().article("槐下棋局", CHESS).load()
    issue = Issue.objects.get()
    dump = SourceDump.objects.get()
    twins = [
        Issue(publication=issue.publication, kind="magazine", key="2021/5"),
        Issue(
            publication=issue.publication,
            kind="magazine",
            key="x/y",
            year=2021,
            number=5,
        ),
        SourceDump(
            issue=issue, name="b", sha256="b" * 64, content=b"", encoding="utf-8"
        ),
        SourceDump(
            issue=issue,
            name="b",
            sha256=dump.sha256,
            content=b"",
            encoding="",
            current=False,
        ),
    ]
    for twin in twins:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(twin).objects.bulk_create([twin])


def test_no_database_lets_the_same_day_in_twice() -> None:
    page(CHESS, publication="河石日报", date="2023-10-18").load()
    issue = Issue.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(
            publication=issue.publication, kind=PAGE, key="2023/x", date="2023-10-18"
        )

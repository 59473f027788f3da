"""Readers help: anybody reports, an editor accepts with thanks, all of one is undone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.editing import reports
from articles.editing.pieces import merge_articles, split_article
from articles.models import Article, Issue, Report, Revision, Task
from tests.admin.conftest import make_editor
from tests.editing.conftest import article, block, export, texts

pytestmark = pytest.mark.django_db
GOOD = {"quote": "从不悔子", "suggestion": "从不悔棋", "name": "老读者"}


def send(client: Client, found: Article, **said: str) -> int:
    data = {"block": block("他下棋").anchor, **GOOD, **said}
    url = reverse("articles:report", args=[found.public_id])
    return client.post(url, data).status_code


def test_an_anonymous_report_stands_in_the_queue_and_sets_no_cookie(
    issue: Issue, client: Client
) -> None:
    assert send(client, article("棋局")) == 302
    assert "sessionid" not in client.cookies
    report = Report.objects.get()
    assert (report.quote, report.state) == ("从不悔子", "open")
    task = Task.objects.get(kind="report")
    assert task.report == report and task.block == block("他下棋")


def test_an_accepted_one_is_credited_and_undone_alike(
    issue: Issue, client: Client
) -> None:
    before = export()
    send(client, article("棋局"))
    desk = Client()
    desk.force_login(make_editor("bianji"))
    task = Task.objects.get(kind="report")
    desk.post(reverse("desk:decide", args=[task.pk]), {"act": "adopt"})
    assert texts("棋局")[2].startswith("他下棋从不悔棋")
    revision = Revision.objects.get(way="suggestion")
    assert (revision.user.username, revision.credit) == ("bianji", "老读者")
    assert not Task.objects.filter(kind="report").exists()
    page = desk.get(reverse("desk:history")).content.decode()
    assert "老读者" in page
    public = reverse("articles:report", args=[article("棋局").public_id])
    assert "老读者" in Client().get(public).content.decode()
    report = Report.objects.get()
    send(client, article("棋局"), quote="不许别人", suggestion="也许别人")
    result = reports.revert_sender(report, User.objects.get())
    assert (len(result.done), result.stuck) == (1, [])
    assert export() == before
    assert {r.state for r in Report.objects.all()} == {"reverted", "declined"}


@pytest.mark.parametrize(
    "said",
    [
        {"suggestion": "", "note": ""},
        {"quote": "没有的字"},
        {"quote": "不"},  # stands twice
    ],
)
def test_what_says_nothing_is_asked_for_again(
    issue: Issue, client: Client, said: dict[str, str]
) -> None:
    assert send(client, article("棋局"), **said) == 422
    assert not Report.objects.exists()


def test_a_client_has_ten_an_hour(issue: Issue, client: Client) -> None:
    answers = [send(client, article("棋局")) for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2
    assert Report.objects.count() == 10


def test_hostile_words_are_words(issue: Issue, client: Client) -> None:
    send(client, article("棋局"), suggestion="<script>x</script>", name="<b>")
    desk = Client()
    desk.force_login(make_editor("bianji"))
    for url in (
        reverse("desk:queue"),
        reverse("desk:task", args=[Task.objects.get(kind="report").pk]),
    ):
        page = desk.get(url, follow=True).content.decode()
        assert "<script>x" not in page and "&lt;script&gt;x" in page


def test_a_merged_articles_address_leads_on(issue: Issue, client: Client) -> None:
    gone, stays = article("渡船"), article("老井")
    merge_articles(None, gone, stays)
    answer = client.get(gone.get_absolute_url())
    assert answer.url == stays.get_absolute_url()


def test_a_paragraph_that_was_split_off_is_found_from_its_old_address(
    issue: Issue, client: Client
) -> None:
    chess, anchor = article("棋局"), block("看客").anchor
    split_article(None, block("悔子"), "下篇")
    there = reverse("articles:place", args=[chess.public_id, anchor])
    assert client.get(there).url == f"{article('下篇').get_absolute_url()}#{anchor}"
    nowhere = reverse("articles:place", args=[chess.public_id, "p9999"])
    assert client.get(nowhere).url == chess.get_absolute_url()

"""The desk's pages: every act by its button, two editors at once, keys without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.stamps import stamp
from articles.editing.blocks import correct_text
from articles.models import Article, Block, Issue, ProofSheet, Revision, Task
from tests import factories as make
from tests.admin.conftest import make_editor
from tests.editing.conftest import article, block, export, texts
from tests.editing.test_queue import doubtful
from tests.importing.sheets import CHESS, WELL, Sheet, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("shenjiao"))
    return client


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(make_editor("bianji"))
    return client


def address(found: Article) -> str:
    return reverse("desk:issue", args=[found.issue_id], query={"article": found.pk})


def press(client: Client, found: Article, act: str, **data: Any) -> Any:
    row = data.get("block")
    if isinstance(row, Block):
        data["block"] = row.pk
        data.setdefault(f"stamp-{row.pk}", stamp(row))
    return client.post(address(found), {"act": act, **data})


def test_a_page_shows_lines_and_blocks_and_which_belongs_to_which(
    desk: Client, issue: Issue
) -> None:
    page = desk.get(address(article("棋局"))).content.decode()
    long = block("卖豆腐")
    for line in long.lines:
        assert re.search(
            rf'id="l{line}" class="t1 here gap" data-block="{long.pk}"', page
        )
    assert f'id="b{long.pk}"' in page
    assert 'data-lines="{}"'.format(" ".join(map(str, long.lines))) in page
    assert "style=" not in page and "<script>" not in page


def test_every_button_does_its_act(desk: Client, issue: Issue) -> None:
    chess = article("棋局")
    long = block("卖豆腐")
    press(desk, chess, "cut", block=long, line=long.lines[1])
    assert [t[:4] for t in texts("棋局")][1:3] == ["每天傍晚", "坐到对面"]
    press(desk, chess, "join", block=block("坐到对面"))
    assert texts("棋局")[1] == "".join(CHESS[1])
    press(desk, chess, "up", block=block("看客"))
    assert texts("棋局")[2] == CHESS[3]
    press(desk, chess, "down", block=block("看客"))
    assert texts("棋局")[3] == CHESS[3]
    press(desk, chess, "role", block=block("悔子"), role="heading")
    assert block("悔子").role == "heading"
    press(desk, chess, "text", block=block("看客"), text="看客的话。", why="据原刊")
    assert Revision.objects.first().why == "据原刊"
    press(desk, chess, "program", block=block("看客的话"))
    assert texts("棋局")[3] == CHESS[3]
    well = article("老井")
    press(desk, chess, "move", block=block("看客"), to=well.pk, place="last")
    assert texts("老井") == [*WELL, CHESS[3]]
    press(desk, chess, "furniture", block=block("悔子"), furniture="slogan")
    assert block("悔子").article is None
    press(desk, chess, "take", line=block("悔子").lines, role="note")
    assert block("悔子").article == chess
    lines = block("井水").lines
    press(desk, well, "field", line=lines, field="kicker")
    assert article("老井").kicker.startswith("井水冬暖夏凉")
    press(desk, chess, "new", line=block("编印").lines, title="版权")
    assert article("版权").blocks.count() == 1
    press(desk, chess, "split", block=block("悔子"), title="下篇")
    assert article("下篇").blocks.count() == 1
    press(desk, article("下篇"), "merge", to=chess.pk)
    assert Article.objects.get(title="下篇").merged_into == chess


def test_the_second_editor_sees_what_changed_and_loses_nothing(
    desk: Client, issue: Issue
) -> None:
    chess, row = article("棋局"), block("悔子")
    seen = stamp(row)
    correct_text(User.objects.create_user("jiaodui"), row, "他从不悔子。")
    data = {"block": row.pk, f"stamp-{row.pk}": seen, "text": "我的字。"}
    answer = desk.post(address(chess), {"act": "text", **data})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "jiaodui" in page and "他从不悔子。" in page and "我的字。" in page
    row.refresh_from_db()
    assert row.text == "他从不悔子。"
    data[f"stamp-{row.pk}"] = re.search(rf'stamp-{row.pk}" value="(\w+)"', page)[1]
    assert desk.post(address(chess), {"act": "text", **data}).status_code == 302
    row.refresh_from_db()
    assert row.text == "我的字。"


def test_what_was_done_is_undone_with_one_press(desk: Client, issue: Issue) -> None:
    before = export()
    answer = press(desk, article("棋局"), "join", block=block("看客"))
    page = desk.get(answer.url).content.decode()
    undo = re.search(r'action="(/desk/history/\d+/undo/)"', page)[1]
    assert desk.post(undo, {"next": answer.url}).url == answer.url
    assert export() == before


def test_another_persons_act_is_undone_by_a_reviewer_only(
    desk: Client, reviewer: Client, issue: Issue
) -> None:
    revision = correct_text(User.objects.create_user("a"), block("悔子"), "别的。")
    url = reverse("desk:undo", args=[revision.pk])
    desk.post(url)
    assert block("别的").text == "别的。"
    reviewer.post(url)
    assert texts("棋局")[2] == CHESS[2]
    page = reviewer.get(reverse("desk:revision", args=[revision.pk])).content.decode()
    assert "别的。" in page and "已撤销" in page


def test_a_persons_day_is_undone_after_a_preview(
    reviewer: Client, issue: Issue
) -> None:
    before = export()
    correct_text(User.objects.create_user("a"), block("悔子"), "别的。")
    url = reverse("desk:undo-all")
    asked = {"user": "a", "since": "2020-01-01T00:00"}
    assert "订正文字" in reviewer.get(url, asked).content.decode()
    reviewer.post(url, asked)
    assert export() == before


def test_a_task_opens_at_its_lines_and_leads_to_the_next(desk: Client) -> None:
    doubtful().load()
    page = desk.get(reverse("desk:queue")).content.decode()
    assert page.count('class="task"') == 3
    task = Task.objects.get(kind="placement")
    answer = desk.get(reverse("desk:task", args=[task.pk]), follow=True)
    assert "现在这样就对" in answer.content.decode()
    following = desk.post(reverse("desk:decide", args=[task.pk]), {"act": "accept"}).url
    assert re.fullmatch(r"/desk/(tasks/\d+/)?", following)
    task.refresh_from_db()
    assert task.state == "settled"


def test_save_and_next_saves_and_settles(desk: Client) -> None:
    doubtful().load()
    task, row = Task.objects.get(kind="placement"), block("卖豆腐")
    url = address(article("棋局")) + f"&task={task.pk}"
    data = {"block": row.pk, f"stamp-{row.pk}": stamp(row), "text": "改。", "next": "1"}
    assert desk.post(url, data).status_code == 302
    row.refresh_from_db()
    task.refresh_from_db()
    assert (row.text, task.state) == ("改。", "settled")


def test_the_queue_is_narrowed(desk: Client) -> None:
    doubtful().load()
    village(number=6).load("b.txt")
    url = reverse("desk:queue")
    first = Issue.objects.get(number=5)
    for query, found in (
        ({}, 4),
        ({"issue": first.pk}, 3),
        ({"kind": "author"}, 2),
        ({"publication": first.publication_id, "kind": "contents"}, 1),
        ({"issue": "x", "kind": "y"}, 4),
    ):
        page = desk.get(url, query).content.decode()
        assert page.count('class="task"') == found, query


def test_the_second_proof_needs_a_second_person(
    desk: Client, reviewer: Client, issue: Issue
) -> None:
    url = reverse("desk:proof", args=[issue.pk])

    def state() -> str:
        return ProofSheet.objects.get(issue=issue).state

    reviewer.post(url, {"state": "second"})
    assert state() == "machine"
    reviewer.post(url, {"state": "first"})
    reviewer.post(url, {"state": "second"})
    assert state() == "first"
    other = Client()
    other.force_login(User.objects.create_superuser("lingyi"))
    other.post(url, {"state": "second"})
    assert state() == "second"
    page = Client().get(issue.get_absolute_url()).content.decode()
    assert "二校" in page


def test_differences_name_the_rule_and_the_person(desk: Client, issue: Issue) -> None:
    press(desk, article("棋局"), "text", block=block("悔子"), text="他从不悔棋。")
    url = reverse("desk:changes", args=[article("棋局").public_id])
    page = desk.get(url).content.decode()
    assert "<del>子，也不许别人悔</del>" in page or "<del>" in page
    assert "<sup>bianji</sup>" in page


@pytest.mark.parametrize("page", ["queue", "issue", "history"])
def test_a_page_asks_no_more_for_more_rows(desk: Client, page: str) -> None:
    doubtful().load()
    issue = Issue.objects.get()
    url = reverse(f"desk:{page}", args=[issue.pk] if page == "issue" else [])
    desk.get(url)
    few = _queries(desk, url)
    sheet = Sheet(number=9)
    for n in range(30):
        sheet.article(f"题{n}", [f"第{n}段。" for _ in range(5)])
    sheet.load("c.txt")
    for n in range(5):
        make.add_block(article("棋局"), f"又一段{n}")
        correct_text(None, block(f"又一段{n}"), f"改{n}")
    assert _queries(desk, url) <= few + 1


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("junk", ["", "abc", "-1", "9" * 30, "１"])
def test_a_forged_form_is_refused_without_a_fault(
    desk: Client, issue: Issue, junk: str
) -> None:
    for act in ("join", "move", "new", "take", "field", "split", "none", junk):
        data = {
            "block": junk, "to": junk, "line": junk, "role": junk, "field": junk,
            "furniture": junk,
        }  # fmt: skip
        answer = press(desk, article("棋局"), act, **data)
        assert answer.status_code == 409, act
    for name in ("article", "dump", "from", "task", "edit", "done"):
        page = desk.get(reverse("desk:issue", args=[issue.pk]), {name: junk})
        assert page.status_code == 200
    assert not Revision.objects.exclude(way="import").exists()

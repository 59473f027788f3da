"""An editor's morning at the desk in a real browser, by keys and by mouse, under the
strict policy: from the queue to a repaired issue.

On the sample publication; ``test_repaired_issue`` repairs the real dumps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.importing.ledger import check_ledger, stored_lines
from articles.importing.run import import_dump
from articles.models import Article, Block, Problem, Revision, SourceDump, Task
from tests.browser.conftest import DESK, PHONE, Reader
from tests.parsed import parse_dump

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def bring_in(folder: Path) -> None:
    for file in sorted(folder.glob("*.txt")):
        content = file.read_bytes()
        import_dump(parse_dump(content, source=file.name), content)


def desk_of(article: Article) -> str:
    return reverse("desk:issue", args=[article.issue_id], query={"article": article.pk})


def long_article() -> Article:
    rows = [
        (a.blocks.filter(role="paragraph").count(), a.pk, a)
        for a in Article.objects.published()
    ]
    return max(rows)[2]


def ledgers_hold() -> None:
    for dump in SourceDump.objects.filter(current=True):
        check_ledger(dump, stored_lines(dump))


def test_a_morning_by_keys(sample_dumps: Path, sign_in: Callable[..., Reader]) -> None:
    bring_in(sample_dumps)
    reader = sign_in()
    page, waiting = reader.page, Task.objects.filter(state="open").count()

    page.wait_for_load_state("load")
    page.keyboard.press("j")
    first = page.locator("a.open").first
    expect(first).to_be_focused()
    first.press("Enter")
    page.locator(".banner").wait_for()
    task = Task.objects.order_by("-weight", "-id").first()
    assert page.locator(".banner .kind").inner_text() == str(task.get_kind_display())
    page.keyboard.press("a")  # right as it is
    expect(page).not_to_have_url(re.compile(rf"[?&]task={task.pk}\b"))
    assert Task.objects.filter(state="open").count() < waiting
    reader.check()

    article = long_article()
    rows = list(article.blocks.order_by("position", "id"))
    page = reader.open(desk_of(article))
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(f"#b{rows[1].pk}")
    assert second.locator("input[type=radio]").is_checked()
    lit = page.locator(".sheet li.lit")
    assert lit.count() == len(rows[1].lines)
    assert lit.first.get_attribute("id") == f"l{min(rows[1].lines)}"

    page.keyboard.press("e")  # correct it
    page.wait_for_selector("textarea")
    page.fill("textarea", "编辑订正的一段。")
    page.click("button[value=text]")
    page.wait_for_selector(".done")
    assert Block.objects.get(pk=rows[1].pk).text == "编辑订正的一段。"
    page.keyboard.press("z")  # and take it back
    page.wait_for_selector(f"#b{rows[1].pk}:has-text('{rows[1].text[:6]}')")
    assert Block.objects.get(pk=rows[1].pk).text == rows[1].text
    reader.check()
    ledgers_hold()


def test_a_page_is_put_right_by_mouse(
    sample_dumps: Path, sign_in: Callable[..., Reader]
) -> None:
    """A paragraph cut at a line, another joined, one moved, a new article, a proof."""
    bring_in(sample_dumps)
    article = long_article()
    block = next(b for b in article.blocks.order_by("position") if len(b.lines) > 1)
    reader = sign_in()
    page = reader.open(desk_of(article) + f"&from={min(block.lines)}")
    page.check(f"#b{block.pk} input[type=radio]")
    page.check(f"#l{block.lines[1]} input")
    page.click("button[value=cut]")
    page.wait_for_selector(".done")
    block.refresh_from_db()
    assert len(block.lines) == 1
    tail = article.blocks.filter(position__gt=block.position).order_by("position")[0]
    page.check(f"#b{tail.pk} input[type=radio]")
    page.click("button[value=join]")
    page.wait_for_selector(f"#b{tail.pk}", state="detached")
    block.refresh_from_db()
    assert len(block.lines) > 1 and block.base == {}

    other = Article.objects.filter(issue=article.issue).exclude(pk=article.pk)[0]
    page.check(f"#b{block.pk} input[type=radio]")
    page.select_option("select[name=to]", str(other.pk))
    page.click("button[value=move]")
    page.wait_for_selector(f"#b{block.pk}", state="detached")
    block.refresh_from_db()
    assert block.article == other
    last = article.blocks.order_by("-position")[0]
    page.check(f"#b{last.pk} input[type=radio]")
    page.fill("input[name=title]", "拆出的一篇")
    page.click("button[value=split]")
    page.wait_for_selector("#blocks:has-text('拆出的一篇')")
    page.click("button[value=first]")
    page.wait_for_selector(".proof:has-text('bianji')")
    reader.check()
    ledgers_hold()
    page = reader.open(reverse("desk:history"))
    assert page.locator(".revisions li").count() >= 5
    page = reader.open(article.issue.get_absolute_url())
    assert page.locator("text=拆出的一篇").count() >= 1


def test_without_script_every_act_is_there(
    sample_dumps: Path, sign_in: Callable[..., Reader]
) -> None:
    bring_in(sample_dumps)
    article = long_article()
    rows = list(article.blocks.order_by("position", "id"))
    reader = sign_in(java_script_enabled=False)
    page = reader.page
    page.goto(reader.base + desk_of(article))
    page.check(f"#b{rows[2].pk} input[type=radio]")
    page.click("button[value=up]")
    assert [b.pk for b in article.blocks.order_by("position", "id")][1] == rows[2].pk
    page.click(".done button")
    assert [b.pk for b in article.blocks.order_by("position", "id")][1] == rows[1].pk


def test_a_reader_selects_and_reports(
    sample_dumps: Path, make_reader: Callable[..., Reader]
) -> None:
    bring_in(sample_dumps)
    article = long_article()
    reader = make_reader(viewport=DESK)
    page = reader.open(article.get_absolute_url())
    page.evaluate(
        """() => {
          const text = document.querySelector("article .text p[id^=p]");
          const range = document.createRange();
          const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode();
          range.setStart(node, 0); range.setEnd(node, 6);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    expect(page.locator(".report-link")).to_have_attribute("href", re.compile("quote="))
    page.click(".report-link")
    assert len(page.input_value("#quote")) >= 4
    page.fill("#suggestion", "另作")
    page.click("main form button")
    page.wait_for_selector("[role=status]")
    reader.check()
    assert Task.objects.filter(kind="report").count() == 1


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["wide", "narrow"])
def test_no_page_of_the_desk_breaks_the_policy(
    viewport: dict[str, int], sample_dumps: Path, sign_in: Callable[..., Reader]
) -> None:
    bring_in(sample_dumps)
    reader = sign_in(viewport=viewport)
    article, task = long_article(), Task.objects.filter(issue__isnull=False)[0]
    Problem.objects.create(
        dump=article.dump, article=article, code="import-conflict", lines=[1], message="x",
        detail={"field": "title", "base": "甲", "new": "乙", "mine": "丙"},
    )  # fmt: skip
    authors = list(article.issue.articles.values_list("authors", flat=True)[:9])
    stay, go = [pk for pk in dict.fromkeys(authors) if pk][:2]
    addresses = [
        "/desk/", desk_of(article), f"/desk/tasks/{task.pk}/", "/desk/history/",
        f"/desk/history/{Revision.objects.first().pk}/", "/desk/history/undo-all/",
        f"/desk/articles/{article.public_id}/changes/", "/desk/sheets/", "/desk/replace/",
        f"/desk/authors/merge/?stay={stay}&go={go}",
        f"{article.get_absolute_url()}report/",
    ]  # fmt: skip
    for address in addresses:
        reader.open(address)

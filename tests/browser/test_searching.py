"""Searching in a real browser: suggestions while typing, and from hit to hit."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.search import get_index
from tests import factories as make
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def river() -> None:
    """Two articles about a river, years apart."""
    newer = make.make_article(
        make.make_issue(year=2021, number=1), title="沁河两岸", text="", authors=["刘志军"],
        topics=[make.make_topic("水利")], section="调查",
    )  # fmt: skip
    for line in range(1, 60, 2):
        text = "闲话一段，" * 12 + ("说到沁河。" if line in (21, 41, 59) else "")
        make.add_block(newer, text, lines=[line])
    author = newer.authors.get()
    author.sort_key = "liu zhi jun"
    author.save()
    older = make.make_article(
        make.make_issue(year=1998, number=1),
        title="治水",
        text="沁河源记。",
        section="史话",
    )
    get_index().put_many([newer.pk, older.pk])


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_from_a_word_to_the_marked_paragraph(
    river: None, make_reader, viewport
) -> None:
    reader = make_reader(viewport=viewport)
    page = reader.open("/search/?q=沁河")
    assert not Axe().run(page).response["violations"]
    page.locator(".hits .line a", has_text="说到沁河").first.click()
    page.wait_for_url(re.compile(r"/articles/[^/]+/\?q=.+#p21$"))
    page.locator("#hit-bar").get_by_role("button", name="下一处").wait_for()
    reader.check()
    assert not Axe().run(page).response["violations"]
    now = page.locator("mark.hit.now")
    page.keyboard.press("n")
    assert now.evaluate("mark => mark.closest('p, h1').id || 'title'") == "p21"
    page.keyboard.press("n")
    assert now.evaluate("mark => mark.closest('p, h1').id") == "p41"
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert now.evaluate("mark => mark.closest('p, h1').id || 'title'") == "title"
    expect(page.locator("#hit-bar output")).to_have_text("1 / 4")
    page.get_by_role("button", name="上一处").click()
    assert now.evaluate("mark => mark.closest('p').id") == "p59"
    expect(now).to_be_visible()
    page.get_by_role("link", name="回到检索").click()
    page.wait_for_url("**/search/?q=*")


def test_initials_offer_a_name(river: None, make_reader) -> None:
    reader = make_reader(viewport=DESK)
    page = reader.open("/search/")
    box = page.get_by_role("combobox", name="检索")
    box.press_sequentially("lzj")
    option = page.get_by_role("option", name=re.compile("刘志军"))
    option.wait_for()
    assert not Axe().run(page).response["violations"]
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially(" ")
    box.fill("沁河")
    page.get_by_role("option", name=re.compile("沁河两岸")).wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/articles/*/")
    reader.check()


def test_everything_works_without_scripts(river: None, make_reader) -> None:
    reader = make_reader(viewport=PHONE, java_script_enabled=False)
    page = reader.open("/search/")
    page.get_by_role("searchbox").fill("lzj")
    page.get_by_role("button", name=re.compile("可用拼音")).click()
    page.get_by_role("link", name="刘志军").wait_for()
    reader.check()
    page = reader.open("/search/?q=沁河")
    page.get_by_role("link", name="筛选").click()
    page.locator("#facets").get_by_role("link", name="史话").click()
    page.get_by_text("1 篇").first.wait_for()
    expect(page.locator(".hits > li")).to_have_count(1)
    reader.check()
    page.locator(".hits .title").click()
    expect(page.locator("mark.hit")).to_have_count(1)
    reader.check()

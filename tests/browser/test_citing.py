"""Copying a reference and a quotation, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests import factories as make
from tests.browser.conftest import DESK, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_engine,
    pytest.mark.django_db(transaction=True),
]

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def address() -> str:
    issue = make.make_issue(make.make_publication("河石月刊"), number=5)
    article = make.make_article(
        issue, title="槐下棋局", authors=["王军"], page=4, text="棠水从龙须岭上流下来。"
    )
    make.add_block(article, "到了溪口，河面忽然宽了。", lines=[88])
    return article.get_absolute_url()


def select(page: Page, start: int, end: int) -> None:
    """From a character of the first paragraph to one of the second."""
    page.evaluate(
        """([start, end]) => {
            const [one, two] = document.querySelectorAll("article .text p[id]");
            const range = document.createRange();
            range.setStart(one.firstChild, start);
            range.setEnd(two.firstChild, end);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [start, end],
    )


def copied(page: Page) -> str:
    page.get_by_role("button", name="已复制").first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_quotation_is_copied_with_its_source_and_its_state(
    address: str, make_reader, viewport: dict[str, int]
) -> None:
    reader = make_reader(viewport=viewport, permissions=CLIPBOARD)
    page = reader.open(address)
    button = page.get_by_role("button", name="复制引文")
    assert not page.locator("button.copy-quote:enabled").count()
    select(page, 3, 6)
    button.click()
    first = page.locator("article .text p[id]").first.get_attribute("id")
    assert re.sub(r"\d{4}-\d\d-\d\d", "today", copied(page)) == (
        "“龙须岭上流下来。\n到了溪口，河”\n"
        "——王军. 槐下棋局[J/OL]. 河石月刊, 2021(5): 4[today]. "
        f"{reader.base}{address}#{first}.（机器识别文本，未经校对）"
    )
    reader.check()


def test_a_reference_is_copied_as_it_stands(address: str, make_reader) -> None:
    reader = make_reader(viewport=DESK, permissions=CLIPBOARD)
    page = reader.open(address)
    page.get_by_text("引用", exact=True).click()
    page.get_by_role("button", name="复制", exact=True).first.click()
    assert copied(page) == "王军. 槐下棋局[J]. 河石月刊, 2021(5): 4."
    reader.check()


def test_without_scripts_the_references_are_there_to_be_read(
    address: str, make_reader
) -> None:
    reader = make_reader(viewport=PHONE, java_script_enabled=False)
    page = reader.open(address)
    assert page.get_by_role("button", name=re.compile("复制")).count() == 0
    page.get_by_text("引用", exact=True).click()
    page.get_by_text("王军. 槐下棋局[J]. 河石月刊, 2021(5): 4.").wait_for()
    page.get_by_role("link", name="BibTeX").wait_for()

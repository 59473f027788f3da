"""A reader's way from the front page to the shelf, in a real browser."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.views.conftest import Collection

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_engine,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_from_the_front_page_to_the_shelf(
    collection: Collection,
    make_reader,
    viewport: dict[str, int],
    scripts: bool,
) -> None:
    reader = make_reader(viewport=viewport, java_script_enabled=scripts)
    page = reader.open("/")
    page.get_by_role("link", name=re.compile("槐下 2021年.*第5期.*封面")).click()
    page.wait_for_url("**/issues/huaixia/2021/5/")
    reader.check()
    page.get_by_role("link", name="修渠的人", exact=True).click()
    page.wait_for_url("**/articles/*/")
    reader.check()
    page.get_by_role("button", name="收藏", exact=True).click()
    page.locator("button.keep[aria-pressed=true]").wait_for()
    expect(page.locator("#shelf-count")).to_have_text("1")
    page.get_by_role("link", name="书架").click()
    page.get_by_role("link", name="修渠的人").wait_for()
    reader.check()
    page.get_by_role("button", name=re.compile("取下")).click()
    page.get_by_role("button", name="放回去").click()
    page.get_by_role("link", name="修渠的人").wait_for()
    reader.check()


def test_a_bookmark_in_place_can_be_undone(collection: Collection, make_reader) -> None:
    reader = make_reader(viewport=DESK)
    page = reader.open(collection.issue.get_absolute_url())
    button = page.get_by_role("button", name="收藏：修渠的人")
    button.click()
    page.locator(".toast", has_text="已收入书架").wait_for()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="撤销").click()
    page.locator(".toast", has_text="已从书架取下").wait_for()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#shelf-count")).to_be_hidden()
    reader.check()


def test_printed_lines_are_one_step_away_and_back(
    collection: Collection,
    make_reader,
) -> None:
    reader = make_reader(viewport=DESK)
    page = reader.open(collection.article.get_absolute_url())
    page.get_by_role("link", name="印刷行", exact=True).click()
    page.get_by_text("水渠从山口来,", exact=True).wait_for()
    reader.check()
    page.get_by_role("link", name="只看正文").click()
    page.wait_for_url(lambda url: "lines" not in url)


def test_the_language_is_chosen_and_kept(collection: Collection, make_reader) -> None:
    reader = make_reader(viewport=PHONE)
    page = reader.open(collection.issue.get_absolute_url())
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Publications").first.wait_for()
    assert page.url.endswith(collection.issue.get_absolute_url())
    reader.open("/topics/")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_window(
    collection: Collection,
    make_reader,
    width: int,
) -> None:
    long = "极其漫长的题目" * 20
    collection.issue.articles.update(title=long, subtitle=long, kicker=long)
    section = collection.article.section
    section.name = ("栏目" * 50)[:100]
    section.save()
    reader = make_reader(viewport={"width": width, "height": 800})
    for address in collection.addresses():
        reader.open(address)


# Language and theme meet in nothing but contrast: every rule once in each language,
# and the one of colours in every theme.
COLOURS = {"runOnly": ["color-contrast"]}


@pytest.mark.parametrize(
    ("language", "theme", "options"),
    [
        ("zh-hans", "light", {}),
        ("en", "dark", {}),
        ("zh-hans", "dark", COLOURS),
        ("zh-hans", "sepia", COLOURS),
        ("en", "sepia", COLOURS),
        ("en", "system", COLOURS),
    ],
)
def test_axe_finds_nothing(
    collection: Collection,
    make_reader,
    language: str,
    theme: str,
    options: dict,
) -> None:
    reader = make_reader(language, viewport=DESK, color_scheme="dark")
    reader.like(theme=theme)
    reader.open(collection.article.get_absolute_url())
    reader.page.locator("button.keep").first.click()  # a shelf with something on it
    reader.page.locator("button.keep[aria-pressed=true]").first.wait_for()
    found = {}
    for address in collection.addresses():
        results = Axe().run(reader.open(address), options=options)
        if results.violations_count:
            found[address] = [
                (v["id"], [n["html"][:120] for n in v["nodes"][:2]])
                for v in results.response["violations"]
            ]
    assert not found


def test_axe_finds_nothing_on_the_error_page(make_reader, db: None) -> None:
    reader = make_reader(viewport=PHONE)
    reader.page.goto(reader.base + "/nope/")
    assert reader.page.get_by_role("searchbox").count() == 1
    assert Axe().run(reader.page).violations_count == 0

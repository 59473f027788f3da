"""An editor's morning in a real browser: a title and a paragraph put right for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from articles.importing.run import import_dump
from articles.models import Article, Problem
from tests.browser.conftest import DESK, PHONE, Reader
from tests.parsed import parse_dump

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "堤上的树是谁栽的"


@pytest.fixture
def sample(sample_dumps: Path) -> Callable[[], None]:
    """Brings the sample publication in, again and again."""

    def bring_in() -> None:
        for file in sorted(sample_dumps.glob("*.txt")):
            content = file.read_bytes()
            import_dump(parse_dump(content, source=file.name), content)

    bring_in()
    return bring_in


def test_a_correction_reaches_readers_and_survives_the_next_import(
    sample: Callable[[], None], sign_in: Callable[..., Reader]
) -> None:
    article = Article.objects.get(title=TITLE)
    block = max(article.blocks.filter(role="paragraph"), key=lambda b: len(b.text))
    reader = sign_in("/admin/")
    page = reader.page
    page.click("#content-main >> text=文章")
    page.fill("#searchbar", "堤上的树")
    page.press("#searchbar", "Enter")
    page.click(f"#result_list >> text={TITLE}")

    row = page.locator(f"#block-{block.pk}")
    row.wait_for()
    printed = row.locator(".printed-lines li")
    assert printed.count() == len(block.lines)
    assert printed.first.inner_text().split()[0] == str(block.lines[0])
    assert page.locator(".field-title .printed-line").inner_text().endswith(TITLE)

    page.fill("#id_title", "堤上的树，是谁栽的？")
    row.locator("textarea").fill("编辑改过的一段。")
    page.click("input[name=_continue] >> nth=0")
    page.wait_for_selector(".messagelist .success")
    assert page.locator(".mark:has-text('bianji')").count() == 2
    reader.check()

    for again in (False, True):
        if again:
            sample()
        page = reader.open(article.get_absolute_url())
        assert "堤上的树，是谁栽的？" in page.locator("h1").inner_text()
        assert page.locator("text=编辑改过的一段。").count() >= 1


def test_an_author_is_chosen_from_the_box_and_found_by_pinyin(
    sample: Callable[[], None], sign_in: Callable[..., Reader]
) -> None:
    article = Article.objects.get(title=TITLE)
    reader = sign_in("/admin/")
    page = reader.open(reverse("admin:articles_article_change", args=[article.pk]))
    page.click("#authorships-group .add-row a")
    page.click("#authorships-1 .select2-selection")
    page.fill(".select2-search__field", "shen yan")
    page.click(".select2-results__option:has-text('沈砚秋')")
    page.click("input[name=_save] >> nth=0")
    page.wait_for_selector(".messagelist .success")
    reader.check()
    assert "沈砚秋" in {author.name for author in article.authors.all()}
    article.refresh_from_db()
    assert "authors" in article.base


@pytest.mark.one_engine
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["wide", "narrow"])
def test_no_page_of_the_desk_breaks_the_policy(
    viewport: dict[str, int], sample: Callable[[], None], sign_in: Callable[..., Reader]
) -> None:
    """Every type of page: no complaint in the console, nothing wider than the window."""
    reader = sign_in("/admin/", viewport=viewport)
    for address in _every_page():
        reader.open(address)


def _every_page() -> list[str]:
    article = Article.objects.get(title=TITLE)
    problem = Problem.objects.create(
        dump=article.dump, article=article, code="import-conflict", lines=[1, 3], message="x",
        detail={"field": "title", "base": "甲", "new": "乙", "mine": "丙"},
    )  # fmt: skip
    article.base = {"title": "甲"}
    article.save()
    rows = {
        "article": article, "issue": article.issue, "publication": article.issue.publication,
        "section": article.section, "author": article.authors.get(),
        "topic": article.topics.first(), "sourcedump": article.dump, "problem": problem,
    }  # fmt: skip
    pages = ["/admin/", "/admin/articles/", "/admin/password_change/"]
    for model, row in rows.items():
        pages.append(reverse(f"admin:articles_{model}_changelist"))
        if row is not None:
            pages.append(reverse(f"admin:articles_{model}_change", args=[row.pk]))
            pages.append(reverse(f"admin:articles_{model}_history", args=[row.pk]))
    adds = ("publication", "section", "author", "topic")
    pages += [reverse(f"admin:articles_{model}_add") for model in adds]
    return [*pages, reverse("admin:articles_issue_identify", args=[article.issue_id])]


@pytest.mark.one_engine
def test_the_desk_speaks_chinese_and_is_named(sign_in: Callable[..., Reader]) -> None:
    page = sign_in("/admin/").page
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert "阅览" in page.title()
    assert "编辑部" in page.inner_text("#content")

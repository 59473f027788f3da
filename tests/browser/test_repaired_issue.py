"""An editor's tour in a real browser, from the queue to a repaired issue: the page of
interleaved columns, the article that jumps, the mangled headline, the disputed author.

The dumps are the real ones where they are there, and the sample publication's.  They come
in as a worse parser would read them; when the editor is done they stand as they should.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.dump import ParsedIssue
from articles.importing.ledger import check_ledger, stored_lines
from articles.importing.run import import_dump
from articles.models import Article, Issue, Problem, SourceDump, Task
from tests.browser.conftest import Reader
from tests.browser.misread import (
    Misread,
    as_it_should_be,
    interleaved,
    jumped,
    mangled,
)
from tests.parsed import parse_dump

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SEEDS = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "seeds"
SAMPLES = Path(__file__).resolve().parent.parent.parent / "fixtures" / "dumps"


@dataclass(frozen=True)
class Dumps:
    """The files by what is wrong in them."""

    folder: Path
    page: str
    issue: str
    dispute: str

    def parse(self, name: str) -> tuple[ParsedIssue, bytes]:
        [file] = self.folder.glob(f"{name}*.txt")
        content = file.read_bytes()
        return parse_dump(content, source=file.name), content


DUMPS = {
    "samples": Dumps(SAMPLES, "heshi-ribao-20231018", "heshi-2023-03", "heshi-2023-03"),
    "real": Dumps(SEEDS, "002_", "001_", "003_"),
}


@pytest.fixture(
    params=[
        "samples",
        pytest.param(
            "real",
            marks=pytest.mark.skipif(
                not SEEDS.is_dir(), reason="the real dumps are not here"
            ),
        ),
    ]
)
def dumps(request: pytest.FixtureRequest) -> Dumps:
    return DUMPS[request.param]


def stands(name: str) -> list[Any]:
    """As ``misread.as_it_should_be`` has it, from the database."""
    [dump] = SourceDump.objects.filter(name__startswith=name, current=True)
    check_ledger(dump, stored_lines(dump))
    return [
        [
            article.title,
            [one.author.name for one in article.authorships.order_by("position", "id")],
            [[b.role, b.lines] for b in article.blocks.order_by("position", "id")],
        ]
        for article in Article.objects.published().filter(dump=dump).in_printed_order()
    ]


def ready(page: Page) -> None:
    """The page's own keys are listened to: its buttons name them."""
    expect(page.locator("kbd").first).to_be_visible()


def decide(page: Page, key: str, task: Task) -> None:
    """A key that decides; then the next task, or the queue, is there."""
    page.keyboard.press(key)
    expect(page).not_to_have_url(re.compile(rf"[?&]task={task.pk}\b"))


def open_task(reader: Reader, task: Task) -> Page:
    page = reader.open(reverse("desk:task", args=[task.pk]))
    ready(page)
    return page


def test_a_page_of_interleaved_columns(
    dumps: Dumps, sign_in: Callable[..., Reader]
) -> None:
    """By keys alone: the first of the queue, the parser's other reading."""
    parsed, content = dumps.parse(dumps.page)
    import_dump(interleaved(parsed).parsed, content)
    assert stands(dumps.page) != as_it_should_be(parsed)

    reader = sign_in()
    page, task = reader.page, Task.objects.order_by("-weight", "-id")[0]
    page.keyboard.press("j")
    expect(page.locator("a.open").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".banner .print")).to_have_count(2)  # now, and instead
    ready(page)
    decide(page, "s", task)
    reader.check()
    assert stands(dumps.page) == as_it_should_be(parsed)
    assert not Task.objects.filter(pk=task.pk, state="open").exists()


def test_an_issue_with_a_jump_and_a_mangled_headline(
    dumps: Dumps, sign_in: Callable[..., Reader]
) -> None:
    parsed, content = dumps.parse(dumps.issue)
    jump = jumped(parsed)
    headline = mangled(jump.parsed)
    import_dump(headline.parsed, content)
    reader = sign_in()
    _bring_home(reader, jump)
    _name(reader, headline)
    assert stands(dumps.issue) == as_it_should_be(parsed)

    [issue] = Issue.objects.all()
    page = reader.open(reverse("desk:issue", args=[issue.pk]))
    page.click("button[value=first]")
    expect(page.locator(".proof")).to_contain_text("bianji")
    reader.check()
    page = reader.open(issue.get_absolute_url())
    expect(page.locator("main")).to_contain_text(headline.home)
    expect(page.locator("main")).to_contain_text("一校")


def _bring_home(reader: Reader, jump: Misread) -> None:
    """The tail is split off where it stands, merged into its article, and joined."""
    task = Task.objects.get(block__lines=list(jump.lines), kind="placement")
    page, tail = open_task(reader, task), task.block
    home = Article.objects.get(title=jump.home)
    page.keyboard.press("p")
    expect(page.locator(".done")).to_contain_text("拆分")
    made = Article.objects.order_by("-pk")[0]
    page.select_option("select[name=to]", str(home.pk))
    page.click("button[value=merge]")
    expect(page.locator(".done")).to_contain_text("并入")

    query = {"article": home.pk, "block": tail.pk}
    page = reader.open(reverse("desk:issue", args=[home.issue_id], query=query))
    ready(page)
    page.keyboard.press("b")
    expect(page.locator(".done")).to_contain_text("接到上一段")
    reader.check()
    page = reader.open(made.get_absolute_url())  # the address leads on
    assert page.url == reader.base + home.get_absolute_url()


def _name(reader: Reader, headline: Misread) -> None:
    task = Task.objects.get(problem__code="title-mangled")
    page = open_task(reader, task)
    page.click(".banner a.button >> text=文章各项")
    page.fill("#id_title", headline.home)
    page.click("input[name=_save] >> nth=0")
    expect(page.locator(".messagelist .success")).to_be_visible()
    decide(open_task(reader, task), "a", task)
    reader.check()
    assert Problem.objects.get(code="title-mangled").state == "settled"


def test_a_disputed_author(dumps: Dumps, sign_in: Callable[..., Reader]) -> None:
    """The other name is tried, seen in the history, taken back; the first was right."""
    parsed, content = dumps.parse(dumps.dispute)
    import_dump(parsed, content)
    disputed = Problem.objects.filter(code="author-mismatch").order_by("pk")[0]
    reader, task = sign_in(), Task.objects.get(problem=disputed)
    page = open_task(reader, task)
    for form in (disputed.detail["listed"], disputed.detail["printed"]):
        expect(page.locator(".banner h2")).to_contain_text(form)
    decide(page, "s", task)
    assert stands(dumps.dispute) != as_it_should_be(parsed)

    page = reader.open(reverse("desk:history"))
    page.click(".revisions a >> nth=0")
    page.click("form[action$='/undo/'] button")
    expect(page.locator("main")).to_contain_text("已撤销")
    assert stands(dumps.dispute) == as_it_should_be(parsed)
    task = Task.objects.get(problem=disputed)
    decide(open_task(reader, task), "a", task)
    reader.check()
    disputed.refresh_from_db()
    assert disputed.state == "settled"

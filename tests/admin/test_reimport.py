"""What an editor did in the admin, seen from the next import of the sample publication."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from articles.importing.run import import_dump
from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    Issue,
    Problem,
)
from tests.admin.forms import opened, read_form, send, submit
from tests.admin.test_saving import page_of, row_number
from tests.parsed import parse_dump

pytestmark = pytest.mark.django_db

NAME = "heshi-2023-03.txt"
TITLE = "堤上的树是谁栽的"


def bring_in(text: str) -> None:
    content = text.encode()
    import_dump(parse_dump(content, source=NAME), content)


@pytest.fixture
def text(sample_dumps: Path) -> str:
    return (sample_dumps / NAME).read_text(encoding="utf-8")


@pytest.fixture
def article(text: str) -> Article:
    bring_in(text)
    return Article.objects.get(title=TITLE)


def everything() -> str:
    models = [Issue, Article, Block, Author, Authorship, ArticleTopic, Problem]
    return "\n".join(
        serialize("json", model.objects.order_by("pk")) for model in models
    )


def long_paragraph(article: Article) -> Block:
    return max(
        article.blocks.filter(role="paragraph"), key=lambda block: len(block.text)
    )


def edit(desk: Client, article: Article) -> None:
    """A title, a paragraph, an author's affiliation, a topic declined."""
    url, block = page_of(article), long_paragraph(article)
    fields = opened(desk, url)
    paragraph = row_number(fields, "blocks", block.pk)
    author = row_number(fields, "authorships", article.authorships.get().pk)
    typed = {
        "title": "堤上的树，是谁栽的",
        f"{paragraph}-text": "编辑改过的一段。",
        f"{author}-affiliation": "水文站",
    }
    assert send(desk, url, fields, typed).status_code == 302


def test_looking_at_every_article_changes_nothing(
    desk: Client, article: Article
) -> None:
    before = everything()
    for row in Article.objects.all():
        assert submit(desk, page_of(row), {}).status_code == 302
    submit(desk, page_of(article.issue), {})
    submit(desk, page_of(article.issue.publication), {})
    assert everything() == before


def test_the_same_dump_again_changes_nothing(
    desk: Client, article: Article, text: str
) -> None:
    edit(desk, article)
    before = everything()
    bring_in(text)
    assert everything() == before


def test_a_changed_dump_leaves_edits_and_takes_the_rest(
    desk: Client, article: Article, text: str
) -> None:
    edit(desk, article)
    block = long_paragraph(Article.objects.get(title="卡片柜里的城市"))
    old, new = (
        block.printed.split("\n")[0],
        "这一段在新的扫描里读法不同，" + block.printed.split("\n")[0],
    )
    bring_in(text.replace(old, new))
    article.refresh_from_db()
    block.refresh_from_db()
    assert article.title == "堤上的树，是谁栽的"
    assert article.blocks.filter(text="编辑改过的一段。").exists()
    assert article.authorships.get().affiliation == "水文站"
    assert block.text.startswith("这一段在新的扫描里读法不同")
    assert not Problem.objects.filter(code="import-conflict").exists()


@pytest.fixture
def conflict(desk: Client, article: Article, text: str) -> Problem:
    """Both the editor and a new scan changed the same headline."""
    submit(desk, page_of(article), {"title": "编辑的题"})
    bring_in(text.replace(TITLE, "堤上的柳是谁栽的"))
    return Problem.objects.get(code="import-conflict", article=article)


def act(desk: Client, problem: Problem, name: str) -> None:
    url = reverse("admin:articles_problem_act", args=[problem.pk, name])
    assert desk.post(url).status_code == 302


def test_a_conflict_shows_the_three_readings(desk: Client, conflict: Problem) -> None:
    page = desk.get(page_of(conflict)).content.decode()
    assert [reading in page for reading in (TITLE, "堤上的柳是谁栽的", "编辑的题")] == [
        True
    ] * 3


def test_keeping_mine_settles_it_for_good(
    desk: Client, article: Article, conflict: Problem, text: str
) -> None:
    act(desk, conflict, "keep-mine")
    bring_in(text.replace(TITLE, "堤上的柳是谁栽的"))
    article.refresh_from_db()
    assert article.title == "编辑的题"
    assert not Problem.objects.filter(code="import-conflict", state="open").exists()


def test_taking_the_new_one_hands_the_field_back(
    desk: Client, article: Article, conflict: Problem, text: str
) -> None:
    act(desk, conflict, "take-new")
    article.refresh_from_db()
    conflict.refresh_from_db()
    assert (article.title, article.base, conflict.state) == (
        "堤上的柳是谁栽的",
        {},
        "settled",
    )
    bring_in(text.replace(TITLE, "堤上的杨是谁栽的"))
    article.refresh_from_db()
    assert article.title == "堤上的杨是谁栽的"


def test_a_renamed_author_stays_the_same_person(
    desk: Client, article: Article, text: str
) -> None:
    author = Author.objects.get(name="沈砚秋")
    mine = author.authorships.get().article
    submit(desk, page_of(author), {"name": "沈彦秋"})
    bring_in(text + "\n又一行。\n")
    assert [str(a.author) for a in mine.authorships.all()] == ["沈彦秋"]
    assert not Author.objects.filter(name="沈砚秋").exists()


def test_an_edited_masthead_stays(desk: Client, article: Article, text: str) -> None:
    submit(desk, page_of(article.issue), {"masthead": "河石月刊（编辑校过）"})
    bring_in(text)
    article.issue.refresh_from_db()
    assert article.issue.masthead == "河石月刊（编辑校过）"


def test_a_page_opened_before_an_import_does_not_undo_it(
    desk: Client, article: Article, text: str
) -> None:
    """The import is a second editor: what it changed meanwhile is not written back."""
    mine = opened(desk, page_of(article))
    bring_in(text.replace(TITLE, "堤上的柳是谁栽的"))
    answer = send(desk, page_of(article), mine, {"subtitle": "副"})
    if answer.status_code == 200:  # a paragraph moved; the page says so
        send(desk, page_of(article), read_form(answer), {"subtitle": "副"})
    article.refresh_from_db()
    assert article.title == "堤上的柳是谁栽的"

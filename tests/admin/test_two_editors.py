"""Two editors on one article: both have their way, or the second sees what changed."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from articles.models import Article
from tests import factories as make
from tests.admin.conftest import make_editor
from tests.admin.forms import opened, read_form, send, submit
from tests.admin.test_saving import page_of, row_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Client:
    client = Client()
    client.force_login(make_editor("jiaodui"))
    return client


@pytest.fixture
def article() -> Article:
    return make.make_article(title="甲题", authors=["苏若川"], text="原文。")


def test_different_fields_are_both_kept(
    desk: Client, other: Client, article: Article
) -> None:
    url = page_of(article)
    mine = opened(desk, url)
    submit(other, url, {"title": "别人的题"})
    assert send(desk, url, mine, {"subtitle": "我的副题"}).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.subtitle) == ("别人的题", "我的副题")
    assert article.base == {"title": "甲题", "subtitle": ""}


def test_the_same_field_is_shown_to_the_second(
    desk: Client, other: Client, article: Article
) -> None:
    url = page_of(article)
    mine = opened(desk, url)
    submit(other, url, {"title": "别人的题"})
    answer = send(desk, url, mine, {"title": "我的题"})
    article.refresh_from_db()
    assert (answer.status_code, article.title) == (200, "别人的题")
    again = read_form(answer)
    assert "另一位编辑刚把此处改为“别人的题”" in answer.content.decode()
    assert again["title"] == ["我的题"]
    assert send(desk, url, again, {}).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.base) == ("我的题", {"title": "甲题"})


def test_the_same_paragraph_is_shown_to_the_second(
    desk: Client, other: Client, article: Article
) -> None:
    url, block = page_of(article), article.blocks.get()
    mine = opened(desk, url)
    name = row_number(mine, "blocks", block.pk) + "-text"
    submit(other, url, {name: "别人的文字。"})
    answer = send(desk, url, mine, {name: "我的文字。", "subtitle": "副"})
    block.refresh_from_db()
    article.refresh_from_db()
    assert (block.text, article.subtitle) == ("别人的文字。", "")
    assert "别人的文字。" in answer.content.decode()
    send(desk, url, read_form(answer), {})
    block.refresh_from_db()
    article.refresh_from_db()
    assert (block.text, article.subtitle) == ("我的文字。", "副")


def test_the_same_change_by_both_is_no_conflict(
    desk: Client, other: Client, article: Article
) -> None:
    url = page_of(article)
    mine = opened(desk, url)
    submit(other, url, {"title": "同一个题"})
    assert send(desk, url, mine, {"title": "同一个题"}).status_code == 302


def test_what_the_page_shows_again_is_what_the_other_wrote(
    desk: Client, other: Client, article: Article
) -> None:
    """Coming back with a conflict in one field, the others show the present state."""
    url = page_of(article)
    mine = opened(desk, url)
    submit(other, url, {"title": "别人的题", "subtitle": "别人的副题"})
    again = read_form(send(desk, url, mine, {"title": "我的题"}))
    assert again["subtitle"] == ["别人的副题"]


def test_text_typed_into_a_row_that_is_gone_is_not_dropped_unsaid(
    desk: Client, other: Client, article: Article
) -> None:
    url, author = page_of(article), article.authorships.get()
    mine = opened(desk, url)
    row = row_number(mine, "authorships", author.pk)
    submit(other, url, {f"{row}-DELETE": "on"})
    answer = send(desk, url, mine, {f"{row}-affiliation": "河石县"})
    assert answer.status_code == 200
    assert "已被移走或删除" in answer.content.decode()


def test_random_interleavings_lose_nothing(
    desk: Client, other: Client, article: Article
) -> None:
    """Whatever two editors do, each typed value is saved or shown to be overtaken."""
    chance = random.Random(5)
    url, names = page_of(article), ["title", "subtitle", "kicker", "affiliation"]
    for turn in range(12):
        pages = {desk: opened(desk, url), other: opened(other, url)}
        seen_by_second = dict(pages[other])
        typed = {c: {chance.choice(names): f"{turn}-{i}"} for i, c in enumerate(pages)}
        send(desk, url, pages[desk], typed[desk])
        answer = send(other, url, seen_by_second, typed[other])
        article.refresh_from_db()
        collided = typed[desk].keys() == typed[other].keys()
        assert answer.status_code == (200 if collided else 302)
        for client in [desk] if collided else [desk, other]:
            for name, value in typed[client].items():
                assert getattr(article, name) == value

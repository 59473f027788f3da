"""A new text of an issue of which an editor merged one article into another."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.editing.pieces import merge_articles
from articles.editing.undoing import undo
from articles.importing.ledger import check_ledger, stored_lines
from articles.importing.plan import Verdict
from articles.models import Article, Problem, SourceDump, Task
from tests.importing.sheets import BOAT, CHESS, WELL, Sheet, village

pytestmark = pytest.mark.django_db

NEW = "井台边的青石板换过三回，最近一回是前年春天。"


def scanned_anew(well: list[str], chess: list[str] = CHESS) -> Sheet:
    """Its lines have other numbers."""
    sheet = Sheet().furniture("slogan", "新的一行口号")
    sheet.furniture("masthead", "槐下月刊", "2021年第5期")
    sheet.article("槐下棋局", chess, authors=["苏若川"], section="乡土", page=3)
    sheet.article("一眼老井", well, authors=["曾在田", "陆鸣"], section="乡土", page=7)
    sheet.article("末班渡船", BOAT, page=9)
    return sheet.furniture("colophon", "槐下月刊社编印")


def named(title: str) -> Article:
    return Article.objects.get(title=title)


def texts(article: Article) -> list[str]:
    return [b.text for b in article.blocks.order_by("position", "id")]


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("bianji")


@pytest.mark.parametrize("into", ["槐下棋局", "末班渡船"])
def test_its_new_lines_follow_and_say_so(into: str, editor: User) -> None:
    village().load()
    merge_articles(editor, named("一眼老井"), named(into))
    before = texts(named(into))
    scanned_anew([*WELL[:2], NEW, WELL[2]]).load(replace=True)

    assert not named("一眼老井").blocks.exists()
    at = before.index(WELL[1]) + 1
    assert texts(named(into)) == [*before[:at], NEW, *before[at:]]
    told = Problem.objects.get(code="lines-of-a-merged-article")
    assert told.article == named(into)
    assert Task.objects.get(problem=told).kind == Task.Kind.CONFLICT
    [dump] = SourceDump.objects.filter(current=True)
    check_ledger(dump, stored_lines(dump))


def test_the_same_again_changes_nothing(editor: User) -> None:
    village().load()
    merge_articles(editor, named("一眼老井"), named("槐下棋局"))
    again = scanned_anew([NEW, *WELL])
    again.load(replace=True)
    before = texts(named("槐下棋局"))
    assert before.index(NEW) == before.index(WELL[0]) - 1
    assert again.load().verdict == Verdict.UNCHANGED
    assert texts(named("槐下棋局")) == before
    assert Problem.objects.filter(code="lines-of-a-merged-article").count() == 1


def test_a_line_read_differently_follows(editor: User) -> None:
    """Too different to be known again: it is a new one, and the old one is gone."""
    village().load()
    merge_articles(editor, named("一眼老井"), named("末班渡船"))
    scanned_anew([WELL[0], "□□□□□□□□□□□□□□□", WELL[2]]).load(replace=True)
    assert "□□□□□□□□□□□□□□□" in texts(named("末班渡船"))
    assert not named("一眼老井").blocks.exists()


def test_a_merge_that_is_taken_back_takes_its_new_lines_along(editor: User) -> None:
    village().load()
    merge_articles(editor, named("一眼老井"), named("槐下棋局"))
    merged = named("一眼老井").revisions.order_by("id").first()
    undo(editor, merged)
    scanned_anew([*WELL, NEW]).load(replace=True)
    assert NEW in texts(named("一眼老井"))

"""No page of an article is kept beyond a change of anything that it shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from articles.dump import Problem
from articles.editing.acting import Refused, act
from articles.editing.fields import save_fields
from articles.editing.merging import merge_authors, merge_topics
from articles.editing.saying import said
from articles.editing.topics import give
from articles.editing.undoing import undo
from articles.models import Article, ArticleTopic, Author, Issue, Publication, Section
from tests.editing.conftest import article
from tests.editing.test_acts import ACTS
from tests.editing.test_any_sequence import STEPS
from tests.editing.test_any_sequence import _do as any_act
from tests.factories import give_topic, make_topic
from tests.importing.sheets import CHESS, Sheet, village
from tests.importing.test_reimport import READ_ANEW, paper
from tests.kept import pages_go_along

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ACTS)
def test_after_an_act_and_when_it_is_undone(
    name: str, issue: Issue, editor: User
) -> None:
    with pages_go_along("zh-hans", "en"):
        revision = ACTS[name](editor)
    with pages_go_along("zh-hans"):
        undo(editor, revision)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_sequence_of_acts(steps: list[Any], editor: User) -> None:
    with transaction.atomic():
        village().load()
        for step in steps:
            with pages_go_along("zh-hans"):
                _try(editor, *step)
        transaction.set_rollback(True)


def _try(editor: User, *step: int) -> None:
    with suppress(Refused):
        any_act(editor, *step)


def _change(row: Any, **values: Any) -> None:
    """As the admin does it."""
    where = {"articles": [row]} if isinstance(row, Article) else {}
    with act(None, said("改"), rows=[row], **where):
        for name, value in values.items():
            setattr(row, name, value)
        assert save_fields(row, values)


def _give(name: str) -> None:
    with act(None, said("给"), articles=[article("棋局")]):
        give(ArticleTopic(article=article("棋局"), topic=make_topic(name)))


CHANGES: dict[str, Callable[[], None]] = {
    "author": lambda: _change(Author.objects.get(name="苏若川"), name="苏若泉"),
    "column": lambda: _change(Section.objects.get(), name="风土"),
    "publication": lambda: _change(Publication.objects.get(), title="槐下"),
    "issue": lambda: _change(Issue.objects.get(), total_number=99),
    "title": lambda: _change(article("棋局"), title="槐下对弈"),
    "status": lambda: _change(article("棋局"), status="first"),
    "withdrawn": lambda: _change(article("棋局"), withdrawn=True),
    "topic": lambda: _give("集市"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_of_what_a_page_names(name: str, issue: Issue) -> None:
    with pages_go_along("zh-hans", "en"):
        CHANGES[name]()


def test_after_two_records_became_one(issue: Issue, editor: User) -> None:
    stay, go = make_topic("集市"), make_topic("庙会")
    give_topic(article("老井"), go)
    with pages_go_along("zh-hans"):
        merge_topics(editor, stay, go)
    with pages_go_along("zh-hans"):
        revision = merge_authors(
            editor, Author.objects.get(name="苏若川"), Author.objects.get(name="陆鸣")
        )
    with pages_go_along("zh-hans"):
        undo(editor, revision)


def test_after_a_later_reading_of_the_dump(db: None) -> None:
    paper().sheet().load()
    later = paper().read_anew(READ_ANEW, heads=[0, 1], authors=[8, 15])
    with pages_go_along("zh-hans"):
        later.sheet().load()


def test_after_the_same_text_stands_lower(issue: Issue) -> None:
    _two_titles("槐下对局").load()
    with pages_go_along("zh-hans"):
        _two_titles("槐下对局", "一行新的口号").load()


def test_after_the_contents_list_is_read_otherwise(issue: Issue) -> None:
    _two_titles("槐下对局").load()
    with pages_go_along("zh-hans"):
        _two_titles("老槐下棋", "一行新的口号").load()


def _two_titles(chosen: str, *slogans: str) -> Sheet:
    """The contents list has another title for the article."""
    sheet = Sheet(number=5).furniture("masthead", "槐下月刊", *slogans)
    sheet.article("槐下棋局", CHESS, title_variants=("槐下之棋",))
    sheet.problems.append(
        Problem("title-mismatch", (1,), "two titles", "a1", chosen=chosen)
    )
    return sheet

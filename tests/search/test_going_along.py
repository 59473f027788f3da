"""Whatever changes an article's record without touching its text: search goes along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles.dump import IssueKind
from articles.editing import articles as editing
from articles.editing.issues import identify
from articles.editing.merging import merge_authors, merge_topics
from articles.importing.move import move_dump
from articles.models import Article, Author, Issue, SearchEntry, Topic
from articles.search import get_index
from articles.search.query import parse_query
from articles.search.suggest import suggest
from articles.search.upkeep import troubles
from articles.search.window import newest
from tests import factories as make
from tests.admin.forms import submit
from tests.importing.sheets import CHESS, WELL, Sheet
from tests.indexed import stale_entries, stale_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin_user: User) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


def put(**fields: Any) -> Article:
    article = make.make_article(**fields)
    get_index().put_many([article.pk])
    return article


def found(text: str) -> list[int]:
    tree = parse_query(text).tree
    assert tree
    return [row.article for row in newest(get_index(), tree).rows]


def offered(typed: str) -> list[str]:
    return [suggestion.text for suggestion in suggest(get_index(), typed)]


def assert_index_holds() -> None:
    assert SearchEntry.objects.exists()
    assert (stale_entries(), stale_names(), troubles()) == ([], [], [])


def change(desk: Client, row: Any, **values: Any) -> None:
    name = f"admin:articles_{row._meta.model_name}_change"
    answer = submit(desk, reverse(name, args=[row.pk]), values)
    assert answer.status_code == 302, answer.context["errors"]


def test_an_author_gets_another_name(desk: Client) -> None:
    """In every article, by the old name and by the new."""
    articles = [put(authors=["刘志军"]) for _ in range(3)]
    author = Author.objects.get()
    change(desk, author, name="刘志国")
    assert set(found("作者:刘志国")) == set(found("作者:刘志军"))
    assert set(found("作者:刘志国")) == {article.pk for article in articles}
    assert offered("lzg") == ["刘志国"]
    assert_index_holds()


def test_a_name_is_handed_back_to_the_import(desk: Client) -> None:
    put(authors=["刘志军"])
    change(desk, Author.objects.get(), variants="柳志君")
    assert found("作者:柳志君")
    change(desk, Author.objects.get(), _release="variants")
    assert found("作者:柳志君") == []
    assert_index_holds()


def test_a_name_is_read_otherwise(desk: Client) -> None:
    """曾 is zeng as a surname, whatever a dictionary says first."""
    author = make.make_author("曾明", sort_key="ceng ming")
    put(authors=[author.name])
    assert offered("cengm") == ["曾明"]
    change(desk, author, sort_key="zeng ming")
    assert (offered("cengm"), offered("zengm")) == ([], ["曾明"])
    assert_index_holds()


@pytest.mark.parametrize("has_articles", [True, False])
def test_a_topic_gets_another_name(desk: Client, has_articles: bool) -> None:
    topic = make.make_topic("乡村振兴", sort_key="xiang cun zhen xing")
    article = put(topics=[topic])
    if not has_articles:
        topic.article_topics.all().delete()
        get_index().put_many([article.pk])
    change(desk, topic, name="乡村建设", sort_key="xiang cun jian she")
    assert found("主题:乡村建设") == ([article.pk] if has_articles else [])
    assert offered("xcjs") == (["乡村建设"] if has_articles else [])
    assert_index_holds()


def test_a_publication_and_a_column_are_looked_up(desk: Client) -> None:
    article = put(section="时评")
    change(desk, article.issue.publication, title="河石月刊")
    assert found("刊:河石") == found("栏目:时评") == [article.pk]
    assert_index_holds()


def test_a_topic_is_declined(desk: Client) -> None:
    topic = make.make_topic("康养")
    article = put(topics=[topic])
    assert found("主题:康养") == [article.pk]
    row = article.article_topics.get()
    change(desk, article, **{"article_topics-0-decision": "declined"})
    row.refresh_from_db()
    assert row.decision == "declined"
    assert found("主题:康养") == []
    assert_index_holds()


def test_two_topics_turn_out_to_be_one(admin_user: User) -> None:
    stay, go = make.make_topic("康养"), make.make_topic("康养旅游")
    one, other = put(topics=[stay]), put(topics=[go])
    merge_topics(admin_user, stay, go)
    assert set(found("主题:康养")) == {one.pk, other.pk}
    assert_index_holds()


@pytest.mark.parametrize("variants", [[], ["刘志军"]])
def test_two_authors_turn_out_to_be_one(admin_user: User, variants: list[str]) -> None:
    stay = make.make_author("刘志国", variants=variants)
    one, other = put(authors=[stay.name]), put(authors=["刘志军"])
    merge_authors(admin_user, stay, Author.objects.get(name="刘志军"))
    assert set(found("作者:刘志国")) == {one.pk, other.pk}
    assert one.pk in found("作者:刘志军")
    assert_index_holds()


def test_an_issue_turns_out_to_be_another_one(admin_user: User) -> None:
    first, second = put(), put()
    assert found("年:1999") == []
    known = identify(first.issue, admin_user, "河石月刊", year=1999, number=3)
    assert found("年:1999") == [first.pk]
    identify(second.issue, admin_user, "河石月刊", year=1999, number=4)
    assert found("年:1999") == [second.pk, first.pk]
    assert known.pk in set(Issue.objects.values_list("pk", flat=True))
    assert_index_holds()


def test_withdrawn_and_restored(admin_user: User) -> None:
    article = put(text="撤下又放回")
    editing.withdraw([article], admin_user)
    assert found("撤下又放回") == []
    editing.restore([article], admin_user)
    assert found("撤下又放回") == [article.pk]
    assert_index_holds()


def test_an_import_dates_an_issue_that_is_there() -> None:
    """Its articles are the same; their place among the results is not."""
    other = put(issue=make.make_issue(year=2021, number=5, sort_date="2021-05-05"))
    Sheet().article("槐下棋局", CHESS).load()
    [article] = Article.objects.exclude(pk=other.pk)
    assert _order() == [other.pk, article.pk]
    Sheet().article("槐下棋局", CHESS).load(date="2021-05-28")
    assert _order() == [article.pk, other.pk]
    assert_index_holds()


def test_an_import_learns_another_printed_form_of_a_name() -> None:
    """The form is the person's, so it finds what the person signed in other issues."""
    Sheet(number=4).article("槐下棋局", CHESS, authors=["刘志国"]).load("a.txt")
    [first] = Article.objects.all()
    Sheet(number=5).article(
        "老井", WELL, authors=["刘志国"], author_variants=("刘志军",)
    ).load("b.txt")
    assert Author.objects.get().variants == ["刘志军"]
    assert first.pk in found("作者:刘志军")
    assert len(found("作者:刘志军")) == 2
    assert_index_holds()


def test_a_page_gets_its_number() -> None:
    """Articles of page 4 come before those of page 7, wherever they stood first."""
    paper = {"kind": IssueKind.NEWSPAPER_PAGE, "year": None, "number": None}
    day = {"publication": "河石日报", "date": "2023-10-18"}
    Sheet(**paper, **day).article("槐下棋局", CHESS).load("7.txt", page=7)
    Sheet(**paper, **day).article("老井", WELL).load("4.txt", page=4)
    assert [Article.objects.get(pk=pk).title for pk in _order()] == ["老井", "槐下棋局"]
    assert_index_holds()


@pytest.mark.parametrize("change_of", ["author", "topic", "issue"])
def test_it_goes_back_with_the_transaction(desk: Client, change_of: str) -> None:
    author = make.make_author("刘志军")
    topic = make.make_topic("康养")
    article = put(authors=[author.name], topics=[topic])
    before = list(SearchEntry.objects.values())
    acts: dict[str, Callable[[], None]] = {
        "author": lambda: change(desk, author, name="刘志国"),
        "topic": lambda: change(desk, topic, name="旅游"),
        "issue": lambda: _move(article),
    }
    with transaction.atomic():
        acts[change_of]()
        transaction.set_rollback(True)
    assert list(SearchEntry.objects.values()) == before
    assert Topic.objects.get().name == "康养"
    assert_index_holds()


def _move(article: Article) -> None:
    from articles.importing.identity import Identity

    known = Identity(
        kind=IssueKind.MAGAZINE, sha256="", publication="别的刊物", year=1999, number=1,
        given=frozenset({"publication", "year", "number"}),
    )  # fmt: skip
    move_dump(article.dump, known)
    assert found("年:1999") == [article.pk]


def _order() -> list[int]:
    from articles.search.query import Everything

    return [row.article for row in newest(get_index(), Everything()).rows]

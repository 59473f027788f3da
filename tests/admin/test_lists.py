"""Lists find what they should, by means that an index has, and never count a table."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.desk import CappedPaginator
from articles.admin.lookup import find_issues, named
from articles.models import Article, Author, Issue, Problem, Publication, Topic
from articles.search import get_index
from articles.search.finder import find
from articles.search.query import parse_query
from tests import factories as make
from tests.admin.forms import submit

pytestmark = pytest.mark.django_db

LISTS = [
    "publication/", "section/", "issue/", "article/", "author/", "topic/", "sourcedump/",
    "problem/", "article/?kind=poem", "article/?status=machine", "article/?doubtful=1",
    "article/?withdrawn=1", "article/?publication=1", "article/?issue=1", "article/?author=1",
    "article/?topic=1", "issue/?publication=1", "problem/?state=open&code=author-mismatch",
    "problem/?publication=1", "sourcedump/?publication=1", "author/?q=wang", "issue/?q=刊物 2021 1",
    "sourcedump/?q=00", "article/?q=棋", "topic/?q=主",
]  # fmt: skip


def fill(articles: int) -> None:
    publication = Publication.objects.first() or make.make_publication()
    issue = make.make_issue(publication)
    for n in range(articles):
        topic = Topic.objects.first() or make.make_topic()
        article = make.make_article(
            issue,
            authors=[f"王{n}", f"李{n}"],
            topics=[topic],
            section="闲谈",
            confidence=0.5,
        )
        Problem.objects.create(
            dump=article.dump, article=article, code="author-mismatch", message="x"
        )
        make.make_dump(issue, page=n + 1, name=f"00{n}.txt")


def queries(desk: Client, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = desk.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("page", LISTS)
def test_a_list_asks_no_more_for_more_rows(desk: Client, page: str) -> None:
    url = reverse("admin:index") + "articles/" + page
    fill(2)
    few = len(queries(desk, url))
    fill(8)
    assert len(queries(desk, url)) <= few


def test_a_list_counts_no_further_than_its_cap(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CappedPaginator, "CAP", 3)
    fill(5)
    url = reverse("admin:articles_article_changelist")
    counts = [sql for sql in queries(desk, url) if "COUNT" in sql]
    assert counts and all("LIMIT 3" in sql for sql in counts)


def change_forms() -> dict[str, Any]:
    article = Article.objects.order_by("pk").first()
    return {
        "article": article, "issue": article.issue, "publication": article.issue.publication,
        "sourcedump": article.dump, "author": article.authors.first(),
        "topic": article.topics.first(), "problem": article.problems.first(),
    }  # fmt: skip


@pytest.mark.parametrize(
    "model",
    ["article", "issue", "publication", "sourcedump", "author", "topic", "problem"],
)
def test_a_form_asks_no_more_for_more_rows(desk: Client, model: str) -> None:
    fill(2)
    row = change_forms()[model]
    url = reverse(f"admin:articles_{model}_change", args=[row.pk])
    few = len(queries(desk, url))
    fill(4)
    article = change_forms()["article"]
    for n in range(9):
        make.add_block(article, f"又一段{n}", base={"text": "原"} if n else {})
        make.make_article(article.issue, authors=[f"新人{n}"])
    for n in range(4):
        make.give_topic(article, make.make_topic())
        article.authorships.create(author=make.make_author(f"合者{n}"), position=9 + n)
    # One query more may say whose hand it was, once a field is protected.
    assert len(queries(desk, url)) <= few + 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("曾", ["曾国"]), ("zeng", ["曾国"]), ("Zeng-Guo", ["曾国"]), ("国", []), ("%", []),
        ("曾%", []), ("_", []), ("尉迟", ["尉迟恭"]),
    ],
)  # fmt: skip
def test_authors_are_found_by_the_beginning_of_name_or_pinyin(
    typed: str, found: list[str]
) -> None:
    make.make_author("曾国", sort_key="zeng guo")
    make.make_author("尉迟恭", sort_key="yu chi gong")
    assert [
        a.name for a in named(Author.objects.order_by("pk"), typed, "name")
    ] == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("河石", ["2023/4", "2023/5", "2024/4"]), ("河石 2023", ["2023/4", "2023/5"]),
        ("河石 2023 4", ["2023/4"]), ("he shi 2024", ["2024/4"]), ("2023 5", ["2023/5"]),
        ("河石 147", ["2023/5"]), ("山月", []), ("河石 99999999999", ["2023/4", "2023/5", "2024/4"]),
    ],
)  # fmt: skip
def test_issues_are_found_by_publication_year_and_number(
    typed: str, found: list[str]
) -> None:
    heshi = make.make_publication("河石", sort_key="he shi")
    make.make_issue(heshi, year=2023, number=4)
    make.make_issue(heshi, year=2023, number=5, total_number=147)
    make.make_issue(heshi, year=2024, number=4)
    keys = find_issues(Issue.objects.order_by("pk"), typed).values_list(
        "key", flat=True
    )
    assert list(keys) == found


@pytest.mark.parametrize(
    "junk", ["abc", "-1", "99999999999999999999999", "'", "\x00", "１"]
)
@pytest.mark.parametrize(
    "name",
    [
        "q",
        "p",
        "o",
        "publication",
        "author",
        "topic",
        "doubtful",
        "code",
        "kind",
        "issue",
    ],
)
def test_a_forged_address_is_no_fault_of_the_server(
    desk: Client, name: str, junk: str
) -> None:
    for model in ("article", "problem", "author"):
        answer = desk.get(reverse(f"admin:articles_{model}_changelist"), {name: junk})
        assert answer.status_code in (200, 302, 400)


def test_the_autocomplete_of_sections_offers_one_publications(desk: Client) -> None:
    mine, foreign = make.make_publication(), make.make_publication()
    make.make_section(mine, "闲谈"), make.make_section(foreign, "闲话")
    query = {
        "app_label": "articles", "model_name": "article", "field_name": "section",
        "term": "闲", "publication": str(mine.pk),
    }  # fmt: skip
    answer = desk.get(reverse("admin:autocomplete"), query)
    assert [row["text"] for row in answer.json()["results"]] == ["闲谈"]


def test_articles_are_found_by_title_text_and_number(desk: Client) -> None:
    article = make.make_article(title="槐下棋局", text="乡里人都认得这棵槐树。")
    make.make_article(title="别的题目")
    get_index().put_many(Article.objects.values_list("pk", flat=True))
    url = reverse("admin:articles_article_changelist")
    for typed in ("棋局", "认得 槐树", article.public_id, "标题:槐下"):
        found = desk.get(url, {"q": typed}).context["cl"].result_list
        assert list(found) == [article], typed
    assert list(desk.get(url, {"q": "长" * 2000}).context["cl"].result_list) == []


def test_a_correction_is_found_at_once(desk: Client) -> None:
    article = make.make_article(title="槐下棋局")
    get_index().put_many([article.pk])
    submit(
        desk,
        reverse("admin:articles_article_change", args=[article.pk]),
        {"title": "柳下弈局"},
    )
    url = reverse("admin:articles_article_changelist")
    assert list(desk.get(url, {"q": "弈局"}).context["cl"].result_list) == [article]
    assert list(desk.get(url, {"q": "棋局"}).context["cl"].result_list) == []


def test_what_is_withdrawn_leaves_the_search_and_comes_back(desk: Client) -> None:
    article = make.make_article(title="槐下棋局")
    url = reverse("admin:articles_article_changelist")
    for action, found in (("withdraw", []), ("restore", [article.pk])):
        desk.post(url, {"action": action, "_selected_action": article.pk})
        article.refresh_from_db()
        assert article.withdrawn is (action == "withdraw")
        assert find(parse_query("棋局")).articles == found
    assert article.base == {}


def test_no_column_sorts_but_an_indexed_one(desk: Client) -> None:
    fill(2)
    url = reverse("admin:articles_author_changelist")
    for column in range(7):
        for way in ("", "-"):
            (rows,) = [
                q for q in queries(desk, f"{url}?o={way}{column}") if "ORDER BY" in q
            ]
            order = rows.partition("ORDER BY ")[2].partition(" ")[0]
            assert order in ('"articles_author"."name"', '"articles_author"."sort_key"')

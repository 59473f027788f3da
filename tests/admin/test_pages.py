"""Every page of the admin answers, to an editor who is no superuser."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from articles.models import Problem, Topic
from tests import factories as make
from tests.admin.forms import submit

MODELS = [
    "publication", "section", "issue", "article", "author", "topic", "sourcedump", "problem",
]  # fmt: skip


@pytest.fixture
def rows(db: None) -> dict[str, int]:
    """One of each, connected; the ids by model name."""
    publication = make.make_publication("河石")
    issue = make.make_issue(publication)
    dump = make.make_dump(issue, content="第一行\n\n第二行\n".encode())
    topic = make.make_topic("集市")
    article = make.make_article(
        issue,
        dump=dump,
        authors=["苏若川"],
        topics=[topic],
        section="闲谈",
        title="槐下棋局",
    )
    make.add_block(article, "槐下棋局", role="title", lines=[3])
    make.add_block(None, "河石　第四期", role="masthead", dump=dump, lines=[7])
    problem = Problem.objects.create(
        dump=dump,
        article=article,
        code="author-mismatch",
        lines=[1, 3],
        message="two readings",
    )
    return {
        "publication": publication.pk,
        "section": article.section_id,
        "issue": issue.pk,
        "article": article.pk,
        "author": article.authors.get().pk,
        "topic": topic.pk,
        "sourcedump": dump.pk,
        "problem": problem.pk,
    }


ADDED = {
    "publication": {"title": "山月", "kind": "magazine", "languages": "zh-Hans"},
    "section": {"name": "水边"},
    "author": {"name": "曾若川", "kind": "person"},
    "topic": {"name": "手艺", "terms": "竹编 2\n灯笼"},
}


@pytest.mark.parametrize("model", ADDED)
def test_what_an_editor_may_add_gets_its_address_and_pinyin(
    desk: Client, rows: dict[str, int], model: str
) -> None:
    typed = {
        **ADDED[model],
        **({"publication": rows["publication"]} if model == "section" else {}),
    }
    url = reverse(f"admin:articles_{model}_add")
    assert submit(desk, url, typed, press="_save").status_code == 302
    row = apps.get_model("articles", model).objects.order_by("-pk").first()
    made = {
        "山月": "shan yue",
        "水边": "shui bian",
        "曾若川": "zeng ruo chuan",
        "手艺": "shou yi",
    }
    assert row.sort_key == made[str(row)]
    assert row.slug.replace("-", "") == row.sort_key.replace(" ", "")


def test_the_terms_of_a_topic_are_lines(desk: Client, rows: dict[str, int]) -> None:
    url = reverse("admin:articles_topic_change", args=[rows["topic"]])
    submit(desk, url, {"terms": "竹编 2\r\n灯笼\r\n\r\n 彩 灯 1.5"})
    assert Topic.objects.get(pk=rows["topic"]).terms == [
        {"term": "竹编", "weight": 2}, {"term": "灯笼", "weight": 1}, {"term": "彩 灯", "weight": 1.5},
    ]  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_list_and_form_and_history_answer(
    desk: Client, rows: dict[str, int], model: str
) -> None:
    pages = [
        reverse(f"admin:articles_{model}_changelist"),
        reverse(f"admin:articles_{model}_change", args=[rows[model]]),
        reverse(f"admin:articles_{model}_history", args=[rows[model]]),
    ]
    assert [desk.get(page, follow=True).status_code for page in pages] == [
        200,
        200,
        200,
    ]


@pytest.mark.parametrize(
    "model", ["publication", "section", "issue", "article", "author", "topic"]
)
def test_each_page_leads_to_what_readers_see(
    desk: Client, rows: dict[str, int], model: str
) -> None:
    page = desk.get(reverse(f"admin:articles_{model}_change", args=[rows[model]]))
    row = page.context["original"]
    answer = desk.get(page.context["absolute_url"])
    assert answer.headers["Location"] == "http://testserver" + row.get_absolute_url()

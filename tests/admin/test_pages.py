"""Every page of the admin answers, to an editor who is no superuser."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Problem
from tests import factories as make

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


@pytest.mark.parametrize("model", MODELS)
def test_list_and_form_and_history_answer(
    desk: Client, rows: dict[str, int], model: str
) -> None:
    pages = [
        reverse(f"admin:articles_{model}_changelist"),
        reverse(f"admin:articles_{model}_change", args=[rows[model]]),
        reverse(f"admin:articles_{model}_history", args=[rows[model]]),
    ]
    assert [desk.get(page).status_code for page in pages] == [200, 200, 200]

"""Two records that are one: merged after a preview, led on, and undone to the byte."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.editing.acting import Refused
from articles.editing.merging import merge_authors, merge_topics
from articles.editing.undoing import undo
from articles.importing.indexing import index_naming
from articles.importing.plan import Verdict
from articles.models import ArticleTopic, Author, Decision, Issue, Task, Topic
from articles.queue import find_twins
from tests import factories as make
from tests.editing.conftest import article, export
from tests.importing.sheets import village

pytestmark = pytest.mark.django_db


def author(name: str) -> Author:
    return Author.objects.get(name=name)


def test_merged_authors_sign_as_one_and_no_import_parts_them(issue: Issue) -> None:
    stay, go = author("苏若川"), author("陆鸣")
    revision = merge_authors(None, stay, go)
    well = article("老井")
    assert [a.author.name for a in well.authorships.order_by("position")] == [
        "曾在田",
        "苏若川",
    ]
    stay.refresh_from_db()
    assert stay.variants == ["陆鸣"]
    assert Client().get(go.get_absolute_url()).url == stay.get_absolute_url()
    assert village().load().verdict == Verdict.UNCHANGED
    village(number=6).load("b.txt")  # a new article by the one who went
    assert not go.authorships.exists()
    undo(None, revision)
    assert author("陆鸣").authorships.count() == 1
    assert [a.author.name for a in well.authorships.order_by("position")] == [
        "曾在田",
        "陆鸣",
    ]


def test_two_names_at_one_article_become_one_for_good(issue: Issue) -> None:
    before = export()
    revision = merge_authors(None, author("曾在田"), author("陆鸣"))
    assert article("老井").authorships.count() == 1
    assert village().load().verdict == Verdict.UNCHANGED
    assert article("老井").authorships.count() == 1
    undo(None, revision)
    assert export() == before


def test_merged_topics_keep_terms_and_decisions(issue: Issue) -> None:
    stay = make.make_topic("集市", terms=[{"term": "集", "weight": 1}])
    go = make.make_topic("庙会", terms=[{"term": "庙", "weight": 2}])
    make.give_topic(article("棋局"), go, Decision.DECLINED)
    make.give_topic(article("老井"), go)
    make.give_topic(article("老井"), stay)
    before = export()
    revision = merge_topics(None, stay, go)
    stay.refresh_from_db()
    assert [t["term"] for t in stay.terms] == ["集", "庙"]
    rows = ArticleTopic.objects.filter(topic=stay).order_by("pk")
    assert {(r.article.title[-2:], r.decision) for r in rows} == {
        ("棋局", "declined"),
        ("老井", "accepted"),
    }
    assert Client().get(go.get_absolute_url()).url == stay.get_absolute_url()
    assert go.name not in Client().get("/topics/").content.decode()
    undo(None, revision)
    assert export() == before
    assert Topic.objects.get(pk=go.pk).merged_into is None


def test_what_cannot_be_merged_is_refused(issue: Issue) -> None:
    one, office = author("苏若川"), make.make_author("河石县志办", kind="organization")
    for stay, go in ((one, one), (one, office)):
        with pytest.raises(Refused):
            merge_authors(None, stay, go)


def test_twins_are_merged_from_the_queue(issue: Issue) -> None:
    Author.objects.filter(name="苏若川").update(variants=["陆鸣"])
    index_naming(Author.objects.get(name="苏若川"))
    find_twins()
    client = Client()
    client.force_login(User.objects.create_superuser("shenjiao"))
    task = Task.objects.get(kind="twins")
    page = client.get(reverse("desk:task", args=[task.pk]), follow=True)
    assert "陆鸣" in page.content.decode()
    first, second = task.detail["authors"]
    url = reverse("desk:merge-authors", query={"stay": first, "go": second})
    client.post(url, {"stay": first, "go": second, "task": task.pk})
    task.refresh_from_db()
    assert task.state == "settled"
    assert Author.objects.filter(merged_into__isnull=False).count() == 1

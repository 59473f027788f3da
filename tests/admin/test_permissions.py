"""Who may do what at the desk; and that nobody, not even a superuser, loses anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from articles.models import Article, Block, Issue, Problem, Publication, SourceDump
from tests import factories as make
from tests.admin.forms import opened, send
from tests.admin.test_pages import MODELS
from tests.admin.test_saving import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    article = make.make_article(
        authors=["苏若川"], topics=[make.make_topic()], section="闲谈"
    )
    Problem.objects.create(dump=article.dump, article=article, code="x-y", message="m")
    return article


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def superuser() -> Client:
    return client_of(User.objects.create_superuser("guanli"))


def rows_of(article: Article) -> list[Any]:
    return [
        article, article.issue, article.issue.publication, article.dump, article.section,
        article.authors.get(), article.topics.get(), article.problems.get(),
    ]  # fmt: skip


def test_nothing_printed_can_be_deleted(
    superuser: Client, desk: Client, article: Article
) -> None:
    for client in (superuser, desk):
        for row in rows_of(article):
            url = reverse(
                f"admin:articles_{row._meta.model_name}_delete", args=[row.pk]
            )
            assert client.post(url, {"post": "yes"}).status_code == 403
            listing = reverse(f"admin:articles_{row._meta.model_name}_changelist")
            client.post(
                listing,
                {"action": "delete_selected", "_selected_action": row.pk, "post": "1"},
            )
    assert [
        type(row).objects.filter(pk=row.pk).exists() for row in rows_of(article)
    ] == [True] * 8


@pytest.mark.parametrize("model", ["issue", "article", "sourcedump", "problem"])
def test_what_comes_out_of_dumps_cannot_be_added(superuser: Client, model: str) -> None:
    assert superuser.get(reverse(f"admin:articles_{model}_add")).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_strangers_readers_and_idle_staff_see_nothing(
    article: Article, model: str
) -> None:
    reader = client_of(User.objects.create_user("duzhe"))
    idle = client_of(User.objects.create_user("xianren", is_staff=True))
    gone = User.objects.create_user(
        "likai", is_staff=True, is_superuser=True, is_active=False
    )
    url = reverse(f"admin:articles_{model}_changelist")
    assert [c.get(url).status_code for c in (Client(), reader, client_of(gone))] == [
        302
    ] * 3
    assert idle.get(url).status_code == 403


def test_who_may_only_look_changes_nothing(desk: Client, article: Article) -> None:
    guest = User.objects.create_user("kanke", is_staff=True)
    guest.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = client_of(guest)
    fields = opened(desk, page_of(article))
    assert client.get(page_of(article)).status_code == 200
    assert send(client, page_of(article), fields, {"title": "偷改"}).status_code == 403
    problem = article.problems.get()
    act = reverse("admin:articles_problem_act", args=[problem.pk, "settle"])
    assert client.post(act).status_code == 403
    identify = reverse("admin:articles_issue_identify", args=[article.issue_id])
    assert client.post(identify, {"title": "偷改"}).status_code == 403
    problem.refresh_from_db()
    article.refresh_from_db()
    assert (problem.state, article.title == "偷改") == ("open", False)


def test_an_editor_reaches_no_accounts(desk: Client) -> None:
    for model in ("user", "group"):
        assert desk.get(reverse(f"admin:auth_{model}_changelist")).status_code == 403


def test_fields_that_a_form_does_not_offer_are_ignored(
    desk: Client, editor: User, article: Article
) -> None:
    users = serialize("json", User.objects.all())
    forged = {
        "is_superuser": "1", "public_id": "forged", "issue": "9", "dump": "9", "base": "{}",
        "characters": "1", "confidence": "1", "_popup": "1", "user_permissions": "1",
        "blocks-0-printed": "改印", "blocks-0-lines": "[9]", "blocks-0-dump": "9",
        "blocks-0-anchor": "p9", "blocks-0-article": "9",
    }  # fmt: skip
    rows = [Article, Block, SourceDump, Issue, Publication]
    before = [serialize("json", model.objects.all()) for model in rows]
    fields = opened(desk, page_of(article))
    send(desk, page_of(article), fields, forged)
    assert [serialize("json", model.objects.all()) for model in rows] == before
    assert serialize("json", User.objects.all()) == users


def test_pages_of_the_desk_are_kept_by_no_cache(desk: Client, article: Article) -> None:
    answer = desk.get(page_of(article))
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_without_its_token_is_refused(editor: User, article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    act = reverse(
        "admin:articles_problem_act", args=[article.problems.get().pk, "settle"]
    )
    for url in (page_of(article), act):
        assert client.post(url, {"title": "x"}).status_code == 403


def test_nothing_is_done_by_following_a_link(desk: Client, article: Article) -> None:
    problem = article.problems.get()
    assert (
        desk.get(
            reverse("admin:articles_problem_act", args=[problem.pk, "settle"])
        ).status_code
        == 405
    )
    problem.refresh_from_db()
    assert problem.state == "open"

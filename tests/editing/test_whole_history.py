"""History has every change whatever its way, and says it in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from articles.editing import blocks, undoing
from articles.editing.acting import Refused
from articles.models import ArticleTopic, Issue, Revision, Topic, Way
from articles.roles import ensure_roles
from tests.editing.conftest import block

pytestmark = pytest.mark.django_db


def newest() -> Revision:
    return Revision.objects.order_by("-id")[0]


@pytest.fixture
def superuser(client: Client, db: None) -> User:
    ensure_roles()
    user = User.objects.create_superuser("zhanzhang")
    client.force_login(user)
    return user


def test_each_reads_what_was_done_in_their_own_language(
    issue: Issue, editor: User
) -> None:
    with override("en"):  # whoever did it
        done = blocks.correct_text(editor, block("看客"), "看客散了。")
        undone = undoing.undo(editor, done)
    with override("zh-hans"):
        assert done.said.startswith("订正文字“")
        assert undone.said == f"撤销：{done.said}"
    with override("en"):
        assert done.said.startswith("Corrected the words of “")
        assert undone.said == f"Undone: {done.said}"
        with pytest.raises(Refused, match="has been undone"):
            undoing.undo(editor, done)


def test_a_vocabulary_that_is_loaded(tmp_path: Path, db: None) -> None:
    file = tmp_path / "topics.json"
    topic = {"name": "水利", "slug": "shuili", "terms": [{"term": "渠"}]}
    file.write_text(json.dumps([topic]))
    call_command("load_topics", file, verbosity=0)
    made = newest()
    assert (made.way, made.user, made.changes[0]["before"]) == (Way.COMMAND, None, None)
    topic["description"] = "水与渠"
    file.write_text(json.dumps([topic]))
    call_command("load_topics", file)
    [change] = newest().changes
    assert (change["before"], change["after"]) == (
        {"description": ""},
        {"description": "水与渠"},
    )
    call_command("load_topics", file)
    assert Revision.objects.count() == 2
    undoing.undo(None, newest())
    assert Topic.objects.get().description == ""


def test_articles_that_get_other_topics_by_command(
    issue: Issue, tmp_path: Path
) -> None:
    file = tmp_path / "topics.json"
    terms = [{"term": "井", "weight": 9}, {"term": "棋", "weight": 9}]
    file.write_text(
        json.dumps([{"name": "井与棋", "slug": "jing-yu-qi", "terms": terms}])
    )
    before = set(ArticleTopic.objects.values_list("article", "topic"))
    call_command("load_topics", file, "--assign")
    after = set(ArticleTopic.objects.values_list("article", "topic"))
    told = newest()
    assert after - before and told.way == Way.COMMAND
    made = [c["after"] for c in told.changes if c["before"] is None]
    assert {(c["article_id"], c["topic_id"]) for c in made} == after - before
    assert set(told.articles.values_list("pk", flat=True)) >= {
        a for a, _ in after - before
    }
    vocabulary = Revision.objects.exclude(pk=told.pk).order_by("-id")[0]
    with pytest.raises(Refused):  # it would take the articles' topics along
        undoing.undo(None, vocabulary)
    undoing.undo(None, told)
    assert set(ArticleTopic.objects.values_list("article", "topic")) == before


def test_rights_given_at_the_pages_of_users(superuser: User, client: Client) -> None:
    url = reverse("admin:auth_user_add")
    typed = {
        "username": "xinren",
        "password1": "right-and-long",
        "password2": "right-and-long",
    }
    client.post(url, {**typed, "usable_password": "true"})
    made = newest()
    user = User.objects.get(username="xinren")
    assert (made.user, made.subject) == (superuser, f"user:{user.pk}")
    editors = Group.objects.get(name="Editors")
    day = {"date_joined_0": "2026-01-01", "date_joined_1": "08:00"}
    form = {
        "username": "xinren",
        "is_active": "on",
        "is_staff": "on",
        "groups": [editors.pk],
    }
    client.post(reverse("admin:auth_user_change", args=[user.pk]), {**form, **day})
    [change] = newest().changes
    assert change["before"] == {"is_staff": False, "groups": []}
    assert change["after"] == {"is_staff": True, "groups": ["Editors"]}
    count = Revision.objects.count()
    client.post(reverse("admin:auth_user_change", args=[user.pk]), {**form, **day})
    assert Revision.objects.count() == count
    assert "password" not in json.dumps(list(Revision.objects.values_list("changes")))

    client.post(
        reverse("admin:auth_group_change", args=[editors.pk]),
        {"name": "Editors", "permissions": []},
    )
    assert newest().subject == f"group:{editors.pk}"
    client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"})
    assert newest().changes[0]["after"] is None


def test_rights_given_at_the_desk_and_by_commands(
    superuser: User, client: Client
) -> None:
    reader = User.objects.create_user("duzhe")
    client.post(reverse("desk:people"), {"user": "duzhe", "role": "Reviewers"})
    [change] = newest().changes
    assert (change["model"], change["pk"]) == ("user", reader.pk)
    assert change["after"] == {"is_staff": True, "groups": ["Reviewers"]}
    with override("zh-hans"):
        assert newest().said == "身份：duzhe → 审校"
    User.objects.all().delete()
    call_command("create_first_editor")
    assert newest().changes[0]["after"]["groups"] == ["Editors"]
    names = {"username": "zong", "email": "z@example.org"}
    call_command("createsuperuser", interactive=False, **names)
    assert newest().changes[0]["after"]["is_superuser"] is True
    assert newest().way == Way.COMMAND

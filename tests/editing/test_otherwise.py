"""What the contents list says instead of the body is one key away; the reasons are words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from articles.dump import confidence
from articles.editing.undoing import undo
from articles.models import Article, Block, Issue, Problem, Revision, Task
from articles.problems import DOUBTS, LABELS, TEXTS, doubt_text
from articles.roles import ensure_roles
from tests.importing.sheets import Sheet, village

pytestmark = pytest.mark.django_db
PARSER = Path(confidence.__file__).parent


def disputed() -> Sheet:
    sheet = village()
    title, author = sheet.articles[0].blocks[0].lines[0], 3
    sheet.problem(
        "title-mismatch", title, article="a1", listed="槐下棋屋", printed="槐下棋局"
    )
    return sheet.problem(
        "author-mismatch", author, article="a1", listed="苏若山", printed="苏若川"
    )


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    ensure_roles()
    editor = User.objects.create_user("bianji", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    return client


def decide(desk: Client, code: str, act: str) -> None:
    task = Task.objects.get(problem__code=code)
    desk.post(reverse("desk:decide", args=[task.pk]), {"act": act})


def forms() -> tuple[str, list[str], list[str], list[str]]:
    found = Article.objects.order_by("position")[0]
    names = list(found.authorships.values_list("author__name", flat=True))
    return found.title, found.title_variants, names, found.author_variants


def test_the_form_of_the_contents_list_is_taken_kept_and_undone(desk: Client) -> None:
    disputed().load()
    before = forms()
    decide(desk, "title-mismatch", "alternative")
    decide(desk, "author-mismatch", "alternative")
    assert forms() == ("槐下棋屋", ["槐下棋局"], ["苏若山"], ["苏若川"])
    assert not Problem.objects.filter(state="open").exists()
    disputed().furniture("slogan", "再一版").load(replace=True)
    assert forms() == ("槐下棋屋", ["槐下棋局"], ["苏若山"], ["苏若川"])
    for revision in Revision.objects.exclude(user=None).order_by("-id"):
        undo(None, revision)
    assert forms() == before


def test_the_button_names_the_other_form(desk: Client) -> None:
    disputed().load()
    task = Task.objects.get(problem__code="author-mismatch")
    url = reverse("desk:task", args=[task.pk])
    assert "改作“苏若山”" in desk.get(url, follow=True).content.decode()
    facts = {
        "listed": "苏若山",
        "printed": "苏若水",
    }  # a person has written a third one
    Problem.objects.filter(code="author-mismatch").update(detail=facts)
    assert "改作" not in desk.get(url, follow=True).content.decode()


def test_every_doubt_of_the_parser_has_words() -> None:
    assert set(confidence._DOUBTS.values()) == set(DOUBTS)
    with override("en"):
        for words in DOUBTS:
            assert doubt_text(f"doubt: {words}").isascii()
    assert doubt_text("running text") == ""


def test_every_problem_of_the_parser_has_a_label_and_a_sentence() -> None:
    code = re.compile(r"\"([a-z]+(?:-[a-z]+)+)\"")
    finders = [f for f in PARSER.glob("*.py") if "Problem" in f.read_text("utf-8")]
    codes = {c for f in finders for c in code.findall(f.read_text("utf-8"))}
    assert "place-doubtful" in codes
    assert codes <= LABELS.keys() & TEXTS.keys()


@pytest.mark.parametrize("page", ["desk:issue", "admin:articles_article_change"])
def test_editors_read_a_doubt_in_words(desk: Client, page: str) -> None:
    village().load()
    said = "doubt: it is made of many lines"
    Block.objects.update(confidence=0.5, reasons=["running text", said])
    of = Issue if page == "desk:issue" else Article
    text = desk.get(reverse(page, args=[of.objects.all()[0].pk])).content.decode()
    assert "由许多行拼成" in text
    assert "many lines" not in text and "running text" not in text

"""Asks every address as every role, by GET and by POST, and says what each was answered.

The answers are the table in docs/permissions.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from articles import models as m
from articles.editing.blocks import correct_text
from articles.editing.reports import report
from articles.queue import sync
from articles.roles import ensure_roles
from portal.accounts.models import Reader
from tests import factories as make
from tests.editing.conftest import article, block
from tests.importing.sheets import village

ROLES = ("anonymous", "Readers", "Editors", "Reviewers", "Administrators")
Row = tuple[str, ...]


def routes() -> dict[str, str]:
    """Every address pattern of the site, with its name."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield pattern, f"{space}:{entry.name}" if space else str(entry.name)
        else:
            yield from _walk(entry, pattern, entry.namespace or space)


def table() -> list[Row]:
    """A row for each pattern: the pattern, then what each role gets: ``GET POST``."""
    ensure_roles()  # a flushed database has lost what the migration made
    ContentType.objects.clear_cache()  # and has given its content types new numbers
    known = _fill()
    clients = {role: _client(role) for role in ROLES}
    rows = []
    for pattern, name in routes().items():
        address = _address(pattern, name, known)
        answers = [_answers(clients[role], address) for role in ROLES]
        rows.append((pattern, *answers))
    return rows


def _answers(client: Client, address: str) -> str:
    return f"{_ask(client, 'get', address)} {_ask(client, 'post', address)}"


def _ask(client: Client, method: str, address: str) -> str:
    """Nothing that the request did is kept, neither rows nor cookies."""
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            response = getattr(client, method)(address)
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return _mark(response.status_code, response.headers.get("Location", ""))


def _mark(status: int, location: str) -> str:
    if status in (301, 302) and (
        "/admin/login/" in location or "/sign-in/" in location
    ):
        return "in"
    if status in (403, 404, 405):
        return str(status)
    assert status < 500, status
    return "yes"


def _client(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        user = User.objects.create_user(role.lower(), is_staff=role != "Readers")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
    return client


def _fill() -> dict[str, Any]:
    """One of everything, and somebody else's shelf."""
    village().load()
    chess, issue = article("棋局"), m.Issue.objects.get()
    topic = make.make_topic("棋艺")
    make.give_topic(chess, topic)
    stranger = User.objects.create_user("stranger")
    shelf = m.Bookshelf.objects.create(user=stranger)
    problem = m.Problem.objects.create(
        dump=chess.dump, article=chess, code="author-mismatch", message="m"
    )
    revision = correct_text(stranger, block("悔子"), "不悔。")
    told = report(
        chess, None, quote="", suggestion="", note="错了", name="", user=None, sender="x"
    )  # fmt: skip
    sync(issue)
    year, number = issue.key.split("/")
    return {
        "article": chess, "issue": issue, "topic": topic, "author": chess.authors.get(),
        "other author": m.Author.objects.get(name="陆鸣"), "other topic": make.make_topic(),
        "section": chess.section, "publication": issue.publication, "problem": problem,
        "sourcedump": chess.dump, "revision": revision, "report": told,
        "task": m.Task.objects.first(), "user": stranger, "reader": Reader.objects.get(pk=stranger.pk),
        "group": Group.objects.first(),
        "bookmark": m.Bookmark.objects.create(shelf=shelf, article=chess),
        "tag": m.Tag.objects.create(shelf=shelf, name="棋"),
        "year": year, "number": number,
    }  # fmt: skip


def _address(pattern: str, name: str, known: dict[str, Any]) -> str:
    """The pattern with the rows above in it."""
    values = _values(pattern, name, known)
    address = "/" + pattern.replace("^", "").replace("$", "").replace("\\", "")
    for converter, value in values.items():
        address = address.replace(converter, str(value))
    if "/merge/" in address:
        kind = "author" if "authors" in address else "topic"
        address += f"?stay={known[kind].pk}&go={known['other ' + kind].pk}"
    address = address.replace("(?P<app_label>articles|accounts|auth)", "articles")
    return address.replace("(?P<url>.*)", "nowhere")


def _values(pattern: str, name: str, known: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "<slug:publication>": known["publication"].slug, "<slug:year>": known["year"],
        "<slug:number>": known["number"], "<slug:public_id>": known["article"].public_id,
        "<slug:anchor>": "p9", "<slug:form>": "csv" if "desk" in pattern or "shelf" in name else "json",
        "<slug:token>": "x" * 22, "<str:token>": "x", "<uidb64>": "x", "<token>": "x",
        "<slug:act>": "settle", "<slug:section>": "articles", "<id>": known["user"].pk,
        "<path:content_type_id>": ContentType.objects.get_for_model(m.Article).pk, "<slug:slug>": _slug(pattern, known),
    }  # fmt: skip
    if pattern.startswith("admin/"):
        model = pattern.split("/")[2] if pattern.count("/") > 2 else ""
        row = known.get(model, known["article"])
        return values | {"<path:object_id>": row.pk, "<int:pk>": row.pk}
    return values | {"<int:pk>": _owner(pattern, known).pk}


def _slug(pattern: str, known: dict[str, Any]) -> str:
    for part, name in (
        ("topics", "topic"), ("authors", "author"), ("sections", "section"),
        ("publications", "publication"),
    ):  # fmt: skip
        if part in pattern:
            return str(known[name].slug)
    return "x"


def _owner(pattern: str, known: dict[str, Any]) -> Any:
    for part, name in (
        ("desk/tasks", "task"), ("desk/issues", "issue"), ("desk/history", "revision"),
        ("desk/reports", "report"), ("bookmarks/tags", "tag"),
    ):  # fmt: skip
        if part in pattern:
            return known[name]
    return known["bookmark"]

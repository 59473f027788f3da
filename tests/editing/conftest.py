"""An issue of three articles, and what of it anybody can see."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.core.serializers import serialize

from articles.exports.issue_json import issue_as_dict
from articles.importing.ledger import check_ledger, stored_lines
from articles.models import (
    Article,
    ArticleTopic,
    Authorship,
    Block,
    Issue,
    SourceDump,
)
from tests.importing.sheets import village
from tests.indexed import index_goes_along

__all__ = ["index_goes_along"]


@pytest.fixture
def issue(db: None) -> Issue:
    village().load()
    return Issue.objects.get()


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("bianji")


def article(title: str) -> Article:
    return Article.objects.get(title__contains=title)


def block(text: str) -> Block:
    return Block.objects.get(text__contains=text)


def texts(title: str) -> list[str]:
    blocks = article(title).blocks.order_by("position", "id")
    return [b.text for b in blocks if b.role != "title"]


def export() -> str:
    return json.dumps(issue_as_dict(Issue.objects.get()), ensure_ascii=False, indent=1)


def everything() -> str:
    """All that an import or an act writes, but for the time of writing."""
    models = [Article, Block, Authorship, ArticleTopic]
    rows = [
        row
        for model in models
        for row in serialize("python", model.objects.order_by("pk"))
    ]
    for row in rows:
        row["fields"].pop("modified", None)
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str)


def ledger_holds() -> None:
    for dump in SourceDump.objects.filter(current=True):
        check_ledger(dump, stored_lines(dump))

"""What stands beside an issue, and the figures of a long list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Issue
from articles.pages import listing
from articles.pages.beside import issue_after, issue_before
from tests.factories import (
    give_topic,
    make_article,
    make_issue,
    make_publication,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_issues_follow_each_other_by_day_and_the_undated_by_themselves() -> None:
    publication = make_publication()
    run = [
        make_issue(publication, number=n, sort_date=day)
        for n, day in ((1, "2021-01-01"), (2, "2021-03-01"), (3, "2021-03-01"))
    ]
    run.insert(1, make_issue(publication, number=4, sort_date="2021-02-01"))
    undated = [
        make_issue(
            publication, year=None, number=None, key=f"undated/{n}", sort_date=None
        )
        for n in "ab"
    ]
    make_issue(sort_date="2021-02-02")  # of another publication
    for issues in (run, undated):
        assert _names(issue_before, issues) == [None, *_addresses(issues[:-1])]
        assert _names(issue_after, issues) == [*_addresses(issues[1:]), None]


def _names(way: Any, issues: list[Issue]) -> list[str | None]:
    found = [way(issue.pk) for issue in issues]
    return [beside.address if beside else None for beside in found]


def _addresses(issues: list[Issue]) -> list[str]:
    return [issue.get_absolute_url() for issue in issues]


def test_figures_of_a_long_list_are_as_new_as_the_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WINDOW", 2)
    topic = make_topic("水利")
    for year in (2019, 2020, 2021):
        give_topic(make_article(make_issue(year=year)), topic)
    for query in ("", "?after=9999"):
        assert _years(client, f"{topic.get_absolute_url()}{query}") == [2020, 2021]
    give_topic(make_article(make_issue(year=2022)), topic)
    assert _years(client, topic.get_absolute_url()) == [2021, 2022]


def _years(client: Client, address: str) -> list[int]:
    page = client.get(address).content.decode()
    return [year for year in range(2019, 2023) if f'"row">{year}<' in page]

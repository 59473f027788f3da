"""The browsing pages as JSON: the rows of the pages, all of them, page after page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Section
from articles.views import lists_json
from tests import factories as make

pytestmark = pytest.mark.django_db

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def walk(client: Client, address: str, rows: str) -> list[dict[str, Any]]:
    """Every row, by following ``next``; and the same again by ``previous``."""
    found: list[list[dict[str, Any]]] = []
    while address:
        answer = client.get(address).json()
        found.append(answer[rows])
        last, address = address, answer["next"]
    back = [client.get(last).json()[rows]]
    while previous := client.get(last).json()["previous"]:
        last = previous
        back.append(client.get(last).json()[rows])
    assert back[::-1] == found
    return [row for page in found for row in page]


@pytest.fixture
def corpus() -> Any:
    topic = make.make_topic("水利")
    issue = make.make_issue()
    rows = [
        make.make_article(issue, authors=["王军"], topics=[topic], section="乡野")
        for _ in range(65)
    ]
    make.make_article(
        issue, authors=["王军"], topics=[topic], title="撤下的", withdrawn=True
    )
    return rows


def test_lists_have_every_article_and_no_withdrawn_one(
    client: Client, corpus: Any
) -> None:
    first = corpus[0]
    section = first.section.get_absolute_url().rstrip("/")
    for address in (
        f"/topics/{first.topics.get().slug}.json",
        f"/authors/{first.authors.get().slug}.json",
        f"{section}.json",
    ):
        rows = walk(client, address, "articles")
        assert [row["id"] for row in rows] == [article.public_id for article in corpus]
        answer = client.get(address).json()
        assert (answer["total"], answer["total_is_exact"]) == (65, True)
        assert rows[0]["authors"] == ["王军"]


def test_a_list_is_narrowed_as_its_page_is(client: Client) -> None:
    topic = make.make_topic()
    for year in (2020, 2020, 2021):
        make.make_article(make.make_issue(year=year), topics=[topic])
    answer = client.get(f"/topics/{topic.slug}.json?year=2020").json()
    assert [row["issue"]["year"] for row in answer["articles"]] == [2020, 2020]


def test_tables_are_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists_json, "ROWS", 2)
    monkeypatch.setattr(lists_json, "ISSUES", 2)
    issues = [make.make_issue() for _ in range(5)]
    publication = issues[0].publication
    issues += [make.make_issue(publication) for _ in range(4)]
    topics = [make.make_topic() for _ in range(5)]
    authors = [make.make_author() for _ in range(5)]
    assert len(walk(client, "/issues.json", "publications")) == 5
    own = [issue for issue in issues if issue.publication == publication]
    listed = walk(client, f"/issues/{publication.slug}.json", "issues")
    assert [row["url"] for row in listed] == [i.get_absolute_url() for i in own[::-1]]
    assert [row["name"] for row in walk(client, "/topics.json", "topics")] == [
        topic.name for topic in topics
    ]
    assert len(walk(client, "/authors.json", "authors")) == len(authors)
    for issue in (issues[0], issues[0], issues[1]):
        make.make_section(issue.publication, f"栏{Section.objects.count()}")
    assert len(walk(client, "/sections.json", "sections")) == 3


def test_every_key_is_documented(client: Client, corpus: Any) -> None:
    """docs/formats.md is the schema: no key is published that it does not name."""
    first = corpus[0]
    issue = first.issue.get_absolute_url().rstrip("/")
    addresses = [
        f"/articles/{first.public_id}.json",
        f"{issue}.json",
        "/issues.json",
        f"/issues/{first.issue.publication.slug}.json",
        "/topics.json",
        f"/topics/{first.topics.get().slug}.json",
        "/sections.json",
        "/authors.json",
        f"/authors/{first.authors.get().slug}.json",
        f"{first.section.get_absolute_url().rstrip('/')}.json",
    ]
    documented = set(re.findall(r"`([a-z_0-9]+)`", FORMATS.read_text(encoding="utf-8")))
    for address in addresses:
        assert keys(client.get(address).json()) <= documented


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return (
        {key for inner in value for key in keys(inner)}
        if isinstance(value, list)
        else set()
    )


def test_machines_forms_are_not_indexed_and_earn_a_304(
    client: Client, corpus: Any
) -> None:
    article = f"/articles/{corpus[0].public_id}"
    for address in (
        "/topics.json",
        f"{article}.json",
        f"{article}.txt",
        f"{article}.ris",
    ):
        answer = client.get(address)
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.post(address).status_code == 405


def test_questions_do_not_grow_with_the_list(client: Client) -> None:
    topic = make.make_topic()
    issue = make.make_issue()

    def queries() -> list[int]:
        counts = []
        for address in (
            f"/topics/{topic.slug}.json",
            f"{issue.get_absolute_url().rstrip('/')}.json",
            f"{issue.get_absolute_url().rstrip('/')}.txt",
            f"/issues/{issue.publication.slug}.json",
            "/authors.json",
        ):
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        return counts

    make.make_article(issue, authors=["甲"], topics=[topic], section="一")
    few = queries()
    for n in range(9):
        make.make_article(
            issue, authors=[f"乙{n}", f"丙{n}"], topics=[topic], section=f"{n}"
        )
    assert queries() == few

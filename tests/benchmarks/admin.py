"""Whether the admin is as fast on a large portal as on a small one.

    python -m tests.benchmarks.admin                    # SQLite: 10,000 and 100,000 articles
    DATABASE_URL=… python -m tests.benchmarks.admin     # PostgreSQL, databases of its own
    python -m tests.benchmarks.admin --large 20000

Fills two databases, 20 blocks an article, and opens every list, every filter, searches
and every form of the admin in each, as an editor.  Says for each page, small and large,
the time it takes and that of its queries alone (milliseconds, the best of three: other
work on the machine only adds), and how many queries these are.  Exits 1 when the
queries of a page take more than twice as long (and 5 ms) on the large portal.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.databases import empty_database

PER_ISSUE, BLOCKS, TIMES = 20, 20, 3
MOST_RATIO, MOST_MS = 2.0, 5.0
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙", "子明文华秀英国强海波春梅志远"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return 0
    return _report(_in_a_database(options.small), _in_a_database(options.large))


def measure(articles: int) -> dict[str, Any]:
    """In a process of its own, on the empty database that the environment names."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    filled = _timed(lambda: fill(articles))
    client = _editor()
    return {"filled": filled, "pages": {p: _open(client, p) for p in pages(articles)}}


def fill(articles: int) -> None:
    """All of it, with the search index, which takes longest."""
    from articles.search import get_index

    fill_tables(articles)
    get_index().rebuild()


def fill_tables(articles: int) -> None:
    """Publications, issues, dumps and articles as objects; what hangs on them by SQL."""
    from django.db import connection, transaction

    with transaction.atomic():
        _fill_articles(articles)
        for statement in _hangers(connection.vendor):
            with connection.cursor() as cursor:
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_articles(count: int) -> None:
    from articles import models as m

    chance = random.Random(1)
    publications = m.Publication.objects.bulk_create(
        m.Publication(title=f"测量月刊{n}", slug=f"m-{n}", sort_key=f"ce liang {n:03}")
        for n in range(20)
    )
    m.Topic.objects.bulk_create(
        m.Topic(name=f"主题{n}", slug=f"t-{n}", sort_key=f"zhu ti {n}")
        for n in range(30)
    )
    m.Author.objects.bulk_create(
        m.Author(
            name=chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN),
            disambiguation=str(n), slug=f"a-{n}", sort_key=f"wang {n:06}",
        )
        for n in range(count // 3 + 1)
    )  # fmt: skip
    issues = m.Issue.objects.bulk_create(_issues(publications, count // PER_ISSUE))
    dumps = m.SourceDump.objects.bulk_create(
        m.SourceDump(
            issue=issue, name=f"{n:06}.txt", sha256=f"{n:064x}", content=b"x" * 20_000,
            encoding="utf-8", parser_version="1",
        )
        for n, issue in enumerate(issues)
    )  # fmt: skip
    m.Article.objects.bulk_create(_articles(dumps, chance), batch_size=2_000)


def _issues(publications: list[Any], count: int) -> list[Any]:
    """Half of them of one publication, so that it fills every window in both portals."""
    from datetime import date, timedelta

    from articles import models as m

    days = [date(1990, 1, 1) + timedelta(days=n) for n in range(count)]
    return [
        m.Issue(
            publication=publications[n % len(publications) if n % 2 else 6], kind="newspaper_page",
            key=f"{day.year}/{day:%m-%d}", year=day.year, date=day.isoformat(), sort_date=day,
        )
        for n, day in enumerate(days)
    ]  # fmt: skip


def _articles(dumps: list[Any], chance: random.Random) -> list[Any]:
    from articles import models as m

    return [
        m.Article(
            public_id=f"b{dump.pk:06}{position:02}", issue_id=dump.issue_id, dump=dump,
            position=position, title=f"关于第{dump.pk}号第{position}件事的报道",
            kind=chance.choice(m.ArticleKind.values), confidence=chance.random(),
            status="second" if chance.random() < 0.001 else "machine",
            withdrawn=chance.random() < 0.001,
        )
        for dump in dumps
        for position in range(PER_ISSUE)
    ]  # fmt: skip


def _hangers(vendor: str) -> list[str]:
    """INSERT … SELECT: two million rows in the time that objects would need for few."""

    def as_json(text: str) -> str:
        return f"CAST('{text}' AS jsonb)" if vendor == "postgresql" else f"'{text}'"

    lines = "'[' || n.i || ']'"
    lines = f"CAST({lines} AS jsonb)" if vendor == "postgresql" else lines
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
    )
    return [
        "INSERT INTO articles_block (base, dump_id, article_id, position, anchor, role, printed,"
        " text, lines, confidence, reasons) "
        + numbers
        % BLOCKS
        + f" SELECT {as_json('{}')}, a.dump_id, a.id, n.i, 'p' || n.i,"
        " CASE n.i WHEN 1 THEN 'title' ELSE 'paragraph' END, '这一行是印出来的第' || n.i || '行。',"
        f" '这一段讲的是第' || a.id || '件事。', {lines}, 0.9, {as_json('[]')}"
        " FROM articles_article a CROSS JOIN n",
        "INSERT INTO articles_authorship (article_id, author_id, position, printed_name, affiliation) "
        + numbers % 2
        + " SELECT a.id, 1 + (a.id * 7 + n.i) % (SELECT COUNT(*) FROM articles_author), n.i, '', ''"
        " FROM articles_article a CROSS JOIN n",
        "INSERT INTO articles_articletopic (article_id, topic_id, origin, score, evidence, decision) "
        + numbers % 3
        + f" SELECT a.id, 1 + (a.id + n.i * 5) % 30, 'rule', 1.0, {as_json('{}')}, 'suggested'"
        " FROM articles_article a CROSS JOIN n",
        "INSERT INTO articles_problem (dump_id, article_id, code, lines, message, chosen, detail, state)"
        f" SELECT a.dump_id, a.id, 'code-' || (a.id % 5), {as_json('[1]')}, 'two readings', '',"
        f" {as_json('{}')}, CASE a.id % 50 WHEN 0 THEN 'open' ELSE 'settled' END"
        " FROM articles_article a",
    ]


def pages(articles: int) -> list[str]:
    """Every list, filter, search and form; ids from the middle of the tables."""
    middle, author = articles // 2, articles // 6
    issue = middle // PER_ISSUE
    lists = [
        "publication/", "section/", "issue/", "article/", "author/", "topic/", "sourcedump/",
        "problem/",
    ]  # fmt: skip
    filters = [
        "article/?p=9", "article/?kind__exact=poem", "article/?status__exact=second",
        "article/?status__exact=machine", "article/?doubtful=1", "article/?withdrawn=1",
        "article/?publication=7", f"article/?issue={issue}", f"article/?author={author}",
        "article/?topic=3", "article/?q=报道", f"article/?q=第{issue}号", "article/?q=b00000100",
        "issue/?publication=7", "issue/?q=测量月刊7 1991", "issue/?q=ce", "author/?q=王", "author/?q=wang 0001",
        "problem/?state__exact=open", "problem/?code=code-3", "problem/?publication=7",
        "problem/?state__exact=open&code=code-3", "problem/?code=import-conflict",
        "sourcedump/?publication=7", "sourcedump/?q=0000", "author/?o=0", "author/?p=6",
    ]  # fmt: skip
    forms = [
        f"article/{middle}/change/", f"issue/{issue}/change/",
        f"issue/{issue}/identify/", f"author/{author}/change/", "topic/3/change/",
        "publication/7/change/", f"sourcedump/{issue}/change/", f"problem/{middle}/change/",
    ]  # fmt: skip
    choose = "app_label=articles&model_name=%s&field_name=%s&term=%s"
    boxes = [
        "autocomplete/?" + choose % ("authorship", "author", "王"),
        "autocomplete/?" + choose % ("articletopic", "topic", "主"),
        "autocomplete/?" + choose % ("issue", "publication", "ce"),
    ]
    listed = [f"/admin/articles/{page}" for page in lists + filters + forms]
    return ["/admin/", *listed, *(f"/admin/{box}" for box in boxes)]


def _editor() -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    from articles.roles import ensure_roles

    user = User.objects.create_user("bianji", is_staff=True)
    user.groups.add(ensure_roles())
    client = Client()
    client.force_login(user)
    return client


def _open(client: Any, page: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(page)
    if answer.status_code != 200:
        sys.exit(f"{page}: {answer.status_code}")
    took = min(_timed(lambda: client.get(page)) for _ in range(TIMES))
    runs = []
    for _ in range(TIMES):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        runs.append([float(query["time"]) * 1000 for query in captured])
    # The same queries each time: the best of each, not of the whole page.
    best = [min(times) for times in zip(*runs, strict=True)]
    slowest = captured.captured_queries[best.index(max(best))]
    return {
        "ms": took * 1000, "sql": sum(best), "queries": len(best),
        "slowest": slowest["sql"][:1000],
    }  # fmt: skip


def _timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _in_a_database(articles: int, module: str = "") -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="yuelan-admin-") as folder,
        empty_database(Path(folder)) as environment,
    ):
        done = subprocess.run(
            [sys.executable, "-m", module or __spec__.name, "--measure", str(articles)],
            env={**os.environ, "LOG_LEVEL": "ERROR", "DEBUG": "1", **environment},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _report(small: dict[str, Any], large: dict[str, Any]) -> int:
    print(f"filled in {small['filled']:.0f} s and {large['filled']:.0f} s")
    print("      page ms      queries ms  queries")
    slow = 0
    for (name, one), (_, other) in zip(
        small["pages"].items(), large["pages"].items(), strict=True
    ):
        bad = (
            other["sql"] > one["sql"] * MOST_RATIO
            and other["sql"] - one["sql"] > MOST_MS
        )
        slow += bad
        print(
            f"{one['ms']:6.0f}{other['ms']:7.0f}{one['sql']:9.0f}{other['sql']:7.0f}"
            f"{other['queries']:9}  {name}{'  TOO SLOW: ' + other['slowest'] if bad else ''}"
        )
    print(f"{slow} of {len(small['pages'])} pages too slow")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

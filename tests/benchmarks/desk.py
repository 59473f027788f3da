"""Whether the editors' desk is as fast on a large portal as on a small one.

    python -m tests.benchmarks.desk                    # SQLite: 10,000 and 100,000 articles
    DATABASE_URL=… python -m tests.benchmarks.desk     # PostgreSQL, databases of its own
    python -m tests.benchmarks.desk --large 20000

The portals of ``tests.benchmarks.admin`` (20 blocks an article, so two million on the
large one), with a task for every fifth article, a sheet for every issue, a line of
history for every tenth article and a reader for every tenth.  Opens the queue with every
filter, the desk, the history and the other pages, and does three acts, as a reviewer;
then every list, filter and form of the admin, as an administrator.  Says the same as
that benchmark; exits 1 when a page is too slow on the large portal or takes more queries.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from tests.benchmarks import admin

ACTS = 5
TASKS = """
INSERT INTO articles_task (kind, key, state, publication_id, issue_id, dump_id, article_id,
 block_id, detail, doubt, weight)
SELECT CASE a.id % 3 WHEN 0 THEN 'placement' WHEN 1 THEN 'contents' ELSE 'author' END,
 'k' || a.id, 'open', i.publication_id, a.issue_id, a.dump_id, a.id,
 (SELECT MIN(b.id) FROM articles_block b WHERE b.article_id = a.id), {json}, 0.5,
 (a.id % 1000) / 1000.0
FROM articles_article a JOIN articles_issue i ON i.id = a.issue_id WHERE a.id % 5 = 0
"""
SHEETS = """
INSERT INTO articles_proofsheet (issue_id, state, tasks, corrections)
SELECT id, 'machine', id % 40, 0 FROM articles_issue
"""
HISTORY = """
INSERT INTO articles_revision (user_id, credit, way, what, facts, why, "when", issue_id,
 subject, changes)
SELECT (SELECT MIN(id) FROM auth_user), '', 'desk', 'an act', {json}, '', CURRENT_TIMESTAMP,
 a.issue_id, '', {list} FROM articles_article a WHERE a.id % 10 = 0
"""
TOUCHED = """
INSERT INTO articles_revision_articles (revision_id, article_id)
SELECT r.id, r.id * 10 FROM articles_revision r
"""

READERS = """
INSERT INTO auth_user (username, password, first_name, last_name, email, is_superuser,
 is_staff, is_active, date_joined)
SELECT 'reader' || a.id, '', '', '', '', {no}, {no}, {yes}, CURRENT_TIMESTAMP
FROM articles_article a WHERE a.id % 10 = 0
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return 0
    both = [
        admin._in_a_database(size, __spec__.name)
        for size in (options.small, options.large)
    ]
    return admin._report(*both) | _more_queries(*both)


def measure(articles: int) -> dict[str, Any]:
    """In a process of its own, on the empty database that the environment names."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    reviewer, administrator = _signed_in("Reviewers"), _signed_in("Administrators")
    filled = admin._timed(lambda: (admin.fill_tables(articles), _fill()))
    opened = {page: admin._open(reviewer, page) for page in pages(articles)}
    opened |= _acts(reviewer, articles)
    lists = [*admin.pages(articles), *_lists_of(administrator)]
    lists = [page for page in lists if "article/?q=" not in page]  # needs the index
    opened |= {page: admin._open(administrator, page) for page in dict.fromkeys(lists)}
    return {"filled": filled, "pages": opened}


def _lists_of(client: Any) -> list[str]:
    """Of every model that this person sees in the admin, so that none is forgotten."""
    from django.contrib.admin import site

    request = client.get("/admin/").wsgi_request
    seen = [
        m for m, shown in site._registry.items() if shown.has_view_permission(request)
    ]
    return [f"/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in seen]


def _fill() -> None:
    from django.db import connection, transaction

    postgres = connection.vendor == "postgresql"
    values = {
        "json": "CAST('{}' AS jsonb)" if postgres else "'{}'",
        "list": "CAST('[]' AS jsonb)" if postgres else "'[]'",
        "yes": "TRUE" if postgres else "1",
        "no": "FALSE" if postgres else "0",
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (TASKS, SHEETS, HISTORY, TOUCHED, READERS):
            cursor.execute(statement.format(**values))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages(articles: int) -> list[str]:
    """Ids from the middle of the tables."""
    from articles.models import Article, Task

    article = Article.objects.order_by("pk")[articles // 2]
    issue, task = article.issue_id, Task.objects.order_by("pk")[articles // 10]
    queues = [
        "", "?kind=author", "?publication=7", f"?issue={issue}", "?publication=7&kind=author",
        "?kind=conflict", f"?after={task.pk}", f"?publication=7&after={task.pk}",
    ]  # fmt: skip
    desk = f"issues/{issue}/?article={article.pk}"
    rest = [
        desk, f"{desk}&task={task.pk}", f"articles/{article.public_id}/changes/", "history/",
        f"history/?issue={issue}", f"history/?article={article.public_id}",
        "history/?user=reviewers", f"history/{articles // 20}/", "sheets/", "replace/",
        f"sheets/articles.csv?issue={issue}", "authors/merge/?stay=5&go=6",
        "topics/merge/?stay=3&go=4",
    ]  # fmt: skip
    return [f"/desk/{page}" for page in (*queues, *rest)]


def _acts(client: Any, articles: int) -> dict[str, Any]:
    """A corrected paragraph, another role, a paragraph moved: the best of five each."""
    from articles.models import Article

    article = Article.objects.order_by("pk")[articles // 2]
    url = f"/desk/issues/{article.issue_id}/?article={article.pk}"
    block = article.blocks.order_by("position")[5]
    roles = ["note", "paragraph"]
    return {
        "act: text": _best(client, url, lambda n: {"act": "text", "block": block.pk, "text": f"第{n}次。"}),
        "act: role": _best(client, url, lambda n: {"act": "role", "block": block.pk, "role": roles[n % 2]}),
        "act: up": _best(client, url, lambda n: {"act": "up" if n % 2 else "down", "block": block.pk}),
    }  # fmt: skip


def _best(client: Any, url: str, data: Any) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took, runs, said = [], [], []
    for n in range(ACTS):
        with CaptureQueriesContext(connection) as captured:
            took.append(admin._timed(lambda n=n: client.post(url, data(n))))
        runs.append([float(query["time"]) * 1000 for query in captured])
        said = [query["sql"] for query in captured]
    most = min(len(run) for run in runs)
    # The same queries each time, but for an edge or two: the best of each.
    best = [min(run[n] for run in runs) for n in range(most)]
    slowest = said[best.index(max(best))][:400]
    return {
        "ms": min(took) * 1000, "sql": sum(best), "queries": most, "slowest": slowest
    }  # fmt: skip


def _more_queries(small: dict[str, Any], large: dict[str, Any]) -> int:
    grown = [
        page
        for page, found in large["pages"].items()
        if found["queries"] > small["pages"].get(page, found)["queries"] + 1
    ]
    if grown:
        print("more queries on the large portal:", *grown)
    return 1 if grown else 0


def _signed_in(role: str) -> Any:
    from django.contrib.auth.models import Group, User
    from django.test import Client

    user = User.objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


if __name__ == "__main__":
    sys.exit(main())

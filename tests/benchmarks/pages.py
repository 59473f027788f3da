"""How fast readers' pages come, against an empty view of the same server.

    python -m tests.benchmarks.pages                   # SQLite: 10,000 and 100,000
    DATABASE_URL=… python -m tests.benchmarks.pages    # PostgreSQL, databases of its own
    python -m tests.benchmarks.pages --large           # and 500,000 articles
    python -m tests.benchmarks.pages --filled small.sqlite3 large.sqlite3

Makes portals of invented articles of 1,800 characters and asks one worker of the
production server, with wrk, for the pages of articles, issues and topics taken at
random.  The portal keeps the pages of lists until anything changes; "anew" means that it
may keep nothing but the values of articles' pages.  Everything is a ratio of requests
for each second of the worker's processor time within one run, and the empty view is
asked before and after each figure.  Exits 1 when one is worse than its floor.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.databases import empty_database, measured
from tests.benchmarks.serving import Server, get, rate, server

SMALL, MIDDLE, LARGE = 10_000, 100_000, 500_000
ARTICLES, ISSUES, TOPICS = 400, 100, 40
ROUNDS = 3
# At least, and at most.
LEAST = {
    "article ÷ empty": 0.15,
    "issue ÷ empty": 0.12,
    "topic ÷ empty": 0.12,
    "unchanged article ÷ empty": 0.6,
}
MOST = {
    "first page of a list ÷ last": 1.3,
    "article, small portal ÷ large": 1.3,
    "topic anew, small portal ÷ large": 1.3,
    "HTML of an article ÷ its text": 1.5,
    "memory ÷ an empty worker": 1.8,
}


def main() -> int:
    options = _arguments()
    if options.measure:
        print(json.dumps(measure(options.measure, Path(options.folder))))
        return 0
    if options.filled:
        results = [_measured({"SQLITE_PATH": path}, 0, ".") for path in options.filled]
        return _report(results)
    sizes = [
        *(options.articles or [SMALL, MIDDLE]),
        *([LARGE] if options.large else []),
    ]
    results = []
    with tempfile.TemporaryDirectory(prefix="yuelan-pages-") as folder:
        for size in sizes:
            with empty_database(Path(folder)) as environment:
                results.append(_measured(environment, size, folder))
    return _report(results)


def measure(articles: int, folder: Path) -> dict[str, Any]:
    """In a process of its own, on the database that the environment names: an empty one
    that gets so many articles, or with a negative number one that has them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.benchmarks.search_data import fill

    if articles > 0:
        call_command("migrate", verbosity=0)
        fill(articles, folder / "text.txt")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"database": connection.vendor, **_figures()}


def _figures() -> dict[str, Any]:
    from articles.models import Article

    addresses = _addresses()
    with server({}) as portal:
        figures = {"kept": _rates(portal, addresses)}
        figures["weights"] = _weights(portal.port, addresses["article"][:100])
        figures["memory"] = _memory(portal.pid)
    with server({"KEEP_NO_PAGES": "1"}) as portal:
        figures["anew"] = _rates(portal, addresses)
    with server({}, "tests.benchmarks.empty:application") as empty:
        _rates(empty, {})
        figures["empty memory"] = _memory(empty.pid)
    return {"articles": Article.objects.count(), **figures}


def _addresses() -> dict[str, list[str]]:
    """By kind of page; the last page of a list is that of a topic."""
    from articles.models import Article, Issue, Topic
    from articles.pages.listing import look_at

    chance = random.Random(1)
    count = Article.objects.count()
    ids = chance.sample(range(1, count + 1), ARTICLES)
    issues = list(Issue.objects.select_related("publication").order_by("?")[:ISSUES])
    topics = list(Topic.objects.order_by("id")[:TOPICS])
    last = []
    for topic in topics:
        along = "-article_topics__article_id"
        window = look_at(Article.objects.published().about(topic), along)
        rows = topic.article_topics.order_by("article_id")
        after = rows.values_list("article_id", flat=True)[20]
        after = after if window.capped else window.ids[-21]
        last.append(f"{topic.get_absolute_url()}?after={after}")
    return {
        "article": [a.get_absolute_url() for a in Article.objects.filter(pk__in=ids)],
        "issue": [issue.get_absolute_url() for issue in issues],
        "topic": [topic.get_absolute_url() for topic in topics],
        "last": last,
    }


def _rates(worker: Server, addresses: dict[str, list[str]]) -> dict[str, float]:
    """Of each kind its share of the empty view's requests: the median of ROUNDS, in each
    of which the empty view is asked before and after."""
    if not addresses:
        return {"empty": rate(worker, ["/empty"])}
    client = http.client.HTTPConnection("127.0.0.1", worker.port)
    tags = {page: get(client, page)[1] for page in addresses["article"]}
    shares = {k: _share(worker, pages, {}) for k, pages in addresses.items()}
    return {**shares, "unchanged": _share(worker, addresses["article"], tags)}


def _share(worker: Server, pages: list[str], tags: dict[str, str]) -> float:
    shares, before = [], rate(worker, ["/empty"])
    for _ in range(ROUNDS):
        found, after = rate(worker, pages, tags), rate(worker, ["/empty"])
        shares.append(found / statistics.mean([before, after]))
        before = after
    return statistics.median(shares)


def _weights(port: int, pages: list[str]) -> dict[str, float]:
    """Bytes of the <article> and of the whole page ÷ bytes of the text, medians."""
    from articles.models import Block

    client = http.client.HTTPConnection("127.0.0.1", port)
    inner, whole = [], []
    for page in pages:
        body, _ = get(client, page)
        blocks = Block.objects.filter(article__public_id=page.split("/")[2])
        text = sum(len(t.encode()) for t in blocks.values_list("text", flat=True))
        found = re.search(rb"<article.*</article>", body, re.DOTALL)
        assert found
        inner.append(len(found[0]) / text)
        whole.append(len(body) / text)
    return {"article": statistics.median(inner), "page": statistics.median(whole)}


def _memory(pid: int) -> int:
    """Bytes that the heaviest process started by ``pid``, its worker, has to itself.

    Pages of the database that SQLite maps are the kernel's to take back; they do not
    count.
    """
    import psutil

    workers = psutil.Process(pid).children(recursive=True)
    return max(_anonymous(worker.pid) for worker in workers)


def _anonymous(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Anonymous:\s+(\d+) kB", rollup, re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def _measured(environment: dict[str, str], size: int, folder: str) -> dict[str, Any]:
    arguments = ["--measure", str(size or -1), "--folder", folder]
    return measured("tests.benchmarks.pages", arguments, environment)


def _report(results: list[dict[str, Any]]) -> int:
    for result in results:
        print(f"{result['database']}, {result['articles']} articles")
        for name in ("kept", "anew"):
            shares = "  ".join(f"{k} {v:.3f}" for k, v in result[name].items())
            print(f"    {name}: {shares}")
        page = result["weights"]["page"]
        print(
            f"    whole page ÷ text {page:.2f}, worker {result['memory'] / 1e6:.0f} MB"
        )
    small, large = results[0], results[-1]
    figures = {
        "article ÷ empty": large["kept"]["article"],
        "issue ÷ empty": large["kept"]["issue"],
        "topic ÷ empty": large["kept"]["topic"],
        "unchanged article ÷ empty": large["kept"]["unchanged"],
        "first page of a list ÷ last": large["anew"]["topic"] / large["anew"]["last"],
        "HTML of an article ÷ its text": large["weights"]["article"],
        "memory ÷ an empty worker": large["memory"] / large["empty memory"],
    }
    if len(results) > 1:
        for name, kind, way in (
            ("article, small portal ÷ large", "article", "kept"),
            ("topic anew, small portal ÷ large", "topic", "anew"),
        ):
            figures[name] = small[way][kind] / large[way][kind]
    bad = [
        name
        for name, figure in figures.items()
        if figure < LEAST.get(name, 0) or figure > MOST.get(name, float("inf"))
    ]
    for name, figure in figures.items():
        print(f"  {'FAIL' if name in bad else 'ok  '} {name}: {figure:.3f}")
    return 1 if bad else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--articles", type=int, nargs="+", help="portals of these sizes instead"
    )
    parser.add_argument("--large", action="store_true", help="500,000 articles as well")
    parser.add_argument("--filled", nargs="+", help="SQLite files made by --articles")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", default=".", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

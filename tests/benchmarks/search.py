"""How fast any string is found, against a plain reading of the same text.

    python -m tests.benchmarks.search                     # SQLite: 10,000 and 100,000
    DATABASE_URL=… python -m tests.benchmarks.search      # PostgreSQL, databases of its own
    python -m tests.benchmarks.search --large             # and 500,000 articles on SQLite
    python -m tests.benchmarks.search --articles 20000 --folder /tmp/x   # other sizes
    python -m tests.benchmarks.search --anew              # nothing of an earlier run

What a run has made is kept in ``--folder`` (a folder beside other temporary files) and on
PostgreSQL in databases ``yuelan_bench_search_…``: the articles until the corpus or the
tables change, the index until a module of the search does.  ``--anew`` drops it all.

Makes portals of invented articles of 1,800 characters, and asks each for 96 strings of 2,
3, 4 and 8 characters that are frequent, middling and rare in them.  A *whole search* is
20 hits with their lines of context, the count up to 1,000 and all facets; of each string
the quickest of five tries counts, for a search and for rg.  Everything is a ratio within
one run:

    search ÷ rg          median of a whole search ÷ `rg -c` of the same text
    grown                p95 at 500,000 (else 100,000) ÷ p95 at 10,000, rare strings aside
    page ÷ empty         requests a second of the search page ÷ those of an empty view,
                         on the same server; pages kept for a minute, and made anew
    index ÷ text         bytes of all that search keeps ÷ bytes of the articles' text
    reindexed ÷ saved    indexing one article ÷ saving it in the admin

and exits 1 when one is worse than its floor.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.databases import kept_database, measured

SMALL, MIDDLE, LARGE = 10_000, 100_000, 500_000
ROUNDS, SAVES = 5, 12
# The modules that say what is indexed; others may change and the index stays.
OF_ENGINE = {"sqlite": ("sqlite", "sqlite_store"), "postgresql": ("postgres",)}
INDEXING = (
    "base",
    "document",
    "facets",
    "folding",
    "names",
    "passage",
    "places",
    "tokens",
)
SAMPLE = "sample.json"  # written when the articles are there
# Floors: SQLite, then PostgreSQL.
FLOORS = {
    "search ÷ rg, median of all": (1 / 10, None),
    "search ÷ rg, median of the slowest class": (None, 1 / 2),
    "search ÷ rg, p95 of any class": (None, 4.0),
    "grown": (3.0, None),
    "index ÷ text": (1.2, 2.0),
    "reindexed ÷ saved": (0.2, 0.2),
}
LEAST_PAGE = 0.10


def main() -> int:
    options = _arguments()
    if options.measure:
        print(json.dumps(measure(options.measure, Path(options.folder))))
        return 0
    sizes = options.articles or [SMALL, MIDDLE]
    if options.large:
        sizes.append(LARGE)
    folder = Path(options.folder or Path(tempfile.gettempdir()) / "yuelan-search")
    folder.mkdir(parents=True, exist_ok=True)
    return _report([_in_a_database(size, folder, options.anew) for size in sizes])


def measure(articles: int, folder: Path) -> dict[str, Any]:
    """In a process of its own, on the database that the environment names."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()
    from django.db import connection

    from tests.benchmarks.search_data import queries
    from tests.benchmarks.search_server import requests_a_second

    text, sample = _articles(articles, folder)
    built = _index(articles, folder)
    wanted = queries(sample, random.Random(1))
    searches = {
        name: _search_times(strings) for name, strings in wanted.items() if strings
    }
    return {
        "database": connection.vendor,
        "articles": articles,
        "text": text.stat().st_size,
        **built,
        "searches": searches,
        "absent": [name for name, strings in wanted.items() if not strings],
        "rg": _rg_times([s for strings in wanted.values() for s in strings[:2]], text),
        "reindexed": _reindexed(),
        "pages": requests_a_second([s for strings in wanted.values() for s in strings]),
    }


def _articles(count: int, folder: Path) -> tuple[Path, list[str]]:
    """The file of their text, and the texts of some; made when they are not there yet."""
    from django.core.management import call_command

    from tests.benchmarks.search_data import fill

    text, sample = folder / "text.txt", folder / SAMPLE
    if not sample.exists():
        call_command("migrate", verbosity=0)
        sample.write_text(json.dumps(fill(count, text)), encoding="utf-8")
    texts: list[str] = json.loads(sample.read_text(encoding="utf-8"))
    return text, texts


def _index(articles: int, folder: Path) -> dict[str, Any]:
    """How many bytes it has and how many seconds it took, now or in an earlier run."""
    from django.db import connection

    from articles.search import get_index

    names = (*INDEXING, *OF_ENGINE[connection.vendor])
    of_code = _digest(*(f"articles/search/{name}.py" for name in names))
    note = folder / "index.json"
    if note.exists() and (known := json.loads(note.read_text()))["code"] == of_code:
        return dict(known)
    note.unlink(missing_ok=True)
    _drop_index()
    before = _database_bytes()
    seconds, _ = _timed(lambda: get_index().rebuild())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    size = _database_bytes() - before
    built = {"code": of_code, "indexed": seconds, "index": size}
    note.write_text(json.dumps(built))
    return built


def _drop_index() -> None:
    """All that search keeps, so that making it anew says how much that is."""
    from django.db import connection

    from articles.models import NameKey, SearchEntry, SearchState
    from articles.search import get_index

    get_index().drop_tables()
    with connection.cursor() as cursor:
        for model in (NameKey, SearchEntry, SearchState):
            verb = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
            cursor.execute(f"{verb} {model._meta.db_table}")
    get_index().create_tables()


def _digest(*patterns: str) -> str:
    root = Path(__file__).parents[2]
    files = sorted(path for pattern in patterns for path in root.glob(pattern))
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:10]


def _search_times(strings: list[str]) -> list[float]:
    """Of each string the quickest of ROUNDS whole searches, after one that warms up.

    The quickest: what else the machine is doing is neither the search's doing nor rg's.
    """
    return [
        min(_timed(lambda s=s: whole_search(s))[0] for _ in range(ROUNDS))
        for s in strings
        if whole_search(s)
    ]


def whole_search(string: str) -> Any:
    """What the page of results asks of the database, without its HTML."""
    from articles.search.facet_lists import facet_groups
    from articles.search.finder import find
    from articles.search.query import parse_query
    from articles.search.snippets import hits

    query = parse_query(string)
    page = find(query)
    return page, hits(query, page.articles), facet_groups(page.facets, {})


def _rg_times(strings: list[str], text: Path) -> list[float]:
    def count(string: str) -> None:
        subprocess.run(["rg", "-c", "--", string, str(text)], capture_output=True)

    return [
        min(_timed(lambda s=s: count(s))[0] for _ in range(ROUNDS)) for s in strings
    ]


def _reindexed() -> float:
    """The share of saving an article in the admin that indexing it takes, median."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from articles.models import Article
    from articles.search import get_index
    from tests.admin.forms import submit

    client = Client()
    client.force_login(User.objects.create_superuser(f"m{time.time_ns()}"))
    index = type(get_index())
    put, spent = index.put_many, []

    def timed_put(self: Any, *wanted: Any) -> None:
        spent.append(_timed(lambda: put(self, *wanted))[0])

    index.put_many = timed_put  # type: ignore[method-assign]
    ratios = []
    for number, pk in enumerate(Article.objects.values_list("pk", flat=True)[:SAVES]):
        url = reverse("admin:articles_article_change", args=[pk])
        spent.clear()
        title = f"新题目{number}，{time.time_ns()}"  # other than an earlier run gave
        change = partial(submit, client, url, {"title": title})
        saved, answer = _timed(change)
        assert answer.status_code == 302 and spent, answer.status_code
        ratios.append(sum(spent) / saved)
    index.put_many = put  # type: ignore[method-assign]
    return statistics.median(ratios)


def _database_bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT (p.page_count - f.freelist_count) * s.page_size "
                "FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s"
            )
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _in_a_database(articles: int, folder: Path, anew: bool) -> dict[str, Any]:
    made_by = ("tests/benchmarks/corpus.py", "tests/benchmarks/search_data.py")
    tables = "articles/migrations/*.py", "portal/**/migrations/*.py"
    name = f"search_{articles}_{_digest(*made_by, *tables)}"
    with kept_database(folder, name, filled=SAMPLE, anew=anew) as (environment, own):
        arguments = ["--measure", str(articles), "--folder", str(own)]
        return measured("tests.benchmarks.search", arguments, environment)


def _report(results: list[dict[str, Any]]) -> int:
    for result in results:
        _print_result(result)
    best = results[-1]
    middle = next((r for r in results if r["articles"] == MIDDLE), best)
    rg = statistics.median(middle["rg"])
    classes = middle["searches"]
    every = [t for times in classes.values() for t in times]
    figures = {
        "search ÷ rg, median of all": statistics.median(every) / rg,
        "search ÷ rg, median of the slowest class": max(
            map(statistics.median, classes.values())
        )
        / rg,
        "search ÷ rg, p95 of any class": max(map(_p95, classes.values())) / rg,
        "grown": _p95_unless_rare(best) / _p95_unless_rare(results[0]),
        "index ÷ text": middle["index"] / middle["text"],
        "reindexed ÷ saved": middle["reindexed"],
    }
    engine = 0 if middle["database"] == "sqlite" else 1
    failed = False
    for name, figure in figures.items():
        # rg reads a small text sooner than any search is put together.
        is_judged = middle["articles"] >= MIDDLE or "rg" not in name
        floor = FLOORS[name][engine] if is_judged else None
        bad = floor is not None and figure > floor
        failed |= bad
        print(
            f"  {'FAIL' if bad else 'ok  ' if floor else '    '} {name}: {figure:.3f}"
        )
    pages = {
        name: rate / middle["pages"]["empty"] for name, rate in middle["pages"].items()
    }
    bad = pages["kept"] < LEAST_PAGE
    print(
        f"  {'FAIL' if bad else 'ok  '} page ÷ empty: kept {pages['kept']:.3f}, anew {pages['anew']:.3f}"
    )
    return 1 if failed or bad else 0


def _print_result(result: dict[str, Any]) -> None:
    text, size = result["text"] / 1e6, result["index"] / 1e6
    rate = result["articles"] / result["indexed"]
    print(
        f"{result['database']}, {result['articles']} articles, text {text:.0f} MB, index "
        f"{size:.0f} MB, indexed {rate:.0f} a second, rg {statistics.median(result['rg']) * 1e3:.1f} ms"
    )
    for name, times in result["searches"].items():
        print(
            f"    {name:<12} median {statistics.median(times) * 1e3:7.2f}  "
            f"p95 {_p95(times) * 1e3:7.2f} ms  ({len(times)} strings)"
        )
    if result["absent"]:
        print(f"    no such strings in so few articles: {', '.join(result['absent'])}")


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)] if times else 0.0


def _p95_unless_rare(result: dict[str, Any]) -> float:
    classes = [t for name, t in result["searches"].items() if "rare" not in name]
    return _p95([time for times in classes for time in times])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--articles", type=int, nargs="+", help="portals of these sizes instead"
    )
    parser.add_argument("--large", action="store_true", help="500,000 articles as well")
    parser.add_argument("--folder", default=None, help="where the data lies")
    parser.add_argument(
        "--anew", action="store_true", help="use nothing of an earlier run"
    )
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

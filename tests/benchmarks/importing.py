"""How fast dumps come in, against the bare search index of the same articles.

    python -m tests.benchmarks.importing                    # SQLite, 1,500 articles
    DATABASE_URL=… python -m tests.benchmarks.importing     # PostgreSQL, a database of its own
    python -m tests.benchmarks.importing --articles 6000 --workers 1

Makes a folder of invented dumps (30 articles each), imports it into an empty database,
imports it again, and builds the search index of the same articles anew, all in one run
on one machine.  Says:

    rate      articles a second, from bytes to rows with all indexes
    index     articles a second of the index alone
    ratio     rate ÷ index; at least 0.4, the goal is 0.7
    again     first import ÷ second import of the same files; at least 10
    memory    peak of an import of four times as many dumps ÷ of the dumps; at most 1.15

and exits 1 when one of the three falls short.  The import has as many workers as the
command takes by itself, one for each core that this process may use.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.importing.work import available_cores
from tests.benchmarks.corpus import Corpus, MadeUp
from tests.benchmarks.databases import empty_database

PER_DUMP = 30
LEAST_RATIO, LEAST_AGAIN, MOST_MEMORY = 0.4, 10.0, 1.15


def main() -> int:
    options = _arguments()
    if options.measure:
        print(json.dumps(measure(Path(options.measure), options.workers)))
        return 0
    with tempfile.TemporaryDirectory(prefix="yuelan-import-") as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        write_dumps(small, options.articles // 4)
        write_dumps(large, options.articles)
        part = _in_a_database(small, options.workers)
        whole = _in_a_database(large, options.workers)
    return _report(part, whole)


def write_dumps(folder: Path, articles: int) -> None:
    """Monthly issues of one invented magazine, with the marks of the real ones."""
    folder.mkdir()
    chance = random.Random(3)
    made = list(Corpus(seed=5).articles(articles))
    for number in range(0, len(made), PER_DUMP):
        issue = made[number : number + PER_DUMP]
        text = _dump(issue, number // PER_DUMP, chance)
        (folder / f"{number // PER_DUMP:05}.txt").write_text(text, encoding="utf-8")


def _dump(articles: list[MadeUp], month: int, chance: random.Random) -> str:
    year, number = 1980 + month // 12, month % 12 + 1
    lines = [
        "测量月刊",
        f"{year}·{number}期(总第{month + 1}期) {year}年{number}月10日出版",
    ]
    lines += ["目录"]
    page = 2
    for article in articles:
        page += 2
        lines.append(f"- {page} {article.title} {article.author}")
    for article in articles:
        lines += [f"# {article.title}", f"◎ {article.author}"]
        for paragraph in article.paragraphs:
            if len(paragraph) > 60 and chance.random() < 0.08:  # cut by a page break
                cut = len(paragraph) // 2
                lines += [paragraph[:cut], paragraph[cut:]]
            else:
                lines.append(paragraph)
    return "\n\n".join(lines) + "\n"


def measure(folder: Path, workers: int) -> dict[str, Any]:
    """In a process of its own, on the empty database that the environment names."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from articles.importing.batch import Options, run_batch
    from articles.importing.vocabulary import ensure_topics
    from articles.models import Article, Block
    from articles.search import get_index

    call_command("migrate", verbosity=0)
    ensure_topics()
    options = Options(workers=workers)
    first = _timed(lambda: _consume(run_batch([folder], options)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = _timed(lambda: _consume(run_batch([folder], options)))
    index = _timed(lambda: get_index().rebuild())
    return {
        "database": connection.vendor,
        "workers": workers,
        "dumps": len(list(folder.iterdir())),
        "bytes": sum(file.stat().st_size for file in folder.iterdir()),
        "articles": Article.objects.count(),
        "blocks": Block.objects.count(),
        "parse": _timed(lambda: _parse_all(folder)),
        "first": first,
        "again": again,
        "index": index,
        "peak_mb": peak,
    }


def _parse_all(folder: Path) -> None:
    from articles.dump import parse_dump

    for file in sorted(folder.iterdir()):
        parse_dump(file.read_bytes(), source=file.name)


def _consume(outcomes: Iterator[Any]) -> None:
    for outcome in outcomes:
        if outcome.failure:
            sys.exit(outcome.failure.message)


def _timed(work: Any) -> dict[str, float]:
    """Seconds by the clock, and of this process's own work."""
    clock, own = time.perf_counter(), time.process_time()
    work()
    return {"clock": time.perf_counter() - clock, "own": time.process_time() - own}


def _in_a_database(folder: Path, workers: int) -> dict[str, Any]:
    with empty_database(folder.parent) as environment:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.importing",
                "--measure",
                str(folder),
            ]
            + ["--workers", str(workers)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _report(part: dict[str, Any], whole: dict[str, Any]) -> int:
    megabytes = whole["bytes"] / 1e6
    print(
        f"{whole['database']}: {whole['dumps']} dumps, {megabytes:.1f} MB, "
        f"{whole['articles']} articles, {whole['blocks']} blocks; "
        f"{whole['workers']} workers on {available_cores()} cores"
    )
    for name in ("parse", "first", "index", "again"):
        clock, own = whole[name]["clock"], whole[name]["own"]
        rate = whole["articles"] / clock
        print(
            f"  {name:6} {clock:8.2f} s ({own:.2f} s own work), {rate:.0f} articles/s"
        )
    parse, first, index = whole["parse"], whole["first"], whole["index"]
    ratio = index["clock"] / first["clock"]
    # With workers, the process that stores has parsed the first dump only.
    parsed = parse["own"] / (whole["dumps"] if whole["workers"] > 1 else 1)
    stored = index["own"] / max(first["own"] - parsed, 1e-9)
    again = first["clock"] / whole["again"]["clock"]
    memory = whole["peak_mb"] / part["peak_mb"]
    checks = [
        (
            f"ratio {ratio:.2f} (own work, parser left out: {stored:.2f})",
            ratio >= LEAST_RATIO,
        ),
        (f"again {again:.0f}x", again >= LEAST_AGAIN),
        (
            f"memory {part['peak_mb']:.0f} → {whole['peak_mb']:.0f} MB, {memory:.2f}x",
            memory <= MOST_MEMORY,
        ),
    ]
    for text, passed in checks:
        print(f"  {'ok  ' if passed else 'FAIL'} {text}")
    return 0 if all(passed for _, passed in checks) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--workers", type=int, default=available_cores())
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

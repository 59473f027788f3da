"""What is left when an import is killed: whole issues, and nothing else.

    python -m tests.benchmarks.crash                    # SQLite, 50 points
    DATABASE_URL=… python -m tests.benchmarks.crash     # PostgreSQL, databases of its own
    python -m tests.benchmarks.crash --points 200

A child imports the sample publication and kills itself (SIGKILL) at the n-th write,
for n evenly spaced from the first to the last, the moments before and after each commit
included.  Then the database must hold every issue as it was before or as it would have
been, none of it half; the next import must heal it; and the export must equal that of
an undisturbed import.  Done twice: into an empty database, and with every dump changed
over one that holds the dumps as they were.  Exits 1 when one point fails.

Each dump is parsed once, before all: what is killed is the writing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.databases import empty_database

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "fixtures" / "dumps"
PARSED = "parsed.pickle"
WRITES = ("INSERT", "UPDATE", "DELETE")
Environment = dict[str, str]


def main() -> int:
    options = _arguments()
    if options.child:
        return _child(options)
    with tempfile.TemporaryDirectory(prefix="yuelan-crash-") as folder:
        failures = list(run(Path(folder), options.points, say=print))
    for failure in failures:
        print(f"FAIL {failure}")
    print(f"{2 * options.points} points, {len(failures)} things wrong")
    return 1 if failures else 0


def run(
    folder: Path, points: int, say: Callable[[str], None], pattern: str = "*.txt"
) -> Iterator[str]:
    """Yields what is wrong at a point; nothing when all is well."""
    before, after = folder / "before", folder / "after"
    before.mkdir()
    for file in SAMPLES.glob(pattern):
        shutil.copy(file, before)
    _change_dumps(before, after)
    _parse(folder, [*before.iterdir(), *after.iterdir()])
    with empty_database(folder) as bare:
        _run_child(bare, "migrate", before)
        yield from _scenario("empty", bare, before, points, folder, say)
        with empty_database(folder, copy_of=bare) as filled:
            _run_child(filled, "import", before)
            yield from _scenario("changed", filled, after, points, folder, say)


def _scenario(
    name: str,
    start: Environment,
    dumps: Path,
    points: int,
    folder: Path,
    say: Callable[[str], None],
) -> Iterator[str]:
    with empty_database(folder, copy_of=start) as calm:
        done = _run_child(calm, "heal", dumps)
    old, new, writes = done["left"], done["healed"], done["writes"]
    seen: set[str] = set()
    for number in range(points):
        at = 1 + number * (writes - 1) // max(points - 1, 1)
        with empty_database(folder, copy_of=start) as database:
            yield from _point(
                f"{name} at write {at}", at, database, dumps, old, new, seen
            )
    say(f"{name}: {points} points over {writes} writes, {len(seen)} states met")


def _point(
    name: str,
    at: int,
    database: Environment,
    dumps: Path,
    old: dict[str, Any],
    new: dict[str, Any],
    seen: set[str],
) -> Iterator[str]:
    _run_child(database, "import", dumps, kill_at=at)
    found = _run_child(database, "heal", dumps)
    left, healed = found["left"], found["healed"]
    for key in old["issues"].keys() | new["issues"].keys():
        state = left["issues"].get(key)
        if state not in (old["issues"].get(key), new["issues"].get(key)):
            yield f"{name}: {key} is half done"
    if left["loose"]:
        yield f"{name}: rows that belong to no issue: {left['loose']}"
    seen.add(json.dumps(left["issues"], sort_keys=True))
    if healed["issues"] != new["issues"] or healed["loose"]:
        yield f"{name}: the next import does not heal it"


def _change_dumps(before: Path, after: Path) -> None:
    """Each dump as a later scan would have it: a line more, a word different."""
    after.mkdir()
    for file in sorted(before.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").split("\n")
        longest = max(range(len(lines)), key=lambda n: len(lines[n]))
        lines[longest] = "改" + lines[longest][1:]
        lines.insert(0, "")
        (after / file.name).write_text("\n".join(lines), encoding="utf-8")


def _parse(folder: Path, files: Iterable[Path]) -> None:
    from articles.importing.work import Job, parse

    jobs = (Job(file, file.name, file.read_bytes()) for file in files)
    parsed = {(job.name, job.content): parse(job) for job in jobs}
    (folder / PARSED).write_bytes(pickle.dumps(parsed))


# --- In a process of its own ---------------------------------------------------------


def _run_child(
    database: Environment, act: str, dumps: Path, kill_at: int = 0
) -> dict[str, Any]:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.benchmarks.crash",
            "--child",
            act,
            "--dumps",
            str(dumps),
        ]
        + ["--kill-at", str(kill_at)],
        cwd=ROOT,
        env={**os.environ, **database},
        capture_output=True,
        text=True,
    )
    if kill_at and done.returncode == -signal.SIGKILL:
        return {}
    if done.returncode or kill_at:
        raise RuntimeError(f"{act} ended with {done.returncode}: {done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _child(options: argparse.Namespace) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    acts = {"migrate": _migrate, "import": _import, "heal": _heal}
    print(json.dumps(acts[options.child](options)))
    return 0


def _migrate(options: argparse.Namespace) -> dict[str, Any]:
    from django.core.management import call_command

    from articles.importing.vocabulary import ensure_topics

    call_command("migrate", verbosity=0)
    ensure_topics()
    return {}


def _import(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    from articles.importing import work
    from articles.importing.batch import Options, run_batch

    parsed = pickle.loads((Path(options.dumps).parent / PARSED).read_bytes())
    work.parse = lambda job: parsed[job.name, job.content]
    counter = _Counter(options.kill_at)
    _watch_commits(connection, counter)
    with connection.execute_wrapper(counter):
        for outcome in run_batch([Path(options.dumps)], Options()):
            if outcome.failure:
                sys.exit(outcome.failure.message)
    return {"writes": counter.count}


class _Counter:
    """Counts writes, and kills the process when the chosen one is about to happen."""

    def __init__(self, kill_at: int) -> None:
        self.kill_at = kill_at
        self.count = 0

    def __call__(
        self, execute: Any, sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if str(sql).lstrip().upper().startswith(WRITES):
            self.step()
        return execute(sql, params, many, context)

    def step(self) -> None:
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _watch_commits(connection: Any, counter: _Counter) -> None:
    commit = connection._commit

    def watched() -> None:
        counter.step()
        commit()
        counter.step()

    connection._commit = watched


def _export(options: argparse.Namespace) -> dict[str, Any]:
    """A digest of every issue, and how many rows hang in the air."""
    from django.db import connection

    from articles.exports.issue_json import issue_as_dict
    from articles.importing.ledger import check_ledger, stored_lines
    from articles.models import Article, Author, Block, Issue, Publication, SourceDump

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for dump in SourceDump.objects.filter(current=True):
        check_ledger(dump, stored_lines(dump))
    loose = {
        "issues": Issue.objects.filter(dumps=None).count(),
        "publications": Publication.objects.filter(issues=None).count(),
        "dumps": SourceDump.objects.filter(current=True, blocks=None).count(),
        "articles": Article.objects.filter(blocks=None, withdrawn=False).count(),
        "blocks": Block.objects.filter(dump__current=False).count(),
        "authors": Author.objects.filter(authorships=None, variants=[]).count(),
        "unindexed": _unindexed(),
    }
    return {
        "issues": {
            i.get_absolute_url(): _digest(issue_as_dict(i)) for i in Issue.objects.all()
        },
        "loose": {name: count for name, count in loose.items() if count},
    }


def _heal(options: argparse.Namespace) -> dict[str, Any]:
    left = _export(options)
    return {"left": left, **_import(options), "healed": _export(options)}


def _unindexed() -> int:
    from articles.models import Article, SearchEntry

    indexed = SearchEntry.objects.values("article")
    return Article.objects.published().exclude(pk__in=indexed).count()


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--dumps", help=argparse.SUPPRESS)
    parser.add_argument("--kill-at", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

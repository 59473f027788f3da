"""Holds the arrows that ARCHITECTURE.md draws: who may import whom."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A package and what it may import of ours.  Nothing points back.
ARROWS = {
    "articles.dump": set(),
    "articles.models": {"articles.models", "articles.querysets"},
    "articles.querysets": {"articles.models"},
    "articles.bulk": set(),
    "articles.problems": {"articles.models"},
    "articles.topics": {"articles.models"},
    "articles.search": {"articles.models", "articles.querysets", "articles.dump"},
    "articles.pages": {"articles.models", "articles.querysets"},
    "articles.exports": {
        "articles.pages",
        "articles.models",
        "articles.querysets",
    },
    "articles.bookmarks": {
        "articles.exports",
        "articles.models",
        "articles.pages",
        "articles.querysets",
    },
    "articles.journal": {"articles.models"},
    "articles.queue": {
        "articles.bulk",
        "articles.problems",
        "articles.journal",
        "articles.models",
        "articles.querysets",
    },
    "articles.importing": {
        "articles.bulk",
        "articles.problems",
        "articles.bookmarks",
        "articles.dump",
        "articles.journal",
        "articles.models",
        "articles.queue",
        "articles.querysets",
        "articles.search",
        "articles.topics",
    },
    "articles.editing": {
        "articles.problems",
        "articles.bookmarks",
        "articles.dump",
        "articles.importing",
        "articles.journal",
        "articles.models",
        "articles.queue",
        "articles.querysets",
        "articles.search",
        "articles.topics",
        "articles.roles",
    },
    "articles.admin": {
        "articles.problems",
        "articles.journal",
        "articles.queue",
        "articles.editing",
        "articles.models",
        "articles.pages",
        "articles.querysets",
        "articles.search",
    },
    "articles.desk": {
        "articles.editing",
        "articles.models",
        "articles.pages",
        "articles.problems",
        "articles.querysets",
        "articles.queue",
    },
    "articles.views": {
        "articles.editing",
        "portal.accounts",
        "articles.bookmarks",
        "articles.pages",
        "articles.exports",
        "articles.models",
        "articles.querysets",
        "articles.search",
        "portal.preferences",
        "portal.release",
    },
}


def test_the_parser_runs_without_django() -> None:
    script = (
        "import sys, articles.dump\n"
        "loaded = [m for m in sys.modules if m.split('.')[0] in ('django', 'portal')]\n"
        "sys.exit(f'articles.dump loaded {loaded}' if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", ARROWS)
def test_arrows_point_one_way(package: str) -> None:
    allowed = ARROWS[package] | {package}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _files(package)
        for name in _imports(path)
        if name.startswith(("articles.", "portal"))
        and not any(name == a or name.startswith(a + ".") for a in allowed)
    ]
    assert not wrong


def _files(package: str) -> Iterator[Path]:
    path = ROOT / package.replace(".", "/")
    yield from (
        sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    )


def _imports(path: Path) -> Iterator[str]:
    """Absolute names of every module a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


# What only an import, an export or a rare search needs: forty megabytes.
HEAVY = {
    "articles.dump.pipeline",
    "rjieba",
    "pypinyin",
    "openpyxl",
    "lxml",
    "hypothesis",
    "PIL",
    "feedparser",
}


def test_a_worker_that_shows_pages_loads_no_dictionary() -> None:
    script = (
        "import sys, portal.wsgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not HEAVY & set(done.stdout.split())

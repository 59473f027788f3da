"""Every environment variable is documented, and every documented one is read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def read_variables() -> set[str]:
    trees = (
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "portal").rglob("*.py")
    )
    return {name for tree in trees for name in _named(tree)}


def _named(tree: ast.AST) -> Iterator[str]:
    """``env_bool("DEBUG")``, ``os.environ.get("X")``, ``os.environ["X"]``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _reads(node.func):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
        if isinstance(node, ast.Subscript) and _is_environ(node.value):
            yield ast.literal_eval(node.slice)


def _reads(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id.startswith("env_")
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "get"
        and _is_environ(function.value)
    )


def _is_environ(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def test_the_readme_lists_exactly_the_variables_that_are_read() -> None:
    rows = re.findall(
        r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", README.read_text("utf-8"), re.M
    )
    documented = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}
    assert documented == read_variables()


def test_variables_are_found_however_they_are_read() -> None:
    code = 'env_bool("A"); os.environ.get("B"); os.environ["C"]; other.get("D")'
    assert set(_named(ast.parse(code))) == {"A", "B", "C"}

"""Where the samples are, and the flag that rewrites the golden answers."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1].parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known when the tests are run as ``pytest tests/dump``; else set SAVE_GOLDEN=1."""
    parser.addoption(
        "--save-golden-files", action="store_true", help="rewrite cases/*/golden.json"
    )


@pytest.fixture(scope="session")
def save_golden(pytestconfig: pytest.Config) -> bool:
    wished = pytestconfig.getoption("--save-golden-files", default=False)
    return bool(wished) or os.environ.get("SAVE_GOLDEN") == "1"


@pytest.fixture(scope="session")
def score() -> ModuleType:
    """The scoring script, which lies beside the repository."""
    path = SHARED / "score.py"
    if not path.exists():
        pytest.skip("../shared/score.py is not here; scores cannot be computed")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

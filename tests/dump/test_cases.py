"""Each folder of cases/ is one trouble of OCR with its golden answer.

pytest tests/dump/test_cases.py --save-golden-files   # rewrite, then read the diff
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from articles.dump import REVIEW_BELOW, parse_dump

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_answer_is_the_golden_one(case: Path, save_golden: bool) -> None:
    parsed = parse_dump((case / "in.txt").read_bytes(), source="in.txt").as_dict()
    text = json.dumps(told(parsed), ensure_ascii=False, indent=1) + "\n"
    golden = case / "golden.json"
    if save_golden:
        golden.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(golden.read_text(encoding="utf-8"))


def told(value: Any) -> Any:
    """Only whether a place is in doubt: how much so is measured elsewhere."""
    if isinstance(value, dict):
        doubt = float(value.get("confidence", 1.0)) < REVIEW_BELOW
        rest = {k: told(v) for k, v in value.items() if k != "confidence"}
        return rest | {"in_doubt": True} if doubt else rest
    if isinstance(value, (list, tuple)):
        return [told(each) for each in value]
    return _FIGURE.sub("", value) if isinstance(value, str) else value


# this text may belong elsewhere; confidence 0.61
_FIGURE = re.compile(r"; confidence [\d.]+")

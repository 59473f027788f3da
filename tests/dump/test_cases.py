"""Each folder of cases/ is one trouble of OCR with its golden answer.

pytest tests/dump/test_cases.py --save-golden-files   # rewrite, then read the diff
"""

import json
from pathlib import Path

import pytest

from articles.dump import parse_dump

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_answer_is_the_golden_one(case: Path, save_golden: bool) -> None:
    parsed = parse_dump((case / "in.txt").read_bytes(), source="in.txt").as_dict()
    text = json.dumps(parsed, ensure_ascii=False, indent=1) + "\n"
    golden = case / "golden.json"
    if save_golden:
        golden.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(golden.read_text(encoding="utf-8"))

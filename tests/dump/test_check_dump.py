"""The command that parses and reports without a database."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CASES = Path(__file__).parent / "cases"
GOOD = CASES / "contents-disagrees" / "in.txt"


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("check_dump", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_prints_one_object_a_file_and_nothing_else() -> None:
    out, err = run(str(GOOD), str(GOOD), "--json")
    first, second = map(json.loads, out.splitlines())
    assert first == second and err == ""
    assert {
        "source",
        "sha256",
        "encoding",
        "issue",
        "articles",
        "furniture",
        "problems",
    } <= set(first)


def test_the_report_names_articles_problems_and_a_tally() -> None:
    out, _ = run(str(GOOD))
    assert "in.txt  松河文艺" in out
    assert (
        "in.txt:9 author-mismatch: contents has 冯立秋, byline has 冯立夏; kept 冯立夏"
        in out
    )
    assert "3 articles" in out.splitlines()[-1]


def test_a_bad_file_is_named_and_the_others_are_reported(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="2 of 3 files") as caught:
        call_command(
            "check_dump", bad, "no-such.txt", GOOD, "--json", stdout=out, stderr=err
        )
    assert caught.value.returncode == 1
    assert len(out.getvalue().splitlines()) == 1
    assert "bad.txt: byte 0" in err.getvalue()
    assert "no-such.txt: there is no such file" in err.getvalue()


def test_a_folder_or_a_device_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(str(tmp_path))
    with pytest.raises(CommandError):
        run("/dev/zero")


def test_the_encoding_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(GOOD.read_text(encoding="utf-8").encode("gb18030"))
    out, _ = run(str(file), "--json", "--encoding", "gb18030")
    assert json.loads(out)["encoding"] == "gb18030"

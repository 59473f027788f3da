"""import_dumps as a person and as a program meet it, with the real parser."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils.translation import override

from articles.dump import parse_dump
from articles.exports.issue_json import issue_as_dict
from articles.importing import run
from articles.importing.ledger import check_ledger, stored_lines
from articles.models import Article, ArticleTopic, Issue, Problem, SourceDump, Topic
from articles.problems import problem_label, problem_text
from tests.benchmarks.corpus import Corpus

pytestmark = pytest.mark.django_db
SAMPLES = Path(settings.BASE_DIR) / "fixtures" / "dumps"


@pytest.fixture
def dumps(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "dumps"
    shutil.copytree(SAMPLES, folder)
    yield folder


@pytest.fixture(autouse=True)
def _parse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes are read alike, so these tests read them once."""
    monkeypatch.setattr("articles.importing.work.parse_dump", _parse)


class Said:
    """What a run said, and how it ended."""

    def __init__(self, *args: Any, **options: Any) -> None:
        out, err = StringIO(), StringIO()
        options.setdefault("workers", 1)  # others take a second to start
        self.status = 0
        try:
            call_command("import_dumps", *args, stdout=out, stderr=err, **options)
        except SystemExit as end:
            self.status = int(end.code or 0)
        self.out, self.err = out.getvalue(), err.getvalue()


def export() -> list[dict[str, Any]]:
    return [
        issue_as_dict(i) for i in Issue.objects.order_by("publication__slug", "key")
    ]


def without_sources(exported: list[dict[str, Any]]) -> str:
    """What must not depend on the encoding or name of the file: all but bytes and ids."""
    text = json.dumps(exported, ensure_ascii=False)
    for issue in exported:
        for source in issue["sources"]:
            for value in (source["sha256"], source["encoding"], source["name"]):
                text = text.replace(json.dumps(value), '""')
        for number, article in enumerate(issue["articles"]):
            text = text.replace(article["id"], f"id{number}")
    return text


def test_the_sample_publication_comes_in_and_every_line_has_its_place(
    dumps: Path,
) -> None:
    said = Said(dumps)
    assert said.status == 0
    files = len(list(dumps.glob("*.txt")))
    assert f"{files} 个文件：{files} 新增" in said.out
    assert SourceDump.objects.count() == files
    for dump in SourceDump.objects.all():
        assert bytes(dump.content) == (dumps / dump.name).read_bytes()
        check_ledger(dump, stored_lines(dump))
    assert Article.objects.count() > 20


def test_a_second_run_says_that_nothing_changed_and_does_not_parse(dumps: Path) -> None:
    Said(dumps)
    before = export()
    with mock.patch("articles.importing.work.parse_dump") as parser:
        said = Said(dumps)
    assert not parser.called
    assert said.out.strip().endswith("没有变化。") and said.status == 0
    assert export() == before


def test_a_renamed_file_changes_nothing_and_says_so(dumps: Path) -> None:
    Said(dumps)
    before = export()
    file = sorted(dumps.glob("*.txt"))[0]
    file.rename(dumps / "renamed.txt")
    said = Said(dumps / "renamed.txt", verbosity=2)
    assert "没有变化" in said.out and f"与 {file.name} 相同" in said.out
    assert export() == before


def test_a_new_parser_reads_the_stored_dumps_again(dumps: Path) -> None:
    Said(dumps)
    SourceDump.objects.update(parser_version="0.1")
    before = export()
    with mock.patch("articles.importing.work.parse_dump", side_effect=_parse) as parser:
        said = Said(dumps)
    assert parser.called and "没有变化" in said.out
    assert [i["articles"] for i in export()] == [i["articles"] for i in before]
    assert not SourceDump.objects.filter(parser_version="0.1").exists()


def test_a_broken_file_is_named_and_the_others_come_in(dumps: Path) -> None:
    (dumps / "broken.txt").write_bytes(b"\xff\xfe\xfd\xfc\xfb" * 9)
    (dumps / "nul.txt").write_bytes("第一\x00期".encode())
    (dumps / "empty.txt").write_bytes(b"\n \n")
    said = Said(dumps)
    assert said.status == 1
    for name in ("broken.txt", "nul.txt", "empty.txt"):
        assert name in said.err
    assert "3 失败" in said.out
    assert SourceDump.objects.count() == len(list(SAMPLES.glob("*.txt")))


def test_a_parser_that_stumbles_stops_one_file_only(dumps: Path) -> None:
    def parse(data: bytes, *, source: str, encoding: str | None = None) -> Any:
        if source.endswith("03.txt"):
            raise IndexError("a bug")
        return _parse(data, source=source, encoding=encoding)

    with mock.patch("articles.importing.work.parse_dump", side_effect=parse):
        said = Said(dumps)
    assert said.status == 1 and "Traceback" not in said.err
    assert "03.txt: IndexError('a bug')（解析器出错" in said.err
    assert SourceDump.objects.count() == len(list(SAMPLES.glob("*.txt"))) - 1


def test_a_dry_run_prints_the_plan_and_writes_nothing(dumps: Path) -> None:
    said = Said(dumps, dry_run=True)
    assert "什么也没有写入" in said.out and "  新增 " in said.out
    for model in (Issue, SourceDump, Article):
        assert not model.objects.exists()
    Said(dumps)
    before = export()
    SourceDump.objects.update(parser_version="0.1")
    assert "没有变化" in Said(dumps, dry_run=True).out
    assert export()[0]["sources"][0]["parser_version"] == "0.1"
    assert [i["articles"] for i in export()] == [i["articles"] for i in before]


def test_a_dry_run_notices_files_that_meet_in_one_batch(tmp_path: Path) -> None:
    def write(name: str, text: str) -> None:
        lines = [
            "测量月刊",
            "2023·5期(总第7期) 2023年5月10日出版",
            f"# {text[:6]}",
            text,
        ]
        (tmp_path / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")

    first, other = (made.text for made in Corpus(seed=4).articles(2))
    write("1.txt", first)
    write("2-same.txt", first)
    write("3-version.txt", first[:40] + "囗" + first[41:])
    write("4-other.txt", other)
    rehearsed, done = (
        Said(tmp_path, json=True, dry_run=dry_run) for dry_run in (True, False)
    )
    assert rehearsed.status == done.status == 1
    wanted = ["created", "unchanged", "updated", "failed"]
    for said in (rehearsed, done):
        found = [json.loads(line) for line in said.out.splitlines()[:-1]]
        assert [file["status"] for file in found] == wanted
        assert found[3]["code"] == "twin" and "3-version.txt" in found[3]["message"]
    replaced = Said(tmp_path, json=True, dry_run=True, replace=True)
    assert replaced.status == 0


def test_an_interrupted_run_says_what_is_stored(dumps: Path) -> None:
    acts = iter([run.import_dump])

    def stopped(*args: Any, **options: Any) -> Any:
        act = next(acts, None)
        if act is None:
            raise KeyboardInterrupt
        return act(*args, **options)

    with mock.patch("articles.importing.batch.import_dump", side_effect=stopped):
        said = Said(dumps)
    assert said.status == 130 and "已中断" in said.err
    assert SourceDump.objects.count() == 1 and "1 个文件" in said.out


def test_a_run_speaks_the_language_of_whoever_runs_it(dumps: Path) -> None:
    (dumps / "empty.txt").write_bytes(b"")
    with override("en"):
        said = Said(dumps, verbosity=2)
    assert "articles" in said.out and "not one visible line" in said.err
    assert not re.search("新增|文章|疑点|失败", said.out + said.err)
    chinese = Said(dumps, verbosity=2)
    assert "没有变化" in chinese.out and "没有一行可见的字" in chinese.err


def test_every_doubt_of_the_samples_is_said_in_both_languages(dumps: Path) -> None:
    Said(dumps)
    problems = list(Problem.objects.all())
    assert problems
    for problem in problems:
        said = problem_text(problem.code, problem.detail, problem.message)
        assert said != problem.message and problem_label(problem.code) != problem.code
        with override("en"):
            text = problem_text(problem.code, problem.detail, problem.message)
        assert re.search("[a-z]{3}", text) and text != said


def test_json_is_one_object_a_file_and_nothing_else(dumps: Path) -> None:
    (dumps / "broken.txt").write_bytes(b"\xff\xfe\xfd\xfc\xfb" * 9)
    said = Said(dumps, json=True)
    *files, tally = [json.loads(line) for line in said.out.splitlines()]
    assert [f["status"] for f in files].count("failed") == 1
    failed = next(f for f in files if f["status"] == "failed")
    assert failed["code"] == "undecodable-dump" and "broken.txt" in failed["message"]
    created = next(f for f in files if f["status"] == "created")
    assert created["articles"]["create"] > 0 and created["key"]
    assert tally["tally"]["files"]["failed"] == 1


def test_several_workers_give_the_same_result_in_the_same_order(dumps: Path) -> None:
    [some, *_] = sorted(dumps.glob("*.txt"))
    (dumps / "twice.txt").write_bytes(some.read_bytes())
    (dumps / "broken.txt").write_bytes(b"\xff\xfe\xfd\xfc\xfb" * 9)
    os.mkfifo(dumps / "pipe.txt")
    with transaction.atomic():
        one, stored = Said(dumps, json=True), export()
        transaction.set_rollback(True)
    several = Said(dumps, json=True, workers=2)
    assert (several.out, several.err, several.status) == (one.out, one.err, 1)
    assert without_sources(export()) == without_sources(stored)


FORMS = {
    "utf-8 with mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16 le": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16 be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "gb18030": lambda text: text.encode("gb18030"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
}


@pytest.fixture(scope="module")
def original() -> str:
    return (SAMPLES / "heshi-2023-03.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_every_encoding_gives_the_same_issue(
    form: str, original: str, tmp_path: Path
) -> None:
    (tmp_path / "as.txt").write_bytes(original.encode())
    assert Said(tmp_path).status == 0
    wanted = without_sources(export())
    (tmp_path / "as.txt").write_bytes(FORMS[form](original))
    said = Said(tmp_path)
    assert said.status == 0, said.err
    assert SourceDump.objects.count() == 2
    assert without_sources(export()) == wanted


BIG5 = (
    "河石鄉誌\n\n# 老井\n\n◎ 陸鳴\n\n村口那眼井在縣誌裡有一行字，說的是大旱那年的事。\n"
)


def test_big5_is_read_as_big5_or_refused_but_never_garbled(tmp_path: Path) -> None:
    (tmp_path / "big5.txt").write_bytes(BIG5.encode("big5"))
    said = Said(tmp_path)
    if said.status:
        assert "--encoding" in said.err and not Article.objects.exists()
        assert Said(tmp_path, encoding="big5").status == 0
    dump = SourceDump.objects.get()
    assert stored_lines(dump)[7].startswith("村口那眼井在縣誌裡")
    # It was once said (or found) what the encoding is; nobody has to say it again.
    SourceDump.objects.update(parser_version="0.1")
    assert Said(tmp_path).status == 0
    assert stored_lines(SourceDump.objects.get())[7].startswith("村口那眼井在縣誌裡")


def test_wrong_options_are_a_sentence_and_no_traceback(dumps: Path) -> None:
    for options in ({"date": "2021-02-30"}, {"publication": "《》"}, {"workers": 0}):
        with pytest.raises(CommandError):
            Said(dumps, **options)
    assert Said(dumps / "nothing.txt").status == 1


def test_an_unreadable_file_does_not_stop_the_others(dumps: Path) -> None:
    file = sorted(dumps.glob("*.txt"))[0]
    really_open = os.open

    def refuse(path: Any, *rest: Any, **named: Any) -> int:
        """As chmod 0 does to everybody but root, under whom tests may run."""
        if path == file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return really_open(path, *rest, **named)

    with mock.patch("os.open", refuse):
        said = Said(dumps)
    assert said.status == 1 and file.name in said.err
    assert SourceDump.objects.count() == len(list(SAMPLES.glob("*.txt"))) - 1


@pytest.mark.parametrize(
    ("message", "saying"),
    [
        ("database is locked", "数据库正被别的程序写"),
        ("database or disk is full", "磁盘已满"),
        ("attempt to write a readonly database", "数据库是只读的"),
        ("something else\nin two lines", "数据库出错"),
    ],
)
def test_a_failing_database_is_one_line_and_the_issue_is_undone(
    dumps: Path, message: str, saying: str
) -> None:
    with (
        mock.patch.object(run, "apply_plan", side_effect=OperationalError(message)),
        pytest.raises(CommandError, match=saying) as caught,
    ):
        Said(dumps)
    assert "\n" not in str(caught.value)
    assert not Issue.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a full disk is staged on SQLite"
)
def test_a_full_disk_is_one_line_and_leaves_nothing(dumps: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # or pages that other tests have freed are room enough
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
        try:
            with pytest.raises(CommandError, match="磁盘已满"):
                Said(dumps)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert not Issue.objects.exists() and not Article.objects.exists()
    assert Said(dumps).status == 0


def test_export_of_an_issue_names_and_former_names(dumps: Path) -> None:
    Said(dumps)
    out = StringIO()
    call_command("export_issue", "heshi-yuekan/2023/3", format="json", stdout=out)
    data = json.loads(out.getvalue())
    assert data["publication"] == "河石月刊" and len(data["articles"]) > 5
    with pytest.raises(CommandError, match="没有"):
        call_command("export_issue", "heshi-yuekan/1900/1", format="json")


def test_topics_come_with_their_evidence(dumps: Path) -> None:
    call_command("load_topics", stdout=StringIO())
    count = Topic.objects.count()
    assert count >= 25
    out = StringIO()
    call_command("load_topics", stdout=out)
    assert "没有变化" in out.getvalue() and Topic.objects.count() == count
    Said(dumps)
    rows = ArticleTopic.objects.select_related("article", "topic")
    assert rows.count() > 10
    for row in rows:
        text = "\n".join(b.text for b in row.article.blocks.all())
        head = f"{row.article.title} {row.article.kicker} {row.article.subtitle}"
        for term, times in row.evidence.items():
            assert text.count(term) + head.count(term) >= times > 0


@cache
def _parse(data: bytes, *, source: str, encoding: str | None = None) -> Any:
    return parse_dump(data, source=source, encoding=encoding)


def test_a_dump_is_read_alike_in_every_process() -> None:
    """Or the same files would give another database other addresses and doubts."""
    script = (
        "import hashlib, sys; from articles.dump import parse_dump\n"
        "for name in sys.argv[1:]:\n"
        "    parsed = parse_dump(open(name, 'rb').read(), source='x')\n"
        "    print(hashlib.sha256(repr(parsed).encode()).hexdigest())\n"
    )
    files = [str(file) for file in sorted(SAMPLES.glob("*.txt"))]
    read = {
        subprocess.run(
            [sys.executable, "-c", script, *files],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(read) == 1

"""A dump becomes rows, completely, and the same dump changes nothing."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.exports.issue_json import issue_as_dict
from articles.importing.errors import LedgerIncomplete
from articles.importing.ledger import check_ledger, stored_lines
from articles.importing.plan import Verdict
from articles.models import (
    Article,
    Author,
    Block,
    Bookmark,
    Bookshelf,
    Issue,
    Problem,
    Publication,
    Section,
    SourceDump,
)
from tests.importing.sheets import BOAT, CHESS, Sheet, village

pytestmark = pytest.mark.django_db


def export() -> str:
    return json.dumps(
        [
            issue_as_dict(issue)
            for issue in Issue.objects.order_by("publication__slug", "key")
        ],
        ensure_ascii=False,
    )


def article(title: str) -> Article:
    return Article.objects.get(title=title)


def test_a_dump_becomes_an_issue_with_its_articles_in_printed_order() -> None:
    plan = village().load()
    assert plan.verdict == Verdict.CREATED
    issue = Issue.objects.get()
    assert (issue.publication.title, issue.publication.slug) == (
        "槐下月刊",
        "huaixia-yuekan",
    )
    assert issue.get_absolute_url() == "/issues/huaixia-yuekan/2021/5/"
    assert str(issue.sort_date) == "2021-05-01"
    titles = issue.articles.in_printed_order().values_list("title", flat=True)
    assert list(titles) == ["槐下棋局", "一眼老井", "末班渡船"]
    assert issue.masthead == "槐下月刊\n2021年第5期"


def test_the_authors_are_people_with_surnames() -> None:
    village().load()
    assert [a.author.name for a in article("一眼老井").authorships.all()] == [
        "曾在田",
        "陆鸣",
    ]
    author = Author.objects.get(name="曾在田")
    assert (author.slug, author.sort_key) == ("zeng-zaitian", "zeng zai tian")


def test_the_same_author_and_section_are_one_row() -> None:
    village(5).load("5.txt")
    village(6).article("再记棋局", ["别的文字，" * 9], authors=["苏若川"]).load("6.txt")
    assert Author.objects.filter(name="苏若川").count() == 1
    assert Section.objects.filter(name="乡土").count() == 1
    assert Publication.objects.count() == 1


def test_the_bytes_come_back_and_every_line_stands_in_one_block() -> None:
    parsed, content = village().build()
    village().load()
    dump = SourceDump.objects.get()
    assert bytes(dump.content) == content
    held = sorted(n for block in dump.blocks.all() for n in block.lines)
    assert held == sorted(stored_lines(dump)) == sorted(parsed.printed)
    lines = stored_lines(dump)
    for block in dump.blocks.all():
        assert block.printed == "\n".join(lines[n] for n in block.lines)


def test_a_lost_line_undoes_the_whole_import() -> None:
    sheet = village()
    sheet.line("一行没有人认领的字")
    with pytest.raises(LedgerIncomplete, match=r"a\.txt:\d+: 行账不合"):
        sheet.load()
    assert not Issue.objects.exists() and not Article.objects.exists()
    assert not Publication.objects.exists() and not Author.objects.exists()


def test_a_line_that_stands_twice_is_found() -> None:
    village().load()
    dump = SourceDump.objects.get()
    block = dump.blocks.first()
    Block.objects.create(
        dump=dump, article=None, role="slogan", position=1, anchor="x", text="x",
        printed="x", lines=block.lines,
    )  # fmt: skip
    with pytest.raises(LedgerIncomplete, match="重"):
        check_ledger(dump, stored_lines(dump))


def test_furniture_is_kept_without_an_article() -> None:
    village().load()
    furniture = Block.objects.filter(article=None).order_by("position")
    assert [b.role for b in furniture] == ["masthead", "colophon"]


def test_the_same_dump_again_changes_nothing() -> None:
    village().load()
    before, when = (
        export(),
        Article.objects.order_by("pk").values_list("modified", flat=True),
    )
    when = list(when)
    assert village().load().verdict == Verdict.UNCHANGED
    assert export() == before
    assert (
        list(Article.objects.order_by("pk").values_list("modified", flat=True)) == when
    )


def test_the_same_bytes_under_another_name_change_nothing() -> None:
    village().load("a.txt")
    before = export()
    assert village().load("b.txt").verdict == Verdict.UNCHANGED
    assert export() == before


def test_addresses_do_not_depend_on_the_database_or_the_order() -> None:
    with transaction.atomic():
        village(5).load("5.txt")
        village(6).load("6.txt")
        first = export()
        transaction.set_rollback(True)
    assert not Issue.objects.exists()
    village(6).load("6.txt")
    village(5).load("5.txt")
    assert export() == first


def test_a_later_version_keeps_addresses_paragraphs_and_bookmarks() -> None:
    village().load()
    shelf = Bookshelf.objects.create()
    chess = article("槐下棋局")
    block = chess.blocks.get(text=CHESS[2])
    mark = Bookmark.objects.create(shelf=shelf, article=chess, block=block)
    later = Sheet()
    later.furniture("masthead", "槐下月刊", "2021年第5期", "第三次校样")
    later.article(
        "槐下棋局", [CHESS[0], "新认出的一段话。", *CHESS[1:]], authors=["苏若川"]
    )
    later.article("末班渡船", BOAT)
    plan = later.load()
    assert plan.verdict == Verdict.UPDATED
    assert plan.tally() == {"create": 0, "update": 2, "keep": 0, "withdraw": 1}
    again = article("槐下棋局")
    assert (again.pk, again.public_id) == (chess.pk, chess.public_id)
    kept = again.blocks.get(text=CHESS[2])
    assert (kept.pk, kept.anchor) == (block.pk, block.anchor)
    assert kept.lines != block.lines and kept.printed == CHESS[2]
    mark.refresh_from_db()
    assert mark.block == kept
    texts = [b.text for b in again.blocks.order_by("position")]
    assert texts.index("新认出的一段话。") == 2
    assert article("一眼老井").withdrawn
    assert SourceDump.objects.filter(current=True).count() == 1
    assert SourceDump.objects.count() == 2


def test_a_withdrawn_article_comes_back_under_its_address() -> None:
    village().load()
    address = article("一眼老井").public_id
    shorter = village()
    del shorter.articles[1]
    lines = [n for a in village().articles[1:2] for b in a.blocks for n in b.lines]
    shorter.furniture("duplicate")
    shorter.pieces[-1] = type(shorter.pieces[-1])(shorter.pieces[-1].role, tuple(lines))
    shorter.load()
    assert article("一眼老井").withdrawn
    village().load()
    assert (article("一眼老井").withdrawn, article("一眼老井").public_id) == (
        False,
        address,
    )


def test_an_older_version_does_not_come_back_by_itself() -> None:
    village().load("first.txt")
    newer = village()
    newer.furniture("slogan", "新的一行口号")
    newer.load("second.txt")
    before = export()
    assert village().load("first.txt").verdict == Verdict.SUPERSEDED
    assert export() == before
    village().load("first.txt", replace=True)
    assert SourceDump.objects.get(current=True).name == "first.txt"
    assert village().load("first.txt").verdict == Verdict.UNCHANGED


def test_bookmarks_of_joined_paragraphs_meet_without_doubling() -> None:
    split = Sheet()
    split.article("槐下棋局", [*CHESS, "坐到对面来的人", "总是输得最多。"])
    split.load()
    shelf = Bookshelf.objects.create()
    chess = article("槐下棋局")
    for text in ("坐到对面来的人", "总是输得最多。"):
        Bookmark.objects.create(
            shelf=shelf, article=chess, block=chess.blocks.get(text=text)
        )
    Bookmark.objects.create(shelf=shelf, article=chess)
    joined = Sheet()
    joined.article("槐下棋局", [*CHESS, ("坐到对面来的人", "总是输得最多。")])
    joined.load()
    marks = Bookmark.objects.filter(shelf=shelf, article=chess)
    assert sorted(m.block is None for m in marks) == [False, True]
    assert marks.get(block__isnull=False).block.text == "坐到对面来的人总是输得最多。"


def test_a_paragraph_that_changes_its_article_takes_its_bookmark_along() -> None:
    village().load()
    shelf = Bookshelf.objects.create()
    chess, well = article("槐下棋局"), article("一眼老井")
    block = chess.blocks.get(text=CHESS[3])
    mark = Bookmark.objects.create(shelf=shelf, article=chess, block=block)
    sheet = village()
    first, second = sheet.articles[0], sheet.articles[1]
    sheet.change(0, blocks=first.blocks[:-1])
    sheet.change(1, blocks=(*second.blocks, first.blocks[-1]))
    sheet.load()
    mark.refresh_from_db()
    block.refresh_from_db()
    assert block.article == well == mark.article and mark.block == block


def test_two_paragraphs_can_change_places_between_articles() -> None:
    village().load()
    sheet = village()
    first, second = sheet.articles[0], sheet.articles[1]
    sheet.change(0, blocks=(*first.blocks[:-1], second.blocks[-1]))
    sheet.change(1, blocks=(*second.blocks[:-1], first.blocks[-1]))
    sheet.load()
    assert article("一眼老井").blocks.filter(text=CHESS[3]).exists()


def test_overlong_values_are_cut_visibly_and_reported() -> None:
    sheet = Sheet()
    long_title = "长" * 20_000
    sheet.article(long_title, ["正文。"], authors=["名" * 300], section="栏" * 500)
    sheet.change(0, kicker="引" * 900, affiliation="单位" * 900, page=99_999)
    plan = sheet.load()
    stored = Article.objects.get()
    assert len(stored.title) == 500 and stored.title.endswith("…")
    assert stored.page is None
    codes = [p["code"] for p in plan.problems.new]
    assert codes.count("overlong-value") == 5
    assert sheet.load().verdict == Verdict.UNCHANGED


def test_problems_of_the_parser_are_kept_with_their_article() -> None:
    sheet = village().problem("author-mismatch", 5, article="a1")
    sheet.load()
    dump = SourceDump.objects.get()
    problem = dump.problems.get()
    assert (problem.code, problem.lines, problem.article) == (
        "author-mismatch", [5], article("槐下棋局"),
    )  # fmt: skip


@pytest.mark.parametrize("state", Problem.State)
def test_a_doubt_is_the_same_when_only_its_figure_moved(state: str) -> None:
    village().problem("place-doubtful", 5, article="a1", confidence="0.72").load()
    Problem.objects.update(state=state)
    village().problem("place-doubtful", 5, article="a1", confidence="0.66").load()
    problem = Problem.objects.get()
    assert problem.state == state
    said = "0.66" if state == Problem.State.OPEN else "0.72"
    assert problem.detail == {"confidence": said} and said in problem.message


def test_a_settled_problem_stays_settled_and_one_that_is_over_goes() -> None:
    village().problem("author-mismatch", 5, article="a1").problem("odd-line", 7).load()
    SourceDump.objects.get().problems.filter(code="author-mismatch").update(
        state="settled"
    )
    village().problem("author-mismatch", 5, article="a1").load()
    problem = SourceDump.objects.get().problems.get()
    assert (problem.code, problem.state) == ("author-mismatch", "settled")


def test_disagreeing_names_become_variants_of_the_right_author() -> None:
    sheet = village()
    sheet.change(1, author_variants=("曾在由",))
    sheet.load()
    assert Author.objects.get(name="曾在田").variants == ["曾在由"]
    assert Author.objects.get(name="陆鸣").variants == []


def test_the_number_of_queries_does_not_grow_with_the_issue() -> None:
    village(12).load("first.txt")  # the first import of all makes what all share
    counts = []
    for size, number in ((3, 1), (30, 2), (90, 3)):
        sheet = Sheet(number=number)
        for n in range(size):
            words = [f"第{number}期第{n}篇的第{k}段，文字各不相同。" for k in range(6)]
            sheet.article(f"题目{number}之{n}", words, authors=[f"作者{number}{n}"])
        with CaptureQueriesContext(connection) as queries:
            sheet.load(f"{size}.txt")
        counts.append(len(queries))
    assert counts[0] <= 56
    # Only the batches of bulk inserts may add some.
    assert counts[2] <= counts[0] + 10, counts

"""Every kind of edit survives: the same dump again, and a later version of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.dump import AuthorRecord
from articles.editing.blocks import cut_block, join_previous
from articles.editing.merging import merge_authors
from articles.importing.indexing import index_articles
from articles.importing.ledger import check_ledger, stored_lines
from articles.importing.plan import Verdict
from articles.importing.protect import remember_edits, snapshot
from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    Decision,
    Issue,
    Origin,
    Problem,
    Publication,
    Section,
    SourceDump,
)
from articles.models.protected import Protected
from tests.factories import make_topic
from tests.importing.sheets import BOAT, CHESS, WELL, Sheet, village

pytestmark = pytest.mark.django_db


def later_version() -> Sheet:
    """The same issue scanned anew: one line more on top, one word different."""
    sheet = Sheet()
    sheet.furniture("slogan", "新的一行口号")
    sheet.furniture("masthead", "槐下月刊", "2021年第5期")
    sheet.article("槐下棋局", CHESS, authors=["苏若川"], section="乡土", page=3)
    well = [WELL[0].replace("道光三年", "道光二年"), *WELL[1:]]
    sheet.article("一眼老井", well, authors=["曾在田", "陆鸣"], section="乡土", page=7)
    sheet.article("末班渡船", BOAT, page=9)
    return sheet.furniture("colophon", "槐下月刊社编印")


def chess() -> Article:
    return Article.objects.get(title__contains="棋")


def block_of(text: str) -> Block:
    return Block.objects.get(text__startswith=text[:8])


def edit(row: Protected, **fields: Any) -> None:
    """What the admin does: save, remember what was there before, tell the search."""
    before = snapshot(row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    remember_edits(row, before)
    if isinstance(row, Article | Block):
        index_articles([row.pk if isinstance(row, Article) else row.article_id])


@dataclass(frozen=True)
class Edit:
    """One kind of edit, and how to see that it is still there."""

    act: Callable[[], None]
    seen: Callable[[], Any]


def article_field(name: str, value: Any) -> Edit:
    def act() -> None:
        edit(chess(), **{name: value})

    return Edit(act, lambda: getattr(chess(), name))


def other_authors() -> None:
    before = snapshot(chess())
    chess().authorships.all().delete()
    author = Author.objects.create(name="另一人", slug="lingyi-ren")
    Authorship.objects.create(article=chess(), author=author, printed_name="另一人")
    remember_edits(chess(), before)


def other_section() -> None:
    publication = Publication.objects.get()
    section = Section.objects.create(
        publication=publication, name="风物", slug="fengwu"
    )
    edit(chess(), section=section)


def moved_to_the_other_article() -> None:
    edit(block_of(CHESS[3]), article=Article.objects.get(title="一眼老井"), position=25)


def taken_for_furniture() -> None:
    edit(block_of(CHESS[2]), article=None, role="slogan")


def taken_back_from_furniture() -> None:
    edit(block_of("槐下月刊社"), article=chess(), role="note", position=60)


def moved_up() -> None:
    edit(block_of(CHESS[3]), position=5)


def split_in_two() -> None:
    first = Block.objects.get(text__startswith="每天傍晚")
    cut_block(None, first, first.lines[1])


def joined_in_one() -> None:
    join_previous(None, block_of(CHESS[3]))


def an_article_of_its_own() -> None:
    source = chess()
    new = Article.objects.create(
        public_id="editors1",
        issue=source.issue,
        dump=source.dump,
        position=2,
        title="看客",
    )
    edit(block_of(CHESS[3]), article=new, position=10)


def topic_given() -> None:
    ArticleTopic.objects.create(
        article=chess(), topic=make_topic("棋艺"), origin=Origin.EDITOR
    )


def topic_declined() -> None:
    topic = make_topic("茶事", terms=[{"term": "棋盘", "weight": 3}])
    ArticleTopic.objects.create(
        article=chess(), topic=topic, origin=Origin.EDITOR, decision=Decision.DECLINED
    )


def texts(title: str) -> list[str]:
    blocks = Article.objects.get(title__contains=title).blocks.order_by("position")
    return [b.text for b in blocks if b.role != "title"]


def topics() -> list[tuple[str, str, str]]:
    rows = chess().article_topics.values_list("topic__name", "origin", "decision")
    return sorted(rows)


EDITS = {
    "title": article_field("title", "棋局"),
    "kind": article_field("kind", "sidebar"),
    "variants": article_field("title_variants", ["槐下棋间"]),
    "kicker": article_field("kicker", "乡间小记"),
    "subtitle": article_field("subtitle", "老陈和他的对手"),
    "affiliation": article_field("affiliation", "作者系教师"),
    "credit": article_field("source_credit", "河石日报"),
    "page": article_field("page", 4),
    "no page": article_field("page", None),
    "article order": article_field("position", 77),
    "withdrawn": article_field("withdrawn", True),
    "author variants": article_field("author_variants", ["苏若州"]),
    "authors": Edit(
        other_authors, lambda: [s.author.name for s in chess().authorships.all()]
    ),
    "section": Edit(other_section, lambda: chess().section.name),
    "text": Edit(
        lambda: edit(block_of(CHESS[2]), text="他下棋从不悔子，更不许别人悔。"),
        lambda: texts("棋"),
    ),
    "role": Edit(
        lambda: edit(block_of(CHESS[2]), role="heading"),
        lambda: block_of(CHESS[2]).role,
    ),
    "moved block": Edit(
        moved_to_the_other_article, lambda: (texts("棋"), texts("井")[1])
    ),
    "made furniture": Edit(
        taken_for_furniture, lambda: (texts("棋"), block_of(CHESS[2]).role)
    ),
    "taken back": Edit(taken_back_from_furniture, lambda: texts("棋")),
    "block order": Edit(moved_up, lambda: texts("棋")),
    "split block": Edit(split_in_two, lambda: texts("棋")),
    "joined blocks": Edit(joined_in_one, lambda: texts("棋")),
    "split article": Edit(an_article_of_its_own, lambda: (texts("棋"), texts("看客"))),
    "topic given": Edit(topic_given, topics),
    "topic declined": Edit(topic_declined, topics),
    "masthead": Edit(
        lambda: edit(Issue.objects.get(), masthead="槐下"),
        lambda: Issue.objects.get().masthead,
    ),
    "publication title": Edit(
        lambda: edit(Publication.objects.get(), title="槐下（月刊）"),
        lambda: [p.title for p in Publication.objects.all()],
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_survives_the_same_dump_and_a_later_one(kind: str) -> None:
    village().load()
    EDITS[kind].act()
    wanted = EDITS[kind].seen()
    village().load()  # counts characters anew at most
    assert EDITS[kind].seen() == wanted
    assert village().load().verdict == Verdict.UNCHANGED
    plan = later_version().load()
    assert plan.verdict == Verdict.UPDATED
    assert plan.conflicts() == []  # nothing that was edited was printed differently
    assert EDITS[kind].seen() == wanted
    assert "道光二年" in texts("井")[0]  # and what nobody touched is new
    _ledger_holds()
    assert later_version().load().verdict == Verdict.UNCHANGED
    assert EDITS[kind].seen() == wanted


def test_all_edits_together_survive() -> None:
    village().load()
    names = [
        "title",
        "kicker",
        "page",
        "authors",
        "section",
        "text",
        "moved block",
        "masthead",
    ]
    for name in names:
        EDITS[name].act()
    wanted = {name: EDITS[name].seen() for name in names}
    later_version().load()
    for name in names:
        assert EDITS[name].seen() == wanted[name]
    _ledger_holds()


def test_what_both_changed_stays_as_the_editor_has_it_and_is_shown_once() -> None:
    village().load()
    edit(chess(), page=4)
    edit(block_of(WELL[0]), text="村口那眼井，县志里有一行字。")
    later = later_version().change(0, page=5)
    plan = later.load()
    fields = {
        (c["field"], str(c["base"])[:6], str(c["mine"])[:6]) for c in plan.conflicts()
    }
    assert fields == {("page", "3", "4"), ("text", "村口那眼井在", "村口那眼井，")}
    assert chess().page == 4
    problem = Problem.objects.get(code="import-conflict", article=chess())
    assert problem.detail == {"field": "page", "base": 3, "new": 5, "mine": 4}
    again = later_version().change(0, page=5).load()
    assert again.verdict == Verdict.UNCHANGED and again.conflicts() == []
    assert Problem.objects.filter(code="import-conflict").count() == 2


def test_a_second_conflict_takes_the_place_of_the_first() -> None:
    village().load()
    edit(chess(), page=4)
    later_version().change(0, page=5).load()
    third = later_version().change(0, page=6)
    third.furniture("slogan", "再一版")
    third.load()
    problem = Problem.objects.get(code="import-conflict")
    assert (problem.detail["base"], problem.detail["new"]) == (5, 6)


def read_in_another(number: int) -> Sheet:
    """A later reading that finds a paragraph of the chess game in another article."""
    sheet = later_version()
    blocks = list(sheet.articles[0].blocks)
    moved = blocks.pop(4)
    sheet.change(0, blocks=tuple(blocks))
    home = sheet.articles[number]
    return sheet.change(number, blocks=(*home.blocks, moved))


def test_a_paragraph_that_both_moved_elsewhere_stays_with_the_editor() -> None:
    village().load()
    moved_to_the_other_article()
    plan = read_in_another(2).load()
    [conflict] = plan.conflicts()
    assert conflict["field"] == "article"
    assert conflict["mine"] == Article.objects.get(title="一眼老井").public_id
    assert conflict["new"] == Article.objects.get(title="末班渡船").public_id
    assert CHESS[3] in texts("井") and CHESS[3] not in texts("渡船")
    assert read_in_another(2).load().verdict == Verdict.UNCHANGED
    _ledger_holds()


def test_a_paragraph_that_both_moved_to_one_place_is_given_back() -> None:
    village().load()
    moved_to_the_other_article()
    assert read_in_another(1).load().conflicts() == []
    assert "article" not in block_of(CHESS[3]).base
    assert CHESS[3] in texts("井")


def test_when_the_import_catches_up_the_field_is_given_back() -> None:
    village().load()
    edit(chess(), page=4)
    later_version().change(0, page=5).load()
    third = later_version().change(0, page=4)
    third.furniture("slogan", "再一版")
    third.load()
    assert chess().base == {}
    assert Problem.objects.get(code="import-conflict").state == "settled"
    fourth = later_version().change(0, page=8)
    fourth.furniture("slogan", "又一版")
    fourth.load()
    assert chess().page == 8


def without_well() -> Sheet:
    sheet = Sheet()
    sheet.furniture("masthead", "槐下月刊", "2021年第5期")
    sheet.article("槐下棋局", CHESS, authors=["苏若川"], section="乡土", page=3)
    sheet.article("末班渡船", BOAT, page=9)
    return sheet.furniture("colophon", "槐下月刊社编印")


def test_an_edited_article_that_vanished_is_kept_and_shown() -> None:
    village().load()
    well = Article.objects.get(title="一眼老井")
    edit(well, title="老井")
    without_well().load()
    well.refresh_from_db()
    assert not well.withdrawn and texts("老井") == WELL
    codes = set(Problem.objects.values_list("code", flat=True))
    assert "edited-article-vanished" in codes
    _ledger_holds()
    assert without_well().load().verdict == Verdict.UNCHANGED


def test_an_edited_article_that_the_parser_gave_to_another_keeps_its_lines() -> None:
    village().load()
    edit(Article.objects.get(title="一眼老井"), title="老井")
    merged = village()
    first, second = merged.articles[0], merged.articles.pop(1)
    merged.change(0, blocks=(*first.blocks, *second.blocks))
    merged.load()
    assert texts("老井") == WELL
    assert texts("棋") == ["".join(p) if isinstance(p, tuple) else p for p in CHESS]
    _ledger_holds()


def test_an_edited_paragraph_that_vanished_stays_with_its_article() -> None:
    village().load()
    edit(block_of(CHESS[2]), text="他下棋从不悔子。")
    shorter = Sheet()
    shorter.furniture("masthead", "槐下月刊", "2021年第5期")
    shorter.article("槐下棋局", [*CHESS[:2], CHESS[3]], authors=["苏若川"], page=3)
    shorter.article("一眼老井", WELL).article("末班渡船", BOAT)
    shorter.load()
    assert texts("棋")[2] == "他下棋从不悔子。"
    assert Problem.objects.filter(code="edited-text-vanished").count() == 1
    _ledger_holds()


def test_a_proofread_article_is_not_withdrawn() -> None:
    village().load()
    Article.objects.filter(title="一眼老井").update(status="first")
    without_well().load()
    assert not Article.objects.get(title="一眼老井").withdrawn


def test_a_renamed_author_keeps_the_new_name() -> None:
    village().load()
    edit(Author.objects.get(name="苏若川"), name="苏若船")
    later_version().load()
    assert [s.author.name for s in chess().authorships.all()] == ["苏若船"]


def _ledger_holds() -> None:
    for dump in SourceDump.objects.filter(current=True):
        check_ledger(dump, stored_lines(dump))


def test_a_renamed_column_keeps_its_new_name_and_its_articles() -> None:
    village().load()
    edit(Section.objects.get(), name="乡土与风物")
    assert village().load().verdict == Verdict.UNCHANGED
    later_version().load()
    assert [s.name for s in Section.objects.all()] == ["乡土与风物"]
    assert chess().section.name == "乡土与风物"


def test_a_renamed_column_that_an_import_has_emptied_is_kept() -> None:
    village().load()
    edit(Section.objects.get(), name="乡土与风物")
    sheet = later_version()
    sheet.change(0, section="风物").change(1, section="风物").load()
    names = Section.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["乡土与风物", "风物"]


def test_a_person_who_is_two_printed_names_stays_one() -> None:
    village().load()
    one, other = Author.objects.get(name="曾在田"), Author.objects.get(name="陆鸣")
    well = Article.objects.get(title="一眼老井")
    Authorship.objects.filter(author=one).delete()
    Authorship.objects.filter(author=other).update(author=one)
    later_version().load()
    signed = well.authorships.select_related("author")
    assert [(s.printed_name, s.author.name) for s in signed] == [("曾在田", "曾在田")]


def test_a_misread_name_leaves_no_empty_author_behind() -> None:
    village().load()
    sheet = later_version()
    sheet.change(0, authors=(AuthorRecord("苏若州"),), section="风物")
    sheet.change(1, section="风物")
    sheet.load()
    names = set(Author.objects.values_list("name", flat=True))
    assert "苏若州" in names and "苏若川" not in names
    assert [s.name for s in Section.objects.all()] == ["风物"]


def test_authors_that_an_editor_made_one_stay_one_and_are_kept() -> None:
    village().load()
    stay, go = Author.objects.get(name="苏若川"), Author.objects.get(name="陆鸣")
    merge_authors(User.objects.create_user("bianji"), stay, go)
    later_version().change(2, authors=(AuthorRecord("陆鸣"),)).load()
    boat = Article.objects.get(title="末班渡船")
    assert [s.author for s in boat.authorships.all()] == [stay]
    sheet = later_version()
    for number in range(3):
        sheet.change(number, authors=(AuthorRecord("另一人"),))
    sheet.furniture("slogan", "再一版").load()
    assert Author.objects.get(pk=go.pk).merged_into == stay


def test_an_author_whom_an_editor_described_is_kept() -> None:
    village().load()
    Author.objects.filter(name="苏若川").update(disambiguation="教师")
    later_version().change(0, authors=(AuthorRecord("苏若州"),)).load()
    assert Author.objects.filter(name="苏若川").exists()

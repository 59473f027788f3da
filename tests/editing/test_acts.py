"""Every act: what it does, that no import undoes it, and that it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.editing.acting import Refused
from articles.editing.blocks import (
    correct_text,
    cut_block,
    join_previous,
    mark_furniture,
    move_block,
    set_role,
    take_in,
)
from articles.editing.lines import set_from_lines
from articles.editing.pieces import merge_articles, new_article, split_article
from articles.editing.undoing import undo, undo_all
from articles.importing.plan import Verdict
from articles.models import Article, Issue, Revision, SourceDump
from tests.editing.conftest import (
    article,
    block,
    everything,
    export,
    ledger_holds,
    texts,
)
from tests.importing.sheets import BOAT, CHESS, WELL, village

pytestmark = pytest.mark.django_db
Act = Callable[[Any], Revision | None]


def move(user: Any) -> Revision | None:
    return move_block(user, block("看客"), article("老井"), block("井水"))


def move_up(user: Any) -> Revision | None:
    return move_block(user, block("看客"), article("棋局"), None)


def join(user: Any) -> Revision | None:
    return join_previous(user, block("看客"))


def cut(user: Any) -> Revision | None:
    long = block("卖豆腐")
    return cut_block(user, long, long.lines[1])


def correct(user: Any) -> Revision | None:
    return correct_text(user, block("悔子"), "他下棋从不悔子。", "据原刊")


def role(user: Any) -> Revision | None:
    return set_role(user, block("悔子"), "heading")


def furniture(user: Any) -> Revision | None:
    return mark_furniture(user, block("悔子"), "slogan")


def back(user: Any) -> Revision | None:
    colophon = block("编印")
    return take_in(user, colophon, article("渡船"), block("桥通了"), "note")


def split(user: Any) -> Revision | None:
    return split_article(user, block("悔子"), "不悔")


def merge(user: Any) -> Revision | None:
    return merge_articles(user, article("渡船"), article("老井"))


def from_lines(user: Any) -> Revision | None:
    tail, colophon = block("卖豆腐").lines[1], block("编印").lines[0]
    return new_article(user, SourceDump.objects.get(), [tail, colophon], "坐到对面")


def title(user: Any) -> Revision | None:
    return set_from_lines(user, article("棋局"), "subtitle", block("悔子").lines)


def authors(user: Any) -> Revision | None:
    there = block("末班渡船")
    correct_text(None, there, "末班渡船")
    return set_from_lines(user, article("渡船"), "title", there.lines) or correct(user)


ACTS = {
    "move": move, "move up": move_up, "join": join, "cut": cut, "correct": correct,
    "role": role, "furniture": furniture, "take in": back, "split": split, "merge": merge,
    "new article": from_lines, "subtitle": title, "title": authors,
}  # fmt: skip


def seen() -> list[tuple[str, list[str]]]:
    rows = Article.objects.published().in_printed_order()
    return [
        (a.title, [b.text for b in a.blocks.order_by("position", "id")]) for a in rows
    ]


@pytest.mark.parametrize("name", ACTS)
def test_no_import_undoes_an_act(name: str, issue: Issue, editor: User) -> None:
    assert ACTS[name](editor) is not None
    ledger_holds()
    wanted, rows = seen(), everything()
    assert village().load().verdict == Verdict.UNCHANGED
    assert everything() == rows
    later = village().furniture("slogan", "再一版")
    assert later.load(replace=True).conflicts() == []
    assert seen() == wanted
    ledger_holds()


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_and_done_again(
    name: str, issue: Issue, editor: User
) -> None:
    before = export()
    revision = ACTS[name](editor)
    after = export()
    assert revision is not None and after != before
    assert (revision.user, revision.issue) == (editor, issue)
    undone = undo(editor, revision)
    assert export() == before
    ledger_holds()
    assert village().load().verdict == Verdict.UNCHANGED
    with pytest.raises(Refused):
        undo(editor, revision)
    assert undone is not None
    undo(editor, undone)
    assert export() == after


def test_what_was_joined_and_cut_again_is_the_imports_again(issue: Issue) -> None:
    join(None)
    joint = block("看客")
    assert joint.text == CHESS[2] + CHESS[3]
    cut_block(None, joint, joint.lines[1])
    assert texts("棋局") == [CHESS[0], "".join(CHESS[1]), CHESS[2], CHESS[3]]
    assert block("看客").base == {} == block("悔子").base
    assert village().load().verdict == Verdict.UNCHANGED


def test_what_was_cut_and_joined_again_is_the_imports_again(issue: Issue) -> None:
    before = export()
    cut(None)
    assert [t[:4] for t in texts("棋局")][1:3] == ["每天傍晚", "坐到对面"]
    join_previous(None, block("坐到对面"))
    assert block("卖豆腐").base == {}
    assert export() == before


def test_a_corrected_text_is_cut_where_the_print_is(issue: Issue) -> None:
    correct_text(
        None, block("卖豆腐"), "每日傍晚，卖豆腐的收了摊，等着有人坐到他对面来！"
    )
    cut(None)
    assert texts("棋局")[1:3] == [
        "每日傍晚，卖豆腐的收了摊，等着有人",
        "坐到他对面来！",
    ]


def test_a_split_article_keeps_its_address_and_leads_to_what_left(
    issue: Issue,
) -> None:
    address, anchor = article("棋局").public_id, block("看客").anchor
    split(None)
    made = article("不悔")
    assert article("棋局").public_id == address
    assert texts("不悔") == [CHESS[2], CHESS[3]]
    place = article("棋局").former_places.get(anchor=anchor)
    assert place.block.article == made
    order = [a.title for a in Article.objects.in_printed_order()]
    assert order == ["槐下棋局", "不悔", "一眼老井", "末班渡船"]


def test_splits_stand_in_printed_order_whatever_came_first(issue: Issue) -> None:
    split_article(None, block("看客"), "丙")
    split_article(None, block("悔子"), "乙")
    order = [a.title for a in Article.objects.in_printed_order()]
    assert order == ["槐下棋局", "乙", "丙", "一眼老井", "末班渡船"]


def test_a_merged_article_leads_to_the_other(issue: Issue) -> None:
    merge(None)
    gone = article("渡船")
    assert gone.withdrawn and gone.merged_into == article("老井")
    assert texts("老井") == [*WELL, "末班渡船", *BOAT]


def test_one_persons_day_is_taken_back_and_anothers_stays(
    issue: Issue, editor: User
) -> None:
    other = User.objects.create_user("jiaodui")
    correct_text(other, block("桥通了"), "桥通了。")
    before, since = export(), timezone.now()
    for act in (correct, role, from_lines, split, merge):
        assert act(editor) is not None
    undo(editor, editor.revisions.first())
    result = undo_all(None, editor, since)
    assert result.stuck == []
    assert export() == before
    assert texts("渡船")[1] == "桥通了。"


def test_what_somebody_else_has_built_on_is_not_torn_down(
    issue: Issue, editor: User
) -> None:
    revision = cut(editor)
    correct_text(None, block("坐到对面"), "坐到他对面来。")
    rows = everything()
    with pytest.raises(Refused, match="订正文字"):
        undo(editor, revision)
    assert everything() == rows


@pytest.mark.parametrize(
    "act",
    [
        lambda: cut_block(None, block("悔子"), 1),
        lambda: join_previous(None, article("棋局").blocks.order_by("position")[0]),
        lambda: set_role(None, block("悔子"), "slogan"),
        lambda: correct_text(None, block("悔子"), "  "),
        lambda: take_in(None, block("悔子"), article("老井"), None),
        lambda: merge_articles(None, article("老井"), article("老井")),
        lambda: new_article(None, SourceDump.objects.get(), []),
        lambda: move_block(None, block("悔子"), article("老井"), block("看客")),
        lambda: split_article(
            None, article("棋局").blocks.order_by("position")[0], "甲"
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    act: Callable[[], Any], issue: Issue
) -> None:
    before = everything()
    with pytest.raises(Refused):
        act()
    assert everything() == before
    assert not Revision.objects.exclude(way="import").exists()


def test_a_line_of_the_history_is_neither_changed_nor_deleted(
    issue: Issue, editor: User
) -> None:
    revision = correct(editor)
    assert revision is not None
    revision.what = "别的"
    for act in (revision.save, revision.delete):
        with pytest.raises(TypeError):
            act()
    editor.is_staff = False
    editor.delete()  # the account goes, what was done stays
    revision.refresh_from_db()
    assert revision.user is None and "订正文字" in revision.said

"""An issue that editors have worked on for a day, imported again in every way.

Fifty edits of sixteen kinds, done as the desk does them; then the same dump, a dump with
one line in twenty read anew, and a dump without one of the articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.editing import blocks as act
from articles.editing import pieces
from articles.editing.acting import Refused
from articles.editing.authors import sign
from articles.editing.fields import save_fields
from articles.editing.topics import decide, give
from articles.importing.plan import Verdict
from articles.models import Article, ArticleTopic, Block, Decision, Problem
from tests.benchmarks.corpus import Corpus, MadeUp
from tests.editing.conftest import everything, ledger_holds
from tests.editing.test_any_sequence import STEPS
from tests.editing.test_any_sequence import _do as any_act
from tests.factories import make_topic
from tests.importing.sheets import BOAT, CHESS, WELL, Sheet, village

pytestmark = pytest.mark.django_db

ARTICLES, PARAGRAPHS = 20, 11
IN_TWO = 1  # the paragraph that stands on two lines
MARK = "囗"  # what a later reading takes a character for
Place = tuple[int, int]  # the article and its paragraph, both from 0; -1 is the title


@dataclass(frozen=True)
class Story:
    title: str
    paragraphs: list[tuple[str, ...]]
    author: str
    page: int


@dataclass(frozen=True)
class Paper:
    """What a dump prints; ``read_anew`` gives another reading of it."""

    stories: list[Story]
    heads: list[str]
    slogans: list[str] = field(default_factory=list)

    def sheet(self) -> Sheet:
        sheet = Sheet()
        for slogan in self.slogans:
            sheet.furniture("slogan", slogan)
        sheet.furniture("masthead", "槐下月刊", "2021年第5期")
        for head in self.heads:
            sheet.furniture("running_head", head)
        for story in self.stories:
            sheet.article(
                story.title, story.paragraphs, authors=[story.author], page=story.page
            )
        return sheet.furniture("colophon", "槐下月刊社编印")

    def read_anew(
        self, places: Iterable[Place], heads: Iterable[int], authors: Iterable[int]
    ) -> Paper:
        """One character of each line that is named is read otherwise."""
        stories = list(self.stories)
        for article, paragraph in places:
            stories[article] = _read_anew(stories[article], paragraph)
        for article in authors:
            stories[article] = replace(stories[article], author=f"新名{article}")
        named = set(heads)
        lines = [_worse(h) if n in named else h for n, h in enumerate(self.heads)]
        return Paper(stories, lines, ["新的一行口号"])


def _read_anew(story: Story, paragraph: int) -> Story:
    if paragraph < 0:
        return replace(story, title=_worse(story.title))
    paragraphs = list(story.paragraphs)
    *lines, last = paragraphs[paragraph]
    paragraphs[paragraph] = (*lines, _worse(last))
    return replace(story, paragraphs=paragraphs)


def _worse(line: str) -> str:
    middle = len(line) // 2
    return line[:middle] + MARK + line[middle + 1 :]


def paper() -> Paper:
    made = Corpus(seed=8).articles(ARTICLES)
    stories = [_story(number, article) for number, article in enumerate(made)]
    return Paper(stories, [f"槐下月刊书眉之{n}在每页之首" for n in "甲乙丙丁"])


def _story(number: int, made: MadeUp) -> Story:
    text = "".join(made.paragraphs) * 9
    plain = [text[n * 60 : n * 60 + 60] for n in range(PARAGRAPHS)]
    paragraphs = [
        (p[:30], p[30:]) if n == IN_TWO else (p,) for n, p in enumerate(plain)
    ]
    return Story(f"{made.title}之{number}", paragraphs, f"作者{number}", 2 + number)


@dataclass(frozen=True)
class Desk:
    """The rows of the issue as they were imported, and an editor at them."""

    editor: User
    articles: list[Article]
    blocks: dict[Place, Block]
    heads: list[Block]

    def block(self, place: Place) -> Block:
        return Block.objects.get(pk=self.blocks[place].pk)

    def article(self, number: int) -> Article:
        return Article.objects.get(pk=self.articles[number].pk)

    def last(self, number: int) -> Block:
        found = self.article(number).blocks.order_by("position", "id").last()
        assert found
        return found


def open_desk(editor: User) -> Desk:
    articles = list(Article.objects.order_by("position"))
    blocks = {
        (number, at): block
        for number, article in enumerate(articles)
        for at, block in enumerate(article.blocks.order_by("position"), start=-1)
    }
    heads = Block.objects.filter(role="running_head").order_by("position")
    return Desk(editor, articles, blocks, list(heads))


# --- Fifty edits: what is done, and how to see that it is still there.

Seen = Callable[[Desk], Any]


def change(number: int, name: str, value: Any) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        article = desk.article(number)
        setattr(article, name, value)
        assert save_fields(article, [name])
        return lambda desk: getattr(desk.article(number), name)

    return do


def resign(number: int) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        assert sign(desk.article(number), [[f"真名{number}", "person", ""]])
        return lambda desk: [a.name for a in desk.article(number).authors.all()]

    return do


def give_topic(number: int) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        give(
            ArticleTopic(article=desk.article(number), topic=make_topic(f"题{number}"))
        )
        return lambda desk: _topics(desk, number)

    return do


def decline_topic(number: int) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        decide(desk.article(number).article_topics.get(), Decision.DECLINED)
        return lambda desk: _topics(desk, number)

    return do


def _topics(desk: Desk, number: int) -> list[Any]:
    rows = desk.article(number).article_topics
    return list(rows.order_by("topic__name").values_list("topic__name", "decision"))


def correct(place: Place) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        act.correct_text(desk.editor, desk.block(place), f"订正过的第{place}段。")
        return lambda desk: desk.block(place).text

    return do


def move(place: Place, to: int) -> Callable[[Desk], Seen]:
    """Behind the title of its own article, to the end of another."""

    def do(desk: Desk) -> Seen:
        after = desk.blocks[to, -1] if to == place[0] else desk.last(to)
        act.move_block(desk.editor, desk.block(place), desk.article(to), after)
        return lambda desk: _before(desk.block(place))

    return do


def _before(block: Block) -> tuple[Any, Any]:
    """The article, and the block that a block stands behind."""
    assert block.article
    rows = list(block.article.blocks.order_by("position", "id"))
    at = rows.index(block)
    return block.article_id, rows[at - 1].pk if at else None


def cut(number: int) -> Callable[[Desk], Seen]:
    place = (number, IN_TWO)

    def do(desk: Desk) -> Seen:
        block = desk.block(place)
        act.cut_block(desk.editor, block, block.lines[1])
        return lambda desk: [
            len(b.lines) for b in desk.article(number).blocks.order_by("position", "id")
        ]

    return do


def join(place: Place) -> Callable[[Desk], Seen]:
    upper = (place[0], place[1] - 1)

    def do(desk: Desk) -> Seen:
        act.join_previous(desk.editor, desk.block(place))
        return lambda desk: (
            len(desk.block(upper).lines),
            Block.objects.filter(pk=desk.blocks[place].pk).exists(),
        )

    return do


def throw_out(place: Place) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        act.mark_furniture(desk.editor, desk.block(place), "pull_quote")
        return lambda desk: (desk.block(place).article, desk.block(place).role)

    return do


def set_role(place: Place) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        act.set_role(desk.editor, desk.block(place), "heading")
        return lambda desk: desk.block(place).role

    return do


def take_in(head: int, number: int) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        block = Block.objects.get(pk=desk.heads[head].pk)
        act.take_in(desk.editor, block, desk.article(number), desk.last(number), "note")
        return lambda desk: _before(Block.objects.get(pk=block.pk))

    return do


def split(place: Place) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        pieces.split_article(desk.editor, desk.block(place), "另起的一篇")
        return lambda desk: list(
            Article.objects.get(title="另起的一篇")
            .blocks.order_by("position")
            .values_list("pk", flat=True)
        )

    return do


def merge(number: int, into: int) -> Callable[[Desk], Seen]:
    def do(desk: Desk) -> Seen:
        pieces.merge_articles(desk.editor, desk.article(number), desk.article(into))
        return lambda desk: (
            desk.article(number).withdrawn,
            desk.article(number).merged_into_id,
            list(desk.article(into).blocks.order_by("position").values_list("pk")),
        )

    return do


EDITS = [
    *(change(n, "title", f"改定的题目{n}") for n in range(8)),
    *(resign(n) for n in range(8, 14)),
    *(change(n, "kicker", f"引题{n}") for n in range(14, 17)),
    *(change(n, "page", 90 + n) for n in range(17, 20)),
    *(give_topic(n) for n in range(3)),
    *(decline_topic(n) for n in range(3, 5)),
    *(correct((n, 0)) for n in range(8)),
    *(move((n, 3), n) for n in range(8, 12)),
    *(move((n, 3), 15) for n in range(12, 15)),
    *(cut(n) for n in range(3)),
    *(join((n, 4)) for n in range(3, 6)),
    *(throw_out((n, 5)) for n in range(6, 9)),
    set_role((9, 5)),
    take_in(0, 16),
    split((17, 6)),
    merge(19, 18),
]

# What a later reading has otherwise: lines, running heads, authors.
READ_ANEW: list[Place] = [
    (0, -1), (8, -1), (1, 0), (2, 0), (0, IN_TWO), (3, 3), (6, 5), (8, 3), (10, 2),
    (12, 3), (17, 8), (18, 2), (19, 4),
]  # fmt: skip
HEADS, AUTHORS = [0, 1], [8, 15]
# And of these an editor had changed the same field.
BOTH = {("title", 0), ("text", 1), ("text", 2), ("authors", 8)}


@pytest.fixture
def desk(db: None) -> Desk:
    for number in (3, 4):
        title = paper().stories[number].title
        make_topic(f"否{number}", terms=[{"term": title, "weight": 9}])
    paper().sheet().load()
    return open_desk(User.objects.create_user("bianji"))


def work_through(desk: Desk) -> list[Seen]:
    return [edit(desk) for edit in EDITS]


def test_fifty_edits_and_the_same_dump_changes_nothing(desk: Desk) -> None:
    assert len(EDITS) >= 50
    work_through(desk)
    before = everything()
    assert paper().sheet().load().verdict == Verdict.UNCHANGED
    assert everything() == before


def test_fifty_edits_and_one_line_in_twenty_read_anew(desk: Desk) -> None:
    later = paper().read_anew(READ_ANEW, HEADS, AUTHORS)
    lines = len(later.sheet().printed)
    assert 0.04 < (len(READ_ANEW) + len(HEADS)) / lines < 0.06
    seen = work_through(desk)
    wanted = [look(desk) for look in seen]
    plan = later.sheet().load()
    assert plan.verdict == Verdict.UPDATED
    assert [look(desk) for look in seen] == wanted
    assert conflicts(desk) == BOTH and len(plan.conflicts()) == len(BOTH)
    assert untouched_changes_are_taken_over(desk)
    ledger_holds()
    before = everything()
    assert later.sheet().load().verdict == Verdict.UNCHANGED
    assert everything() == before and conflicts(desk) == BOTH


def conflicts(desk: Desk) -> set[tuple[str, int]]:
    """Which field of which article an import and an editor disagree about."""
    numbers = {article.pk: n for n, article in enumerate(desk.articles)}
    found = Problem.objects.filter(code="import-conflict", state="open")
    return {(p.detail["field"], numbers[p.article_id]) for p in found}


def untouched_changes_are_taken_over(desk: Desk) -> bool:
    """Every line read anew stands so in its block, and is read there if nobody worded it."""
    corrected = {desk.blocks[n, 0].pk for n in range(8)}
    rows = Block.objects.filter(printed__contains=MARK)
    assert sum(row.printed.count(MARK) for row in rows) == len(READ_ANEW) + len(HEADS)
    assert all(MARK in row.text for row in rows if row.pk not in corrected)
    assert MARK in desk.article(8).title and MARK not in desk.article(0).title
    return [a.name for a in desk.article(15).authors.all()] == ["新名15"]


def test_fifty_edits_and_a_dump_without_an_edited_article(desk: Desk) -> None:
    seen = work_through(desk)
    wanted = [look(desk) for look in seen]
    stories = [s for n, s in enumerate(paper().stories) if n != 6]
    plan = Paper(stories, paper().heads).sheet().load()
    assert plan.tally()["withdraw"] == 0 and not desk.article(6).withdrawn
    assert [look(desk) for look in seen] == wanted
    vanished = Problem.objects.get(code="edited-article-vanished")
    assert vanished.article == desk.article(6) and vanished.state == "open"
    assert conflicts(desk) == set()
    ledger_holds()
    assert Paper(stories, paper().heads).sheet().load().verdict == Verdict.UNCHANGED


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, worse=st.sets(st.integers(0, 30), max_size=4))
def test_any_acts_and_any_reading(
    steps: list[tuple[int, int, int]], worse: set[int], db: None
) -> None:
    """No line is lost or twice, no act undone, and the second time nothing changes."""
    with transaction.atomic():
        village().load()
        editor = User.objects.create_user("bianji")
        for step in steps:
            with suppress(Refused):
                any_act(editor, *step)
        words = {b.pk: b.text for b in Block.objects.all() if "text" in b.base}
        homes = {b.pk: b.article_id for b in Block.objects.all() if "article" in b.base}
        village_read_anew(worse).load()
        ledger_holds()
        stay = Block.objects.in_bulk([*words, *homes])
        assert {pk: stay[pk].text for pk in words} == words
        assert {pk: stay[pk].article_id for pk in homes} == homes
        after = everything()
        assert village_read_anew(worse).load().verdict == Verdict.UNCHANGED
        assert everything() == after
        transaction.set_rollback(True)


def village_read_anew(worse: set[int]) -> Sheet:
    """The village, a line more on top, and some lines with another character."""
    sheet, count = Sheet(), iter(range(1000))

    def read(text: str) -> str:
        return _worse(text) if next(count) in worse else text

    sheet.furniture("slogan", "新的一行口号")
    sheet.furniture("masthead", "槐下月刊", "2021年第5期")
    for title, paragraphs in (
        ("槐下棋局", CHESS),
        ("一眼老井", WELL),
        ("末班渡船", BOAT),
    ):
        lines = [(p,) if isinstance(p, str) else p for p in paragraphs]
        anew = [tuple(read(line) for line in paragraph) for paragraph in lines]
        sheet.article(read(title), anew, page=3)
    return sheet.furniture("colophon", "槐下月刊社编印")

"""Small parsed dumps, made by hand: what the parser would say of an invented page.

    sheet = Sheet(number=5)
    sheet.furniture("masthead", "槐下月刊")
    sheet.article("槐下棋局", ["乡里人都认得这棵槐树。", ("棋子落在", "石头上。")])
    parsed, content = sheet.build("a.txt")

A paragraph given as a tuple stands on several lines, with blank lines between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from articles.dump import (
    ArticleKind,
    AuthorRecord,
    Block,
    BlockRole,
    Furniture,
    FurnitureRole,
    IssueKind,
    IssueRecord,
    ParsedArticle,
    ParsedIssue,
    Problem,
    tidy_block,
)
from articles.importing.identity import Wishes
from articles.importing.plan import ImportPlan
from articles.importing.run import import_dump

Paragraph = str | tuple[str, ...]


class Sheet:
    """Collects lines and what they are; every second line is blank."""

    def __init__(self, **issue: Any) -> None:
        defaults: dict[str, Any] = {
            "kind": IssueKind.MAGAZINE, "publication": "槐下月刊", "year": 2021, "number": 5,
        }  # fmt: skip
        self.issue = IssueRecord(**{**defaults, **issue})
        self.printed: dict[int, str] = {}
        self.articles: list[ParsedArticle] = []
        self.pieces: list[Furniture] = []
        self.problems: list[Problem] = []

    def line(self, text: str) -> int:
        number = 2 * len(self.printed) + 1
        self.printed[number] = text
        return number

    def furniture(self, role: str, *texts: str) -> Sheet:
        lines = tuple(self.line(text) for text in texts)
        self.pieces.append(Furniture(FurnitureRole(role), lines))
        return self

    def article(
        self,
        title: str,
        paragraphs: Iterable[Paragraph] = (),
        *,
        authors: Iterable[str] = (),
        kind: str = "article",
        **fields: Any,
    ) -> Sheet:
        blocks = [self._block(BlockRole.TITLE, (title,))]
        for paragraph in paragraphs:
            pieces = paragraph if isinstance(paragraph, tuple) else (paragraph,)
            blocks.append(self._block(BlockRole.PARAGRAPH, pieces))
        article = ParsedArticle(
            id=f"a{len(self.articles) + 1}",
            kind=ArticleKind(kind),
            title=title,
            blocks=tuple(blocks),
            authors=tuple(AuthorRecord(name) for name in authors),
            **fields,
        )
        self.articles.append(article)
        return self

    def change(self, number: int, **fields: Any) -> Sheet:
        """Another reading of the article that was added ``number``-th (from 0)."""
        self.articles[number] = replace(self.articles[number], **fields)
        return self

    def problem(
        self, code: str, *lines: int, article: str | None = None, **facts: Any
    ) -> Sheet:
        said = f"{code} here {facts or ''}".strip()
        self.problems.append(Problem(code, lines, said, article, facts=facts))
        return self

    def build(self, source: str = "a.txt") -> tuple[ParsedIssue, bytes]:
        last = max(self.printed)
        text = "\n".join(self.printed.get(n, "") for n in range(1, last + 1)) + "\n"
        content = text.encode()
        parsed = ParsedIssue(
            source=source,
            sha256=hashlib.sha256(content).hexdigest(),
            encoding="utf-8",
            issue=self.issue,
            articles=tuple(self.articles),
            furniture=tuple(self.pieces),
            problems=tuple(self.problems),
            printed=dict(self.printed),
        )
        return parsed, content

    def load(
        self, source: str = "a.txt", *, replace: bool = False, **wishes: Any
    ) -> ImportPlan:
        """Builds and imports."""
        parsed, content = self.build(source)
        return import_dump(parsed, content, wishes=Wishes(**wishes), replace=replace)

    def _block(self, role: BlockRole, texts: tuple[str, ...]) -> Block:
        lines = tuple(self.line(text) for text in texts)
        return Block(role, lines, tidy_block(role, list(texts))[0], confidence=0.9)


CHESS = [
    "乡里人都认得这棵槐树，树下的石头棋盘已经磨得发亮。",
    ("每天傍晚，卖豆腐的老陈收了摊，就把担子往墙根一靠，等着有人", "坐到对面来。"),
    "他下棋从不悔子，也不许别人悔。",
    "棋盘边上总有三五个看客，端着饭碗，一步一步地替人着急。",
]
WELL = [
    "村口那眼井在县志里有一行字：道光三年，里人陆氏凿。",
    "井水冬暖夏凉，大旱那年，邻近三个村子都到这里挑水。",
    "如今自来水通到各家灶台，井栏上的绳痕还在。",
]
BOAT = [
    "渡船停航的通知贴在码头的木牌上，字是毛笔写的。",
    "最后一班船开得很慢，撑船的人说，桥通了是好事。",
]


def village(number: int = 5, **issue: Any) -> Sheet:
    """An issue of three articles under a masthead; the text most tests use."""
    sheet = Sheet(number=number, **issue)
    sheet.furniture("masthead", "槐下月刊", f"2021年第{number}期")
    sheet.article("槐下棋局", CHESS, authors=["苏若川"], section="乡土", page=3)
    sheet.article("一眼老井", WELL, authors=["曾在田", "陆鸣"], section="乡土", page=7)
    sheet.article("末班渡船", BOAT, page=9)
    return sheet.furniture("colophon", "槐下月刊社编印")

"""Small factories: each makes one valid row, with invented text, on demand.

article = make_article(title="槐下棋局", authors=["苏若川"])
add_block(article, "乡里人都认得这棵槐树。", lines=[12])
"""

from __future__ import annotations

import hashlib
from itertools import count
from typing import Any

from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    Decision,
    Issue,
    IssueKind,
    Publication,
    Section,
    SourceDump,
    Topic,
)

_next = count(1)


def make_publication(title: str = "", **fields: Any) -> Publication:
    n = next(_next)
    fields = {"slug": f"kan-{n}", "sort_key": f"kan {n:06}", **fields}
    return Publication.objects.create(title=title or f"刊物{n}", **fields)


def make_issue(publication: Publication | None = None, **fields: Any) -> Issue:
    """A magazine issue; ``year`` and ``number`` give its key and date."""
    n = next(_next)
    year, number = fields.get("year", 2021), fields.get("number", n)
    defaults = {
        "kind": IssueKind.MAGAZINE,
        "year": year,
        "number": number,
        "key": f"{year}/{number}",
        "sort_date": f"{year}-{(number or 1) % 12 or 12:02}-01",
    }
    return Issue.objects.create(
        publication=publication or make_publication(), **{**defaults, **fields}
    )


def make_dump(issue: Issue | None = None, **fields: Any) -> SourceDump:
    n = next(_next)
    content = fields.pop("content", f"第{n}份文本\n".encode())
    defaults = {
        "name": f"{n:03}.txt",
        "sha256": hashlib.sha256(content + str(n).encode()).hexdigest(),
        "encoding": "utf-8",
        "parser_version": "test",
    }
    return SourceDump.objects.create(
        issue=issue or make_issue(), content=content, **{**defaults, **fields}
    )


def make_article(
    issue: Issue | None = None,
    *,
    authors: list[str] | None = None,
    topics: list[Topic] | None = None,
    section: str = "",
    **fields: Any,
) -> Article:
    """An article with one paragraph (``text=""`` leaves it without)."""
    n = next(_next)
    issue = issue or make_issue()
    text = fields.pop("text", "这是一段虚构的正文。")
    defaults = {
        "public_id": f"t{n:09}",
        "position": n,
        "title": f"题目{n}",
        "characters": len(text),
        "dump": fields.pop("dump", None) or issue.dumps.first() or make_dump(issue),
        "section": make_section(issue.publication, section) if section else None,
    }
    article = Article.objects.create(issue=issue, **{**defaults, **fields})
    for position, name in enumerate(authors or []):
        Authorship.objects.create(
            article=article, author=make_author(name), position=position
        )
    for topic in topics or []:
        give_topic(article, topic)
    if text:
        add_block(article, text)
    return article


def add_block(
    article: Article | None, text: str, *, role: str = "paragraph", **fields: Any
) -> Block:
    """One block; ``lines`` defaults to the next free line of its dump."""
    dump = fields.pop("dump", None) or article.dump
    used = dump.blocks.count()
    lines = fields.get("lines", [2 * used + 1])
    defaults = {
        "position": used + 1,
        "anchor": f"p{lines[0]}",
        "printed": text,
        "lines": lines,
    }
    return Block.objects.create(
        dump=dump, article=article, role=role, text=text, **{**defaults, **fields}
    )


def make_section(publication: Publication, name: str) -> Section:
    return Section.objects.get_or_create(
        publication=publication,
        name=name,
        defaults={"slug": f"lanmu-{next(_next)}", "sort_key": name},
    )[0]


def make_author(name: str = "", **fields: Any) -> Author:
    n = next(_next)
    defaults = {"slug": f"ren-{n}", "sort_key": f"ren {n:06}", **fields}
    return Author.objects.get_or_create(name=name or f"作者{n}", defaults=defaults)[0]


def make_topic(name: str = "", **fields: Any) -> Topic:
    n = next(_next)
    defaults = {"slug": f"ti-{n}", "sort_key": f"ti {n:06}", **fields}
    return Topic.objects.create(name=name or f"主题{n}", **defaults)


def give_topic(
    article: Article, topic: Topic, decision: str = Decision.ACCEPTED, **fields: Any
) -> ArticleTopic:
    return ArticleTopic.objects.create(
        article=article, topic=topic, decision=decision, **fields
    )

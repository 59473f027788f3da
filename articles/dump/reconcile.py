"""The contents list against the body: both forms kept, a problem for each clash.

In: ``Dump.contents``, ``heads``, ``articles``.  Out: articles with section,
page and variants; ``Dump.problems``.  Where the two disagree the body's form
wins, unless OCR has plainly mangled the body's headline; an editor decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from .editions import Edition, edition_line, front_page, section_names
from .flow import Dump, Head, Role
from .fold import fold, key, squeeze
from .names import is_office
from .record import (
    ArticleKind,
    AuthorKind,
    AuthorRecord,
    BlockRole,
    ContentsEntry,
    IssueKind,
    ParsedArticle,
    Problem,
)


def reconcile_contents(dump: Dump) -> Dump:
    """Marry each article with its entry; say what does not fit."""
    articles: list[ParsedArticle] = []
    contents = list(dump.contents)
    problems: list[Problem] = list(dump.problems)
    heads = _heads_by_line(dump)
    editions = _editions(dump)
    page_name = _page_name(dump)
    for article in dump.articles:
        head = _head_of(heads, article)
        if head and head.entry is not None:
            entry = contents[head.entry] = replace(
                contents[head.entry], article=article.id
            )
            page, named = _edition(editions, article)
            article, found = _marry(article, entry)
            named = named or (None if dump.sections else head.label)
            article = replace(
                article, section=article.section or named, page=article.page or page
            )
            problems += found
        else:
            article = _place(editions, article, head, page_name)
            problems += _unlisted(dump, article)
        articles.append(article)
    problems += _without_body(contents)
    problems += _page_order(contents)
    return replace(
        dump,
        articles=tuple(articles),
        contents=tuple(contents),
        problems=tuple(problems),
    )


def _heads_by_line(dump: Dump) -> dict[int | str, Head]:
    """Heads by the lines they stand on; those without lines by their titles."""
    found: dict[int | str, Head] = {}
    for head in dump.heads:
        if not head.title_units:
            found.setdefault(head.title, head)
        for line in dump.units[head.position].lines:
            found.setdefault(line, head)
    return found


def _head_of(heads: dict[int | str, Head], article: ParsedArticle) -> Head | None:
    for block in article.blocks[:12]:
        for line in block.lines:
            if line in heads:
                return heads[line]
    return heads.get(article.title)


# ---- an article with its entry ---------------------------------------------------------


def _marry(
    article: ParsedArticle, entry: ContentsEntry
) -> tuple[ParsedArticle, list[Problem]]:
    problems: list[Problem] = []
    article = replace(article, section=entry.section, page=entry.page)
    if key(article.title) != key(entry.title):
        article, problem = _settle_title(article, entry)
        problems += [problem] if problem else []
    if entry.authors:
        article, problem = _settle_authors(article, entry)
        problems += [problem] if problem else []
    return article, problems


def _settle_title(
    article: ParsedArticle, entry: ContentsEntry
) -> tuple[ParsedArticle, Problem | None]:
    whole = key(article.title) + key(article.subtitle or "")
    if (
        whole == key(entry.title)
        or key(article.title) in key(entry.title)
        and article.subtitle
    ):
        return replace(article, title_variants=(entry.title,)), None
    mangled = is_mangled(article.title, entry.title)
    chosen, other = (
        (entry.title, article.title) if mangled else (article.title, entry.title)
    )
    problem = Problem(
        "title-mangled" if mangled else "title-mismatch",
        (entry.lines[0], *_lines(article, BlockRole.TITLE)),
        f"contents has {entry.title}, headline has {article.title}; kept {chosen}",
        article.id,
        chosen,
        {"listed": entry.title, "printed": article.title},
    )
    return replace(article, title=chosen, title_variants=(other,)), problem


_REMARK = re.compile(r"\s*[(（\[〔][^()（）]{2,20}[)）]\s*\Z")


def is_mangled(printed: str, listed: str) -> bool:
    """OCR has torn the headline: pinyin in it, or letters of it lost.

    >>> is_mangled("MOU CHENG 考 某城城门", "某城城门考"), is_mangled("某城城门考", "某城门考")
    (True, False)
    """
    own, wanted = key(printed), key(listed)
    if own == key(_REMARK.sub("", listed)):
        return False  # 某某办法(某政令第3号): the list adds a remark
    bare = re.sub(r"[A-Za-z]+", "", own)
    if len(own) - len(bare) >= 8 and not re.search(r"[A-Za-z]{3}", wanted):
        return True
    return len(wanted) - len(own) >= 2 and _is_subsequence(own, wanted)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(ch in rest for ch in short)


def _settle_authors(
    article: ParsedArticle, entry: ContentsEntry
) -> tuple[ParsedArticle, Problem | None]:
    listed = tuple(
        AuthorRecord(
            name,
            AuthorKind.ORGANIZATION if is_office(fold(name)) else AuthorKind.PERSON,
        )
        for name in entry.authors
    )
    if not article.authors:
        return replace(article, authors=listed), None
    own = {fold(squeeze(a.name)) for a in article.authors}
    if own == {fold(squeeze(a.name)) for a in listed}:
        return article, None
    mine = "、".join(a.name for a in article.authors)
    theirs = "、".join(entry.authors)
    lines = (
        _lines(article, BlockRole.BYLINE) or _lines(article, BlockRole.PARAGRAPH)[-1:]
    )
    problem = Problem(
        "author-mismatch",
        (entry.lines[0], *lines),
        f"contents has {theirs}, byline has {mine}; kept {mine}",
        article.id,
        mine,
        {"listed": theirs, "printed": mine},
    )
    others = tuple(a.name for a in listed if fold(squeeze(a.name)) not in own)
    return replace(
        article, author_variants=(*article.author_variants, *others)
    ), problem


def _lines(article: ParsedArticle, role: BlockRole) -> tuple[int, ...]:
    return tuple(n for b in article.blocks if b.role is role for n in b.lines)


# ---- articles without an entry ------------------------------------------------------------


Editions = tuple[list[int], list[tuple[int, str | None]]]


def _place(
    editions: Editions, article: ParsedArticle, head: Head | None, page_name: str | None
) -> ParsedArticle:
    """Section from the column label above, page from the head of the newspaper page."""
    page, named = _edition(editions, article)
    if article.kind is ArticleKind.NOTICE:
        return replace(article, section=None, page=page)
    listed = article.kind in (ArticleKind.CHRONICLE, ArticleKind.ADVERT)
    section = head.label if head and not listed else None
    return replace(article, section=section or named or page_name, page=page)


def _page_name(dump: Dump) -> str | None:
    """The name of a newspaper's page, alone on a short line of its masthead."""
    issue = dump.issue
    if issue is None or issue.kind is not IssueKind.NEWSPAPER_PAGE:
        return None
    names = []
    for unit, label in zip(dump.units[:10], dump.labels[:10], strict=False):
        if label is None or label.role not in (Role.MASTHEAD, Role.COLUMN_LABEL):
            break
        name = squeeze(unit.text)
        if re.fullmatch(r"[\u4e00-\u9fff]{2,5}", name) and name != issue.publication:
            names.append(name)
    return names[0] if len(names) == 1 and issue.publication not in names else None


def _editions(dump: Dump) -> Editions:
    """Lines of the 第N版 heads within the dump, with page and name."""
    lines: list[int] = []
    found: list[Edition] = []
    if dump.issue is None or dump.issue.kind is not IssueKind.NEWSPAPER_PAGE:
        return [], []
    first = edition_line(dump.units[0])
    start = 0 if first and first.page > 1 else 1
    for unit, label in list(zip(dump.units, dump.labels, strict=True))[start:]:
        if label and label.role is Role.CONTENTS:
            continue  # a row of the list names a page as well
        if edition := edition_line(unit):
            lines.append(unit.lines[0])
            found.append(edition)
        elif lines and front_page(unit):
            lines.append(unit.lines[0])
            found.append(Edition(1, ()))
    names = section_names(found)
    heads = [(e.page, name) for e, name in zip(found, names, strict=True)]
    return (lines, heads) if len(lines) >= 2 else ([], [])


def _edition(
    editions: Editions, article: ParsedArticle
) -> tuple[int | None, str | None]:
    """Page and name of the newspaper page on which the article begins."""
    lines, heads = editions
    if not lines or not article.blocks:
        return None, None
    above = bisect_left(lines, min(article.blocks[0].lines))
    return heads[above - 1] if above else (1, None)


def _unlisted(dump: Dump, article: ParsedArticle) -> Iterator[Problem]:
    wanted = article.kind in (ArticleKind.ARTICLE, ArticleKind.POEM)
    if dump.contents and wanted and article.blocks:
        yield Problem(
            "body-without-contents",
            (article.blocks[0].lines[0],),
            f"{article.title or 'a text without a headline'} stands in no contents list; kept as an article",
            article.id,
            article.title or None,
            {"title": article.title or "（无题）"},
        )


def _without_body(contents: list[ContentsEntry]) -> Iterator[Problem]:
    for entry in contents:
        if entry.article is None:
            yield Problem(
                "contents-without-body",
                entry.lines,
                f"the contents list has {entry.title}, but no text in the dump has this headline",
                facts={"title": entry.title},
            )


def _page_order(contents: list[ContentsEntry]) -> Iterator[Problem]:
    """Pages of a contents list rise; where one falls, it was misread or misplaced."""
    paged = [e for e in contents if e.page is not None and e.article is not None]
    by_article = sorted(paged, key=lambda e: int((e.article or "a0")[1:]))
    for before, after in zip(by_article, by_article[1:], strict=False):
        if (before.page or 0) > (after.page or 0):
            yield Problem(
                "page-order",
                (before.lines[0], after.lines[0]),
                f"{after.title} (page {after.page}) is printed after {before.title} (page {before.page})",
                after.article,
                str(after.page),
                {
                    "title": after.title,
                    "page": after.page,
                    "before": before.title,
                    "before_page": before.page,
                },
            )

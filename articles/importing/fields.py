"""A parsed article, block or issue as the values of our columns.

In: the parser's records.  Out: plain values (``protect`` says what plain means),
fitted to the columns: what is too long is cut visibly and a ``Problem`` says so,
so that no database refuses what another would take.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.db.models import Model

from articles.dump import Block as ParsedBlock
from articles.dump import BlockRole, ParsedArticle, ParsedIssue, Problem, tidy_block
from articles.models import Article, Authorship

MAX_SMALL = 32_767  # PositiveSmallIntegerField on both databases
_CROCKFORD = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz"
)
# What a reader reads; bylines and notes of origin are not counted as text.
COUNTED_ROLES = frozenset(
    {
        BlockRole.PARAGRAPH,
        BlockRole.VERSE,
        BlockRole.LIST_ITEM,
        BlockRole.HEADING,
        BlockRole.NOTE,
    }
)
# More would only say in which order the parser added its evidence up.
CONFIDENCE_DIGITS = 4
PAGE_STRIDE = 10_000  # articles of page n of a newspaper stand from n × this number


def article_values(
    article: ParsedArticle, position: int, problems: list[Problem]
) -> dict[str, Any]:
    """The plain values of every column an import fills; appends what it had to cut."""
    values: dict[str, Any] = {
        "kind": article.kind.value,
        "title": article.title or "（无题）",
        "title_variants": list(article.title_variants),
        "kicker": article.kicker or "",
        "subtitle": article.subtitle or "",
        "author_variants": list(article.author_variants),
        "affiliation": article.affiliation or "",
        "source_credit": article.source_credit or "",
    }
    for name in ("title", "kicker", "subtitle", "affiliation", "source_credit"):
        limit = max_length(Article, name)
        values[name] = _fit(values[name], limit, name, article, problems)
    section = _fit(article.section or "", 100, "section", article, problems)
    return values | {
        "section": section or None,
        "authors": _authors(article, problems),
        "page": small(article.page),
        "position": position,
        "withdrawn": False,
    }


def max_length(model: type[Model], name: str) -> int | None:
    """How many characters a column holds; None for any number."""
    found: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return found


def small(number: int | None) -> int | None:
    """A page or number that fits its column; a larger one is a misreading."""
    return number if number is not None and 0 <= number <= MAX_SMALL else None


def first_line(article: ParsedArticle) -> int:
    return article.blocks[0].lines[0]


def public_id(sha256: str, line: int, size: int = 10) -> str:
    """A permanent address that any database gives to the same lines of the same file."""
    digest = hashlib.sha256(f"{sha256}:{line}".encode()).digest()
    return b32encode(digest).decode().translate(_CROCKFORD)[:size]


def batched(items: Iterable[Any], size: int = 5_000) -> Iterable[list[Any]]:
    """Lists short enough for one query's parameters on either database."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def printed_text(lines: Iterable[int], printed: Mapping[int, str]) -> str:
    return "\n".join([printed[n] for n in lines])


def count_characters(blocks: Iterable[Any]) -> int:
    """字数 of blocks (rows, or anything with ``role`` and ``text``)."""
    return sum(characters(block.role, block.text) for block in blocks)


def characters(role: str, text: str) -> int:
    """Every character but white space, of what is read as text."""
    return len("".join(text.split())) if role in COUNTED_ROLES else 0


def issue_texts(parsed: ParsedIssue) -> dict[str, str]:
    """Masthead and staff as printed."""
    return {
        name: "\n".join(
            parsed.printed[n].strip()
            for piece in parsed.furniture
            if piece.role == name
            for n in piece.lines
        )
        for name in ("masthead", "staff")
    }


def reading_text(
    block: ParsedBlock, lines: Iterable[int], printed: Mapping[int, str]
) -> str:
    """The block's reading text if it had only ``lines``."""
    kept = list(lines)
    if kept == list(block.lines):
        return block.text
    return tidy_block(block.role, [printed[n] for n in kept])[0]


def _authors(article: ParsedArticle, problems: list[Problem]) -> list[list[str]]:
    limit = max_length(Authorship, "affiliation")
    seen: dict[str, list[str]] = {}
    for author in article.authors:
        name = _fit(author.name, 100, "authors", article, problems)
        affiliation = _fit(
            author.affiliation or "", limit, "affiliation", article, problems
        )
        if name:
            seen.setdefault(name, [name, author.kind.value, affiliation])
    return list(seen.values())


def _fit(
    text: str,
    limit: int | None,
    name: str,
    article: ParsedArticle,
    problems: list[Problem],
) -> str:
    if limit is None or len(text) <= limit:
        return text
    problems.append(
        Problem(
            code="overlong-value",
            lines=article.blocks[0].lines,
            message=f"{name} has {len(text)} characters; the first {limit - 1} are kept",
            article=article.id,
            facts={"column": name, "length": len(text), "kept": limit - 1},
        )
    )
    return text[: limit - 1] + "…"
